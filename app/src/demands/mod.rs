//! Learning requests: the board, the form, and the page of a request (B10).

pub mod api;
#[cfg(feature = "ssr")]
pub mod board;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
pub mod form;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod page;
