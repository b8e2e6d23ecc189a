//! Paths of the pages about proposals, and what they share: badges and deadlines.

use domain::{
    Slug, SubmissionId,
    proposals::{SubmissionState, is_anywhere_on_earth},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::proposals::CallCard;

use crate::{
    context::{Visit, locale, tr, tr_with},
    error::AppError,
    i18n::{self, format},
    ui::{Badge, Crumbs, Reader, Shape, Tone, time_of},
};

/// Path of the list of calls.
pub const PROPOSALS: &str = "/proposals";

/// Path of a call's page.
#[must_use]
pub fn call_path(call: &str) -> String {
    format!("{PROPOSALS}/{call}")
}

/// Path of the page of its organisers.
#[must_use]
pub fn manage_path(call: &str) -> String {
    format!("{PROPOSALS}/{call}/manage")
}

/// Path of the page of its reviewers.
#[must_use]
pub fn review_path(call: &str) -> String {
    format!("{PROPOSALS}/{call}/review")
}

/// Path of a submission's page.
#[must_use]
pub fn submission_path(call: &str, id: SubmissionId) -> String {
    format!("{PROPOSALS}/{call}/submissions/{id}")
}

/// The call in the path of this page.
///
/// # Errors
/// `NotFound` when it is not a slug.
pub fn call_from_path() -> Result<Slug, AppError> {
    parameter("call").and_then(|text| Slug::parse(&text)).ok_or(AppError::NotFound)
}

/// The submission in the path of this page.
///
/// # Errors
/// `NotFound` when it is not an id.
pub fn submission_from_path() -> Result<SubmissionId, AppError> {
    let id = parameter("id").and_then(|text| text.parse().ok());
    id.map(SubmissionId).ok_or(AppError::NotFound)
}

fn parameter(name: &str) -> Option<String> {
    use_params_map().with_untracked(|params| params.get(name))
}

/// The pages above. With a call, its page too.
#[must_use]
pub fn crumbs(call: Option<&CallCard>) -> AnyView {
    let mut above = vec![(PROPOSALS.to_owned(), tr("proposals-title"))];
    above.extend(call.map(|call| (call_path(call.slug.as_str()), call.title.clone())));
    view! { <Crumbs above=above /> }.into_any()
}

/// The badge of a submission.
#[must_use]
pub fn state_badge(state: SubmissionState) -> AnyView {
    let tone = match state {
        SubmissionState::Draft => Tone::Draft,
        SubmissionState::InfoNeeded | SubmissionState::Accepted => Tone::Brass,
        SubmissionState::Confirmed => Tone::Good,
        SubmissionState::Submitted
        | SubmissionState::Declined
        | SubmissionState::Rejected
        | SubmissionState::Withdrawn => Tone::Quiet,
    };
    view! { <Badge tone>{state_label(state)}</Badge> }.into_any()
}

/// The name of a state.
#[must_use]
pub fn state_label(state: SubmissionState) -> String {
    tr(&format!("submission-state-{}", state.name().replace('_', "-")))
}

/// When a call closes: in its own zone, and for members in theirs.
#[must_use]
pub fn deadline(visit: &Visit, call: &CallCard) -> AnyView {
    let Some(closes) = call.closes_at else {
        return view! { <span>{tr("call-no-deadline")}</span> }.into_any();
    };
    let there = time_of(closes, call.zone, Shape::DateTimeYear);
    let zone = match is_anywhere_on_earth(call.zone) {
        true => tr("call-anywhere"),
        false => tr_with("call-zone", &[("city", i18n::quote(call.zone.city()))]),
    };
    let is_same = format::at(locale(), closes, call.zone, Shape::DateTimeYear)
        == format::at(locale(), closes, visit.zone, Shape::DateTimeYear);
    let own = (visit.member.is_some() && !is_same).then(|| {
        view! { <br /> <span class="help">{tr("call-for-you")} " " {Reader::of(visit, visit.zone).time(closes, Shape::DateTimeYear)}</span> }
    });
    view! { <span>{there} " " {zone} {own}</span> }.into_any()
}
