//! What waits for the reader in calls for proposals, here and on the home page.

use leptos::prelude::*;
use store::proposals::ToDo;

use super::paths::{review_path, submission_path};
use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    ui::{Reader, Shape},
};

/// The items of a to-do list.
#[must_use]
pub fn to_do_items(visit: &Visit, to_do: &ToDo) -> AnyView {
    let submissions = to_do.submissions.iter().map(|it| {
        let key = if it.is_question { "to-do-submission-question" } else { "to-do-submission-confirm" };
        let text = tr_with(key, &[("title", i18n::quote(it.card.title.clone()))]);
        let until = it.card.confirm_by.map(|until| {
            let until = Reader::of(visit, visit.zone).time(until, Shape::DateTime);
            view! { <span class="help">{tr("submission-confirm-by")} " " {until}</span> }
        });
        let to = submission_path(it.card.call.as_str(), it.card.id);
        view! { <li><strong><a href=to>{text}</a></strong> {until}</li> }
    });
    let invitations = to_do.invitations.iter().map(|it| {
        let text = tr_with("to-do-co-speaker", &[("title", i18n::quote(it.title.clone()))]);
        view! { <li><strong><a href=submission_path(it.call.as_str(), it.id)>{text}</a></strong></li> }
    });
    let reviews = to_do.reviews.iter().map(|it| {
        let count = i18n::number(i64::try_from(it.count).unwrap_or(i64::MAX));
        let text = tr_with("to-do-reviews", &[("count", count), ("call", i18n::quote(it.title.clone()))]);
        view! { <li><strong><a href=review_path(it.call.as_str())>{text}</a></strong></li> }
    });
    view! { {submissions.collect_view()} {invitations.collect_view()} {reviews.collect_view()} }.into_any()
}
