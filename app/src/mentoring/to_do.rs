//! What waits for the reader, for the home page: sign-ups to finish.

use domain::mentoring::SignUpRole;
use leptos::prelude::*;
use store::mentoring::RoundCard;

use super::unfinished::unfinished_items;
use crate::context::{Visit, tr};

/// The section "To do". Nothing when nothing waits.
#[must_use]
pub fn to_do(visit: &Visit, unfinished: &[(RoundCard, SignUpRole)]) -> Option<AnyView> {
    (!unfinished.is_empty()).then(|| {
        view! {
            <section aria-labelledby="to_do">
                <h2 id="to_do">{tr("to-do-title")}</h2>
                <ul class="rows" role="list">{unfinished_items(visit, unfinished)}</ul>
            </section>
        }
        .into_any()
    })
}
