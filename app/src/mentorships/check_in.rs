//! Check-ins: two taps, on the page of the mentorship or behind the signed link in the email (M15, M18).

use domain::{
    CheckInId, MentorshipId,
    mentorships::{CheckInKind, Pulse},
};
use leptos::prelude::*;
use store::mentorships::AskedCheckIn;

use crate::{
    context::{tr, tr_with},
    i18n,
};

/// The key of an answer.
fn answer_key(kind: CheckInKind, answer: Pulse) -> &'static str {
    match (kind, answer) {
        (CheckInKind::Connected, Pulse::Good) => "check-in-yes",
        (CheckInKind::Connected, _) => "check-in-no",
        (_, Pulse::Good) => "check-in-good",
        (_, Pulse::Mixed) => "check-in-mixed",
        (_, Pulse::Bad) => "check-in-bad",
    }
}

fn question_key(kind: CheckInKind) -> &'static str {
    match kind {
        CheckInKind::Connected => "check-in-connected",
        CheckInKind::Quarter | CheckInKind::Half | CheckInKind::ThreeQuarters => "check-in-question",
    }
}

/// The key of the sentence that says who sees the answer.
fn private_key(kind: CheckInKind) -> &'static str {
    match kind {
        CheckInKind::Connected => "check-in-private-connected",
        CheckInKind::Quarter | CheckInKind::Half | CheckInKind::ThreeQuarters => "check-in-private",
    }
}

fn buttons(kind: CheckInKind) -> AnyView {
    let buttons = kind.answers().iter().map(|answer| {
        view! { <button class="button plain" name="answer" value=answer.name()>{tr(answer_key(kind, *answer))}</button> }
    });
    view! {
        <div class="row">{buttons.collect_view()}</div>
        <p class="help">{tr(private_key(kind))}</p>
    }
    .into_any()
}

/// The question on the page of a mentorship.
pub(super) fn check_in_form(id: MentorshipId, check_in: CheckInId, kind: CheckInKind) -> AnyView {
    view! {
        <form id="check-in" method="post" action="/api/mentorships/check_in">
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="check_in" value=check_in.to_string() />
            {buttons(kind)}
        </form>
    }
    .into_any()
}

/// Title and body of the page behind a signed link. `action` is its own path.
#[must_use]
pub fn check_in_link(asked: &AskedCheckIn, action: &str) -> (String, AnyView) {
    let title = tr_with(question_key(asked.kind), &[("partner", i18n::quote(asked.partner.clone()))]);
    let body = match (asked.is_answered, asked.is_open) {
        (true, _) => view! { <p class="lead">{tr("check-in-answered")}</p> }.into_any(),
        (false, false) => view! { <p class="lead">{tr("check-in-over")}</p> }.into_any(),
        (false, true) => {
            view! { <form method="post" action=action.to_owned()>{buttons(asked.kind)}</form> }.into_any()
        }
    };
    (title, body)
}
