//! Groups: chapters, working groups, virtual teams.

#[cfg(feature = "ssr")]
pub mod pages;
