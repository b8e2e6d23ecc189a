//! Members' rights over their data: export, deletion and blocking (F1, F3).

pub mod api;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod pages;
