//! The number of people whom emails for this event don't reach, for its hosts (C7).

use domain::{Actor, Slug};
use leptos::prelude::*;
use store::{Store, events};

use crate::{
    context::{tr, tr_with},
    error::AppError,
    i18n,
};

/// "2 of 40 cannot be reached by email", and what to do about it. `None` when everybody can be reached.
///
/// # Errors
/// `NotFound` when the reader may not edit the event.
pub async fn unreachable(store: &Store, actor: &Actor, slug: &Slug) -> Result<Option<AnyView>, AppError> {
    let (unreachable_count, total) = events::unreachable(store, actor, slug).await?;
    let number = |count: u64| i18n::number(i64::try_from(count).unwrap_or(i64::MAX));
    let text = || tr_with("people-unreachable", &[("n", number(unreachable_count)), ("all", number(total))]);
    Ok((unreachable_count > 0).then(|| {
        view! {
            <aside class="notice">
                <p><strong>{text()}</strong></p>
                <p>{tr("people-unreachable-do")}</p>
            </aside>
        }
        .into_any()
    }))
}
