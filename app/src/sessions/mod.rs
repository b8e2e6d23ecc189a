//! What people do around a session of an agenda: questions to its speakers (D14), slides and a recording (D8),
//! and the seats of a workshop (D7).

#[cfg(feature = "ssr")]
use {domain::Slug, uuid::Uuid};

pub mod api;
#[cfg(feature = "ssr")]
pub mod material;
#[cfg(feature = "ssr")]
pub mod questions;
#[cfg(feature = "ssr")]
pub mod workshop;

/// Path of an agenda session's page.
#[cfg(feature = "ssr")]
#[must_use]
pub fn session_path(slug: &Slug, session: Uuid) -> String {
    format!("/events/{slug}/sessions/{session}")
}
