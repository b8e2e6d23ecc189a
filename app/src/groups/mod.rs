//! Groups: chapters, working groups and virtual teams.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
