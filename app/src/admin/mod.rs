//! Administration: members and their rights, invitations, settings, lists, the audit log, the outbox, reports.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
