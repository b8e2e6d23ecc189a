//! Teams: who works where.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
