//! "Say hello": a member writes to another one, and neither sees the other's address (F8).

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
