//! The people whom a draft leaves out: mentees without a mentor, and mentors without a mentee.

use domain::mentoring::UnmatchedReason;
use leptos::prelude::*;
use store::mentoring::run::Board;

use super::pairs::person;
use crate::{
    context::{tr, tr_with},
    i18n,
};

/// The mentees without a mentor, each with what a coordinator can do.
pub(super) fn unmatched(board: &Board) -> AnyView {
    let body = if board.unmatched.is_empty() {
        view! { <p>{tr("mentoring-run-unmatched-none")}</p> }.into_any()
    } else {
        let items = board.unmatched.iter().map(|it| {
            view! { <li><strong>{person(&it.mentee)}</strong> <p>{reason(&it.reason)}</p></li> }
        });
        view! { <ul class="rows" role="list">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="unmatched">
            <h2 id="unmatched">{tr("mentoring-run-unmatched")}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Why a mentee has no mentor, as a sentence.
fn reason(reason: &UnmatchedReason) -> String {
    let mut args = reason.args();
    let topics = reason.topics().join(" · ");
    args.push(("topics", i18n::quote(topics)));
    let key = match reason {
        UnmatchedReason::NoTopic { .. } => "mentoring-run-reason-no-topic",
        UnmatchedReason::Competition { .. } => "mentoring-run-reason-competition",
        UnmatchedReason::Hours { .. } => "mentoring-run-reason-hours",
        UnmatchedReason::Language { .. } => "mentoring-run-reason-language",
        UnmatchedReason::Rules { .. } => "mentoring-run-reason-rules",
        UnmatchedReason::Full { .. } => "mentoring-run-reason-full",
        UnmatchedReason::Several => "mentoring-run-reason-several",
        UnmatchedReason::AskedEnough { .. } => "mentoring-run-reason-asked-enough",
        UnmatchedReason::Out => "mentoring-run-reason-out",
    };
    tr_with(key, &args)
}

/// The mentors without a mentee.
pub(super) fn free_mentors(board: &Board) -> AnyView {
    let body = if board.free_mentors.is_empty() {
        view! { <p>{tr("mentoring-run-free-none")}</p> }.into_any()
    } else {
        let items = board.free_mentors.iter().map(|it| {
            let places = tr_with("mentoring-run-free-places", &[("places", i18n::number(it.places))]);
            view! { <li><strong>{person(&it.mentor)}</strong> <span class="help">{places}</span></li> }
        });
        view! { <ul class="rows" role="list">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="free">
            <h2 id="free">{tr("mentoring-run-free")}</h2>
            {body}
        </section>
    }
    .into_any()
}
