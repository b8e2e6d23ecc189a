//! `/kudos/shuffle`: one card after the other in random order, for meetings. The address has the order and the place in
//! it, so that everybody in a meeting can open the same card.

use leptos::prelude::*;
use store::kudos;

use super::card::card;
use crate::{
    context::{store, tr, tr_with, visit},
    i18n,
    ui::{ButtonLink, Crumbs, Empty, Look, Title, load},
};

/// The longest order in an address.
const MAX_SEED: usize = 16;

/// The page.
#[component]
pub fn ShufflePage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let seed = visit.query("order").unwrap_or_else(store::sign_in::new_token);
        let seed: String = seed.chars().filter(char::is_ascii_alphanumeric).take(MAX_SEED).collect();
        let place = visit.query("card").and_then(|text| text.parse().ok()).unwrap_or(1_usize).max(1);
        let (ids, found) = kudos::shuffled(&store, &visit.actor, &seed, place - 1).await?;
        let to = |place: usize| format!("/kudos/shuffle?order={seed}&card={place}");
        let body = match found {
            None => view! {
                <Empty title=tr("kudos-shuffle-end") text=tr("kudos-shuffle-end-text")>
                    <ButtonLink href="/kudos/shuffle">{tr("kudos-shuffle-again")}</ButtonLink>
                </Empty>
            }
            .into_any(),
            Some(kudos) => {
                let numbers = [("place", i18n::number(count(place))), ("count", i18n::number(count(ids)))];
                let back = (place > 1).then(|| {
                    view! { <ButtonLink href=to(place - 1) look=Look::Plain>{tr("kudos-shuffle-back")}</ButtonLink> }
                });
                view! {
                    <div class="kudos one">{card(&visit, &kudos)}</div>
                    <div class="row">
                        <ButtonLink href=to(place + 1)>{tr("kudos-shuffle-next")}</ButtonLink>
                        {back}
                        <p class="help">{tr_with("kudos-shuffle-place", &numbers)}</p>
                    </div>
                }
                .into_any()
            }
        };
        Ok(view! {
            <Title text=tr("kudos-shuffle") />
            <div class="page shuffle">
                <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title"))] />
                <h1>{tr("kudos-shuffle")}</h1>
                {body}
            </div>
        })
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
