//! The wall for a screen that everybody sees: large type, no forms, and cards that take turns.

use leptos::prelude::*;
use store::kudos::Kudos;

use super::{card::kudos_item, wall::script};
use crate::context::{Visit, tr};

/// The most cards on the screen.
pub const MAX_CARDS: u64 = 24;

/// The title and the content of the screen. `seq` is the number of the feed from which the stream goes on.
#[must_use]
pub fn screen(visit: &Visit, cards: Vec<Kudos>, seq: i64) -> (String, AnyView) {
    let none = cards.is_empty().then(|| view! { <p class="lead empty">{tr("kudos-none-text")}</p> });
    let items = cards.iter().map(|kudos| kudos_item(visit, kudos)).collect_view();
    let body = view! {
        <div class="screen wall-page">
            <div class="page-head">
                <h1>{tr("kudos-title")} " · " <bdi>{visit.community.clone()}</bdi></h1>
                <p class="live" data-live="" hidden>{tr("kudos-live")}</p>
            </div>
            {none}
            <ul
                class="kudos wall"
                role="list"
                data-stream="/kudos/stream?screen=1"
                data-screen=""
                data-after=seq.to_string()
                data-one=tr("kudos-arrived")
            >
                {items}
            </ul>
            <p class="sr-only" role="status" data-arrived=""></p>
        </div>
        {script()}
    };
    (tr("kudos-title"), body.into_any())
}
