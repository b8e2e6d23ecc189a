//! Kudos that members gave each other.

#[cfg(feature = "ssr")]
pub mod pages;
