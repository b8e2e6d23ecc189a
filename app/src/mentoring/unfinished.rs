//! Sign-ups that the reader started and did not send, for the to-do list on the home page.

use domain::mentoring::SignUpRole;
use leptos::prelude::*;
use store::mentoring::RoundCard;

use super::paths::sign_up_path;
use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    ui::{Reader, Shape},
};

/// One line of the list for each sign-up.
#[must_use]
pub fn unfinished_items(visit: &Visit, unfinished: &[(RoundCard, SignUpRole)]) -> Vec<AnyView> {
    let reader = Reader::of(visit, visit.zone);
    let item = |(card, role): &(RoundCard, SignUpRole)| {
        let round = i18n::quote(card.details.name.clone());
        let text = tr_with(&format!("to-do-sign-up-{}", role.name()), &[("round", round)]);
        view! {
            <li>
                <strong><a href=sign_up_path(card.slug.as_str(), *role)>{text}</a></strong>
                " "
                <span class="help">
                    {tr("mentoring-closes")} " " {reader.time(card.details.closes_at, Shape::DateTime)}
                </span>
            </li>
        }
        .into_any()
    };
    unfinished.iter().map(item).collect()
}
