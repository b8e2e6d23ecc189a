//! Events as cards in lists.

use domain::{
    Instant, Zone,
    events::{Availability, COVER_SIZE, EventKind, EventStatus, RsvpState},
};
use leptos::prelude::*;
use store::events::{EventCard, Face, OwnWorkshop};

use super::{calendar::badge_of, cover::CoverPicture, event_path};
use crate::{
    context::{Visit, tr, tr_with},
    i18n::{self, format},
    members::card::picture_path_of,
    ui::{Avatar, Badge, Meter, Shape, Size, Tone, event_time, start_time, time_of, zone_of_reader},
};

/// The label of an event kind.
#[must_use]
pub fn kind_label(kind: EventKind) -> String {
    tr(&format!("event-kind-{}", kind.name().replace('_', "-")))
}

fn cover_of(event: &EventCard) -> CoverPicture {
    CoverPicture::of(event.kind, &event.slug, event.cover.as_ref())
}

/// Events as one list.
#[must_use]
pub fn cards(visit: &Visit, events: Vec<EventCard>, now: Instant) -> AnyView {
    let cards = events.into_iter().map(|event| view! { <li>{card(visit, &event, now)}</li> }).collect_view();
    view! { <ul class="cards first" role="list">{cards}</ul> }.into_any()
}

/// A few events as pictures with a title, for people who see the community for the first time.
#[must_use]
pub fn posters(visit: &Visit, events: &[EventCard], now: Instant) -> AnyView {
    let posters = events.iter().map(|event| {
        let cover = cover_of(event);
        view! {
            <li class="poster">
                <img class="cover" src=cover.small alt=cover.alternative width=COVER_SIZE.0 height=COVER_SIZE.1 />
                <p class="eyebrow">{kind_label(event.kind)} " " {badges(event, now)}</p>
                <h3><a href=event_path(&event.slug)>{event.title.clone()}</a></h3>
                {event_time(visit, event.time(), Shape::DateTime)}
                {place_of(event).map(|place| view! { <p class="card-place">{place}</p> })}
            </li>
        }
    });
    view! { <ul class="posters" role="list">{posters.collect_view()}</ul> }.into_any()
}

/// The place of an event, or that it is online.
pub(super) fn place_of(event: &EventCard) -> Option<String> {
    match (event.place.is_empty(), event.online) {
        (false, _) => Some(event.place.clone()),
        (true, true) => Some(tr("event-online")),
        (true, false) => None,
    }
}

/// Events as lists, one for each month.
#[must_use]
pub fn by_month(visit: &Visit, events: Vec<EventCard>, now: Instant) -> AnyView {
    let month = |event: &EventCard| {
        format::at(visit.locale, event.starts_at, first_zone(visit, event), Shape::MonthYear)
    };
    let months = events.chunk_by(|a, b| month(a) == month(b)).map(|events| {
        let name = events.first().map(month);
        let cards = events.iter().map(|event| view! { <li>{card(visit, event, now)}</li> });
        view! {
            <section>
                <h2 class="month-name">{name}</h2>
                <ul class="cards" role="list">{cards.collect_view()}</ul>
            </section>
        }
    });
    view! { <div class="months">{months.collect_view()}</div> }.into_any()
}

/// The zone of the clock that the reader sees first.
pub(super) fn first_zone(visit: &Visit, event: &EventCard) -> Zone {
    event.time().clocks(zone_of_reader(visit)).first.zone
}

fn card(visit: &Visit, event: &EventCard, now: Instant) -> AnyView {
    let (zone, cover) = (first_zone(visit, event), cover_of(event));
    let group =
        event.group.as_ref().map(|group| view! { <bdi class="group-name">{group.name.clone()}</bdi> });
    let summary =
        (!event.summary.is_empty()).then(|| view! { <p class="card-summary">{event.summary.clone()}</p> });
    view! {
        <article class=class(event, now)>
            <p class="tile" aria-hidden="true">
                {time_of(event.starts_at, zone, Shape::Month)}
                <strong>{time_of(event.starts_at, zone, Shape::DayOfMonth)}</strong>
            </p>
            <div>
                <p class="eyebrow">{kind_label(event.kind)} " " {group} " " {badges(event, now)}</p>
                <h3><a href=event_path(&event.slug)>{event.title.clone()}</a></h3>
                {event_time(visit, event.time(), Shape::DateTime)}
                {place_of(event).map(|place| view! { <p class="card-place">{place}</p> })}
                {summary}
                {workshops(visit, &event.workshops, now)}
            </div>
            <img class="card-cover" src=cover.small alt=cover.alternative width="144" height="81" loading="lazy" />
            <div class="card-seats">{faces(&event.faces)} {seats(event, now)}</div>
        </article>
    }
    .into_any()
}

