//! Reports (F3): saying that something is wrong, and what became of it.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
