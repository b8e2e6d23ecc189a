//! Groups: chapters, working groups, virtual teams.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