/// The reader's workshops at an event, each with its time and what the reader has there.
fn workshops(visit: &Visit, workshops: &[OwnWorkshop], now: Instant) -> Option<AnyView> {
    if workshops.is_empty() {
        return None;
    }
    let items = workshops.iter().map(|workshop| {
        let state = match (workshop.status, workshop.my_rsvp) {
            (EventStatus::Cancelled, _) => Some((Tone::Bad, "event-badge-cancelled")),
            (_, RsvpState::Going) if now >= workshop.time.ends => Some((Tone::Brass, "event-badge-had")),
            (_, RsvpState::Going) => Some((Tone::Brass, "event-badge-going")),
            (_, state) => badge_of(state).filter(|_| now < workshop.time.ends).map(|key| (Tone::Quiet, key)),
        };
        let state = state.map(|(tone, key)| view! { " " <Badge tone>{tr(key)}</Badge> });
        view! {
            <li>
                <a href=event_path(&workshop.slug)><bdi>{workshop.title.clone()}</bdi></a> {state}
                <div class="help">{start_time(visit, workshop.time)}</div>
            </li>
        }
    });
    Some(
        view! {
            <div class="card-workshops">
                <p class="help">{tr("card-workshops")}</p>
                <ul role="list">{items.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

fn class(event: &EventCard, now: Instant) -> &'static str {
    match (event.status, event.my_rsvp) {
        (EventStatus::Cancelled, _) => "card cancelled",
        (EventStatus::Draft | EventStatus::Published, _) if event.ends_at <= now => "card past",
        (EventStatus::Draft | EventStatus::Published, Some(RsvpState::Going)) => "card mine",
        (EventStatus::Draft | EventStatus::Published, _) => "card",
    }
}

/// Badges for this reader, most important first.
pub(super) fn badges(event: &EventCard, now: Instant) -> AnyView {
    let badge = |tone: Tone, key: &str| {
        let text = tr(key);
        view! { <Badge tone>{text}</Badge> }
    };
    let state = match event.status {
        EventStatus::Draft => Some(badge(Tone::Draft, "event-badge-draft")),
        EventStatus::Cancelled => Some(badge(Tone::Bad, "event-badge-cancelled")),
        EventStatus::Published => match event.my_rsvp {
            Some(RsvpState::Going) if now >= event.ends_at => Some(badge(Tone::Brass, "event-badge-had")),
            Some(RsvpState::Going) => Some(badge(Tone::Brass, "event-badge-going")),
            mine => {
                let key = mine.and_then(badge_of).filter(|_| now < event.ends_at);
                key.map(|key| badge(Tone::Quiet, key))
            }
        },
    };
    // Also shown beside the reader's own status: "On the waitlist" alone doesn't say why.
    let full = match event.availability {
        Availability::Full => Some("event-badge-full"),
        Availability::RoomFull => Some("event-badge-room-full"),
        Availability::Free => None,
    };
    let open = event.status == EventStatus::Published && now < event.starts_at;
    let full = full.filter(|_| open && event.my_rsvp != Some(RsvpState::Going));
    let full = full.map(|key| badge(Tone::Quiet, key));
    let now = (event.status == EventStatus::Published && event.starts_at <= now && now < event.ends_at)
        .then(|| badge(Tone::Good, "event-badge-now"));
    let own = (event.series_changed && now.is_none()).then(|| badge(Tone::Quiet, "series-badge-own"));
    view! { {state} {full} {now} {own} }.into_any()
}

/// How many seats are taken, as text.
pub(super) fn seats_text(event: &EventCard, now: Instant) -> String {
    let going = ("going", i18n::number(event.going));
    match event.capacity {
        Some(capacity) => {
            let key = if event.over > 0 { "card-seats-over" } else { "card-seats" };
            let over = ("over", i18n::number(event.over));
            tr_with(key, &[going, ("capacity", i18n::number(capacity)), over])
        }
        None if event.ends_at <= now => tr_with("card-seats-past", &[going]),
        None => tr_with("card-seats-open", &[going]),
    }
}

/// How many seats are taken, as text and as a bar. `None` for events that nobody can attend.
fn seats(event: &EventCard, now: Instant) -> Option<AnyView> {
    if event.status != EventStatus::Published || (event.ends_at <= now && event.going == 0) {
        return None;
    }
    let text = seats_text(event, now);
    let bar = event.capacity.filter(|_| now < event.ends_at).map(|capacity| {
        let label = text.clone();
        view! { <Meter label used=event.going of=capacity /> }
    });
    let waiting = (event.waiting > 0 && now < event.ends_at).then(
        || view! { <span>{tr_with("card-waiting", &[("waiting", i18n::number(event.waiting))])}</span> },
    );
    Some(view! { {bar} <span>{text}</span> {waiting} }.into_any())
}

/// Some of the people who come. Their names follow as one text, because a picture alone says nothing to a screen reader.
fn faces(faces: &[Face]) -> Option<AnyView> {
    if faces.is_empty() {
        return None;
    }
    let names = faces.iter().enumerate().map(|(n, face)| {
        let separator = if n > 0 { ", " } else { " " };
        view! { {separator} <bdi>{face.name.clone()}</bdi> }
    });
    let pictures = faces.iter().map(|face| {
        let picture = picture_path_of(&face.slug, face.picture.as_deref());
        view! { <li><Avatar name=face.name.clone() size=Size::Small picture /></li> }
    });
    Some(
        view! {
            <ul class="faces" role="list" aria-hidden="true">{pictures.collect_view()}</ul>
            <span class="sr-only">{tr("card-faces")} {names.collect_view()}</span>
        }
        .into_any(),
    )
}
