//! A member's rights over their data: a copy of everything, deletion, blocks (F1, F3).

pub mod api;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod pages;
