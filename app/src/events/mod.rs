//! Events: lists, pages, seats, agenda, and the forms of their hosts.

pub mod agenda_api;
pub mod api;
pub mod cohosts_api;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod questions_api;
pub mod series_api;
pub mod speakers_api;
