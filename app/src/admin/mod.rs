//! The admin area: members and their rights, invitations, settings, lists, audit log, outbox and reports.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
