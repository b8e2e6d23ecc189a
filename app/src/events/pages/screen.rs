//! The screen at the door of a room: what runs now and next, in large type and without anything to press (D13).

use domain::{Instant, Zone, board::AgendaClock, schedule::ScheduleSession};
use leptos::prelude::*;
use markup::published::line;
use store::schedule::RoomScreen;

use super::{agenda::speakers, now::when};
use crate::{
    context::{locale, tr},
    i18n::format,
    ui::{Shape, machine},
};

/// The most sessions that follow the current one.
const MAX_NEXT: usize = 3;

/// The title and the content of a room's screen.
#[must_use]
pub fn room_screen(loaded: &RoomScreen, now: Instant) -> (String, AnyView) {
    let event = &loaded.event;
    let zone = event.zone();
    let clock = AgendaClock::new(zone, event.details.starts);
    let current = loaded.sessions.iter().rev().find(|session| session.starts_at <= now);
    let current = current.filter(|session| session.ends_at() > now);
    let next = loaded.sessions.iter().filter(|session| session.starts_at > now).take(MAX_NEXT);
    let next: Vec<AnyView> = next
        .map(|session| {
            let is_today = clock.day(session.starts_at) == clock.day(now);
            let day = (!is_today).then(|| format::at(locale(), session.starts_at, zone, Shape::Date));
            view! { <li>{item(session, day, now, zone)}</li> }.into_any()
        })
        .collect();
    let title = loaded.room.clone();
    let is_empty = current.is_none() && next.is_empty();
    let current = current.map(|session| {
        view! {
            <section class="room-now" aria-labelledby="room-now">
                <h2 class="eyebrow" id="room-now">{tr("now-now")}</h2>
                {item(session, None, now, zone)}
            </section>
        }
    });
    let next = (!next.is_empty()).then(|| {
        view! {
            <section class="room-next" aria-labelledby="room-next">
                <h2 class="eyebrow" id="room-next">{tr("now-next")}</h2>
                <ul role="list">{next}</ul>
            </section>
        }
    });
    let time = format::at(locale(), now, zone, Shape::Time);
    let body = view! {
        <div class="room-screen">
            <header class="page-head">
                <h1><bdi>{loaded.room.clone()}</bdi></h1>
                <p class="room-clock"><time datetime=machine(now)>{time}</time></p>
            </header>
            <p class="lead"><bdi>{event.details.title.clone()}</bdi></p>
            {is_empty.then(|| view! { <p class="empty">{tr("screen-empty")}</p> })}
            {current}
            {next}
        </div>
    };
    (title, body.into_any())
}

fn item(session: &ScheduleSession, day: Option<String>, now: Instant, zone: Zone) -> AnyView {
    let people = speakers(session);
    view! {
        <p class="room-title"><bdi>{line(&session.title)}</bdi></p>
        {(!people.is_empty()).then(|| view! { <p class="room-people"><bdi>{people}</bdi></p> })}
        <p class="room-when">{day.map(|day| view! { {day} ", " })} {when(session, now, zone)}</p>
    }
    .into_any()
}
