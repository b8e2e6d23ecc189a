//! Kudos: who thanked whom for what.

#[cfg(feature = "ssr")]
pub mod pages;
