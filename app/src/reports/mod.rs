//! Reports (F3): reporting a record, following it up, and appeals.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
