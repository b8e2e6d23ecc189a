//! The pages of Guildhall. Pages are rendered on the server; only islands run in the browser.

// Views are deeply nested types.
#![recursion_limit = "256"]

pub mod admin;
pub mod board;
#[cfg(feature = "ssr")]
pub mod call;
pub mod circles;
pub mod comments;
#[cfg(feature = "ssr")]
pub mod community;
#[cfg(feature = "ssr")]
pub mod context;
pub mod data;
pub mod demands;
pub mod emails;
pub mod error;
pub mod events;
#[cfg(feature = "ssr")]
pub mod flash;
#[cfg(all(feature = "ssr", debug_assertions))]
pub mod gallery;
pub mod groups;
pub mod hellos;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod kudos;
#[cfg(feature = "ssr")]
pub mod layout;
pub mod members;
pub mod mentoring;
pub mod mentorships;
pub mod notifications;
pub mod proposals;
pub mod questions;
#[cfg(feature = "ssr")]
pub mod refill;
pub mod reports;
#[cfg(feature = "ssr")]
pub mod router;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod search;
pub mod sessions;
pub mod speed_rounds;
pub mod teams;
pub mod tokens;
#[cfg(feature = "ssr")]
pub mod ui;

#[cfg(feature = "ssr")]
pub use router::{App, shell};
