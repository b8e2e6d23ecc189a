//! Speed rounds: their list, the form of a new one, the page of one, and its plan (M31).

pub mod api;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
mod sign_up;
#[cfg(feature = "ssr")]
mod slots;
