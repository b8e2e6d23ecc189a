//! Paths of the pages of mentoring, and what their addresses say.

use domain::{
    Slug,
    forms::Fields,
    mentoring::{QuestionForm, SignUpRole, SignUpStep},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::Serialize;

use crate::error::AppError;

/// Path of a programme's page.
#[must_use]
pub fn programme_path(slug: &str) -> String {
    format!("/mentoring/programmes/{slug}")
}

/// Path of a round's page.
#[must_use]
pub fn round_path(slug: &str) -> String {
    format!("/mentoring/rounds/{slug}")
}

/// Path of the page that shows a whole sign-up.
#[must_use]
pub fn sign_up_path(round: &str, role: SignUpRole) -> String {
    format!("/mentoring/rounds/{round}/sign-up/{}", role.name())
}

/// Path of a step of a sign-up.
#[must_use]
pub fn step_path(round: &str, role: SignUpRole, step: SignUpStep) -> String {
    format!("{}/{}", sign_up_path(round, role), step.name())
}

/// The slug in the path of this page.
///
/// # Errors
/// `NotFound` when it is not one.
pub fn slug_from_path() -> Result<Slug, AppError> {
    parameter("slug").and_then(|text| Slug::parse(&text)).ok_or(AppError::NotFound)
}

/// The role in the path of this page.
///
/// # Errors
/// `NotFound` when there is no such role.
pub fn role_from_path() -> Result<SignUpRole, AppError> {
    parameter("role").and_then(|text| text.parse().ok()).ok_or(AppError::NotFound)
}

/// The step in the path of this page.
///
/// # Errors
/// `NotFound` when there is no such step.
pub fn step_from_path() -> Result<SignUpStep, AppError> {
    parameter("step").and_then(|text| text.parse().ok()).ok_or(AppError::NotFound)
}

fn parameter(name: &str) -> Option<String> {
    use_params_map().with_untracked(|params| params.get(name))
}

/// The fields of a form, for its draft.
#[must_use]
pub fn fields_of(form: &impl Serialize) -> Fields {
    serde_json::to_value(form).and_then(serde_json::from_value).unwrap_or_default()
}

/// The questions of a form as fields of its draft: `question_0_mentee` and so on.
#[must_use]
pub fn question_fields(questions: &[QuestionForm]) -> Fields {
    let fields = questions.iter().enumerate().flat_map(|(at, question)| {
        [
            (format!("question_{at}_id"), question.id.clone()),
            (format!("question_{at}_mentee"), question.mentee_text.clone()),
            (format!("question_{at}_mentor"), question.mentor_text.clone()),
            (format!("question_{at}_options"), question.options.clone()),
        ]
    });
    fields.collect()
}
