//! Paths of the pages of runs and proposals.

use domain::{ProposalId, Slug};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::error::AppError;

/// Path of the list of a round's runs.
#[must_use]
pub fn runs_path(round: &str) -> String {
    format!("/mentoring/rounds/{round}/runs")
}

/// Path of a run's page.
#[must_use]
pub fn run_path(round: &str, number: i32) -> String {
    format!("/mentoring/rounds/{round}/runs/{number}")
}

/// Path of a proposal's page.
#[must_use]
pub fn proposal_path(id: ProposalId) -> String {
    format!("/mentoring/proposals/{id}")
}

pub(super) fn parameter(name: &str) -> Option<String> {
    use_params_map().with_untracked(|params| params.get(name))
}

pub(super) fn round_from_path() -> Result<Slug, AppError> {
    parameter("slug").and_then(|text| Slug::parse(&text)).ok_or(AppError::NotFound)
}

pub(super) fn number_from_path() -> Result<i32, AppError> {
    parameter("number").and_then(|text| text.parse().ok()).ok_or(AppError::NotFound)
}
