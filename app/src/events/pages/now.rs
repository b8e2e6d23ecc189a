//! What runs now and next in each room, on the days of an event (D12). Times are the server's. Visitors get a page that is a
//! second old at most.

use std::collections::BTreeSet;

use domain::{
    Instant, Zone,
    agenda::now_and_next,
    board::AgendaClock,
    events::{Event, EventStatus},
    schedule::ScheduleSession,
};
use leptos::prelude::*;
use markup::published::line;
use store::schedule::{AgendaDay, AgendaItem};
use uuid::Uuid;

use super::session_path;
use crate::{
    context::{Visit, locale, tr, tr_with},
    i18n::{self, format},
    ui::{Shape, machine, zone_of_reader},
};

/// The most of the reader's own sessions at the top.
const MAX_MINE: usize = 3;
/// Up to this many minutes before its start, a session says in how many minutes it starts.
const SOON: i64 = 120;

/// The section at the top of an event's pages. `None` on other days, and when nothing more happens today.
#[must_use]
pub fn now_section(
    visit: &Visit,
    event: &Event,
    days: &[AgendaDay],
    saved: &BTreeSet<Uuid>,
    now: Instant,
) -> Option<AnyView> {
    if event.status != EventStatus::Published {
        return None;
    }
    let today = AgendaClock::new(event.zone(), event.details.starts).day(now);
    let day = days.iter().find(|day| day.date == today)?;
    let rooms = now_and_next(&day.sessions, |item| &item.session, now);
    if rooms.is_empty() {
        return None;
    }
    let zone = event.time().clocks(zone_of_reader(visit)).first.zone;
    let mine: Vec<_> = day
        .sessions
        .iter()
        .filter(|item| saved.contains(&item.id) && item.session.ends_at() > now)
        .take(MAX_MINE)
        .map(|item| view! { <li>{entry(event, item, now, zone)} <span class="badge room">{item.session.room.clone()}</span></li> })
        .collect();
    let mine = (!mine.is_empty()).then(|| {
        view! {
            <h3>{tr("now-mine")}</h3>
            <ul class="now-mine" role="list">{mine}</ul>
        }
    });
    let rooms = rooms.into_iter().map(|room| {
        let items = room.now.into_iter().chain(room.next);
        let items = items.map(|item| view! { <li>{entry(event, item, now, zone)}</li> }).collect_view();
        view! { <li><h3><bdi>{room.room.to_owned()}</bdi></h3> <ul role="list">{items}</ul></li> }
    });
    Some(
        view! {
            <section class="now" aria-labelledby="now">
                <h2 id="now">{tr("now-title")}</h2>
                {mine}
                <ul class="now-rooms" role="list">{rooms.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A session with the time that is left, or with its start.
fn entry(event: &Event, item: &AgendaItem, now: Instant, zone: Zone) -> AnyView {
    let session = &item.session;
    let is_on = session.starts_at <= now;
    let label = if is_on { tr("now-now") } else { tr("now-next") };
    view! {
        <p class="eyebrow">{label}</p>
        <p><a href=session_path(&event.slug, item.id)><bdi>{line(&session.title)}</bdi></a></p>
        <p class="help">{when(session, now, zone)}</p>
    }
    .into_any()
}

/// `Until 10:45 · 12 min left`, or `11:00 · in 27 min`.
#[must_use]
pub fn when(session: &ScheduleSession, now: Instant, zone: Zone) -> AnyView {
    let time = |at| {
        let text = format::at(locale(), at, zone, Shape::Time);
        view! { <time datetime=machine(at)>{text}</time> }
    };
    // Rounded up, so that the last minute reads "1 min left".
    let minutes = |at: Instant| ((at - now).num_seconds() + 59) / 60;
    if session.starts_at <= now {
        let left = tr_with("now-left", &[("n", i18n::number(minutes(session.ends_at())))]);
        return view! { {tr("now-until")} " " {time(session.ends_at())} " · " {left} }.into_any();
    }
    let ahead = minutes(session.starts_at);
    let ahead = (ahead <= SOON).then(|| {
        view! { " · " {tr_with("now-ahead", &[("n", i18n::number(ahead))])} }
    });
    view! { {time(session.starts_at)} {ahead} }.into_any()
}
