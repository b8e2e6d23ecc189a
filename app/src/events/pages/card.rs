//! An event in a list.

use domain::{
    Instant,
    events::{EventKind, EventStatus, RsvpState},
};
use leptos::prelude::*;
use store::events::EventCard;

use super::event_path;
use crate::{
    context::{Visit, tr},
    ui::{Reader, Shape},
};

/// The words of a kind.
#[must_use]
pub fn kind_words(kind: EventKind) -> String {
    tr(&format!("event-kind-{}", kind.name().replace('_', "-")))
}

/// Events as a list.
#[must_use]
pub fn cards(visit: &Visit, events: Vec<EventCard>, now: Instant) -> AnyView {
    let cards = events.into_iter().map(|event| view! { <li>{card(visit, event, now)}</li> }).collect_view();
    view! { <ul class="cards" role="list">{cards}</ul> }.into_any()
}

fn card(visit: &Visit, event: EventCard, now: Instant) -> AnyView {
    let reader = Reader::of(visit, event.zone);
    let place = match (event.place.is_empty(), event.online) {
        (false, _) => Some(event.place.clone()),
        (true, true) => Some(tr("event-online")),
        (true, false) => None,
    };
    let class = if event.status == EventStatus::Cancelled { "card off" } else { "card" };
    let summary =
        (!event.summary.is_empty()).then(|| view! { <p class="card-summary">{event.summary.clone()}</p> });
    view! {
        <article class=class>
            <p class="tile" aria-hidden="true">
                {reader.time(event.starts_at, Shape::Month)}
                <strong>{reader.time(event.starts_at, Shape::DayOfMonth)}</strong>
            </p>
            <div>
                <p class="eyebrow">{kind_words(event.kind)} " " {badges(&event, now)}</p>
                <h3><a href=event_path(&event.slug)>{event.title.clone()}</a></h3>
                <p class="card-facts">
                    {reader.span(event.starts_at, event.ends_at)} " " {reader.place(event.starts_at)}
                    {place.map(|place| view! { <span class="card-place">{place}</span> })}
                </p>
                {summary}
            </div>
        </article>
    }
    .into_any()
}

/// What matters about it to this reader, most important first.
fn badges(event: &EventCard, now: Instant) -> AnyView {
    let badge = |class: &'static str, key: &str| view! { <span class=class>{tr(key)}</span> };
    let full = event.capacity.is_some_and(|capacity| event.going >= capacity);
    let state = match event.status {
        EventStatus::Draft => Some(badge("badge draft", "event-badge-draft")),
        EventStatus::Cancelled => Some(badge("badge bad", "event-badge-cancelled")),
        EventStatus::Published => match event.mine {
            Some(RsvpState::Going) => Some(badge("badge brass", "event-badge-going")),
            Some(RsvpState::Waiting) => Some(badge("badge", "event-badge-waiting")),
            Some(RsvpState::Left) | None if full && now < event.starts_at => {
                Some(badge("badge", "event-badge-full"))
            }
            Some(RsvpState::Left) | None => None,
        },
    };
    let now = (event.status == EventStatus::Published && event.starts_at <= now && now < event.ends_at)
        .then(|| badge("badge good", "event-badge-now"));
    view! { {state} {now} }.into_any()
}
