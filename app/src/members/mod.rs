//! Members: who they are, how they sign in, where they are signed in.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod sign_in_pages;
