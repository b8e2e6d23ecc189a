//! Notifications: the bell in the header, and the page with a member's own.

pub mod api;
#[cfg(feature = "ssr")]
pub mod bell;
#[cfg(feature = "ssr")]
pub mod page;
