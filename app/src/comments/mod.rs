//! Comments below records of other features.

pub mod api;
#[cfg(feature = "ssr")]
pub mod section;
