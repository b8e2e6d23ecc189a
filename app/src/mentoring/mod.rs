//! Mentoring: programmes, rounds and sign-ups.

pub mod api;
#[cfg(feature = "ssr")]
pub mod front;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
pub mod programme;
#[cfg(feature = "ssr")]
pub mod programme_form;
#[cfg(feature = "ssr")]
pub mod round;
#[cfg(feature = "ssr")]
pub mod round_form;
#[cfg(feature = "ssr")]
pub mod sheet;
#[cfg(feature = "ssr")]
pub mod sign_up;
