//! "You host" on the home page: the member's next events as a host, their open requests, and drafts.

use domain::Instant;
use leptos::prelude::*;
use store::events::{EventCard, HostedEvent, Hosting};

use super::{event_path, people_path};
use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    ui::{Badge, Shape, Tone, event_time},
};

/// Upcoming events shown. Events with open requests are always shown.
const MAX_UPCOMING: usize = 3;
/// Drafts shown.
const MAX_DRAFTS: usize = 5;

/// The section, or `None` for members who host nothing.
#[must_use]
pub fn you_host(visit: &Visit, hosting: Hosting, now: Instant) -> Option<AnyView> {
    if hosting.upcoming.is_empty() && hosting.drafts.is_empty() {
        return None;
    }
    let requests = (hosting.requests > 0).then(|| {
        view! { <p>{tr_with("home-host-requests", &[("n", i18n::number(hosting.requests))])}</p> }
    });
    let mut shown = 0;
    let upcoming = hosting.upcoming.into_iter().filter(|hosted| {
        shown += 1;
        shown <= MAX_UPCOMING || hosted.requests > 0
    });
    let upcoming = upcoming.map(|hosted| event(visit, &hosted, now)).collect_view();
    let drafts = hosting.drafts.into_iter().take(MAX_DRAFTS).map(|card| draft(&card)).collect_view();
    Some(
        view! {
            <section class="part" aria-labelledby="hosting">
                <h2 id="hosting">{tr("home-host")}</h2>
                {requests}
                <ul class="rows" role="list">{upcoming} {drafts}</ul>
            </section>
        }
        .into_any(),
    )
}

fn event(visit: &Visit, hosted: &HostedEvent, now: Instant) -> AnyView {
    let card = &hosted.card;
    let seats = super::card::seats_text(card, now);
    let waiting = (card.waiting > 0)
        .then(|| format!(" · {}", tr_with("card-waiting", &[("waiting", i18n::number(card.waiting))])));
    let requests = (hosted.requests > 0).then(|| {
        let to = people_path(card.slug.as_str(), "pending");
        let text = tr_with("home-host-event-requests", &[("n", i18n::number(hosted.requests))]);
        view! { <a class="button small" href=to>{text}</a> }
    });
    view! {
        <li>
            <div>
                <strong><a href=event_path(&card.slug)>{card.title.clone()}</a></strong>
                {event_time(visit, card.time(), Shape::DateTime)}
                <p class="help">{seats} {waiting}</p>
            </div>
            {requests}
        </li>
    }
    .into_any()
}

fn draft(card: &EventCard) -> AnyView {
    let text = tr("event-badge-draft");
    view! {
        <li>
            <strong><a href=event_path(&card.slug)>{card.title.clone()}</a></strong>
            <Badge tone=Tone::Draft>{text}</Badge>
        </li>
    }
    .into_any()
}
