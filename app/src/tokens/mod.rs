//! Personal access tokens: the page on which a member makes and revokes them (K1).

pub mod api;
#[cfg(feature = "ssr")]
pub mod page;
