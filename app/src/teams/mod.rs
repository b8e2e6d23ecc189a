//! Teams: the organisation's structure and its members.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
