//! Paths of the pages of a mentorship, and what their addresses say.

use domain::MentorshipId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::error::AppError;

/// Path of a mentorship's page.
#[must_use]
pub fn mentorship_path(id: MentorshipId) -> String {
    format!("/mentoring/mentorships/{id}")
}

/// Path of a page below it.
#[must_use]
pub fn below(id: MentorshipId, part: &str) -> String {
    format!("/mentoring/mentorships/{id}/{part}")
}

/// The key of the draft of a form.
#[must_use]
pub fn draft_name(id: &str, form: &str) -> String {
    format!("mentorships/{id}/{form}")
}

/// The mentorship in the path of this page.
///
/// # Errors
/// `NotFound` when it is not an id.
pub fn mentorship_from_path() -> Result<MentorshipId, AppError> {
    let text = use_params_map().with_untracked(|params| params.get("id"));
    text.and_then(|text| text.parse().ok()).map(MentorshipId).ok_or(AppError::NotFound)
}
