//! The reader's mentorships on the page about mentoring, and what waits for them on the home page.

use domain::{MentorRequestId, mentorships::RequestKind};
use leptos::prelude::*;
use store::mentorships::{PairCard, PairToDo};

use super::{
    next::{next_link, next_sentence},
    page::{badge, title_with},
    paths::mentorship_path,
};
use crate::{
    context::{Visit, tr, tr_with},
    i18n,
};

fn name(partner: &str) -> String {
    if partner.is_empty() { tr("mentorship-nobody") } else { partner.to_owned() }
}

/// The section with the reader's mentorships. Nothing without any.
#[must_use]
pub fn my_mentorships(visit: &Visit, cards: Vec<PairCard>) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        let items = cards.into_iter().map(|card| {
            let partner = name(&card.partner);
            let title = title_with(&card.partner);
            view! {
                <li class="mentoring-round">
                    <p>{badge(card.state)}</p>
                    <h3><a href=mentorship_path(card.id)>{title}</a></h3>
                    <p class="help"><bdi>{card.programme}</bdi></p>
                    <p>{next_sentence(visit, card.next, &partner)}</p>
                </li>
            }
        });
        view! {
            <section aria-labelledby="mentorships">
                <h2 id="mentorships">{tr("mentorships-mine")}</h2>
                <ul class="mentoring-rounds" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// What waits for the reader in their mentorships, as items of the section "To do".
#[must_use]
pub fn to_do_items(visit: &Visit, waiting: &[PairToDo]) -> AnyView {
    let items = waiting.iter().map(|it| {
        let to = next_link(it.id, it.next).map_or_else(|| mentorship_path(it.id), |(to, _)| to);
        view! { <li><strong><a href=to>{next_sentence(visit, it.next, &name(&it.partner))}</a></strong></li> }
    });
    items.collect_view().into_any()
}

/// Direct requests and offers to the reader, as items of the section "To do".
#[must_use]
pub fn request_items(requests: &[(MentorRequestId, RequestKind, String)]) -> AnyView {
    let items = requests.iter().map(|(id, kind, partner)| {
        let key = match kind {
            RequestKind::Ask => "to-do-mentor-request",
            RequestKind::Offer => "to-do-mentor-offer",
        };
        let text = tr_with(key, &[("partner", i18n::quote(partner.clone()))]);
        view! { <li><strong><a href=format!("/mentoring/requests/{id}")>{text}</a></strong></li> }
    });
    items.collect_view().into_any()
}
