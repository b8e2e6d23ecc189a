//! The agenda of one day: a list by time, or a column for each room on wide screens.

use std::collections::BTreeMap;

use domain::{
    Instant, Zone,
    board::AgendaClock,
    events::{Event, EventTime},
    schedule::ScheduleSession,
};
use leptos::prelude::*;
use markup::published::line;
use store::{
    events::EventPage as Loaded,
    schedule::{AgendaDay, AgendaItem},
};
use uuid::Uuid;

use super::{
    event_path,
    saving::{Saving, anchor, way_to_mine},
    session_path,
    subjects::tags,
};
use crate::{
    context::{Visit, locale, tr, tr_with},
    i18n::{self, format},
    ui::{Published, Shape, start_time, web_link, zone_label, zone_of_reader},
};

/// With more rooms than this, sessions are shown in rows instead of columns.
const MAX_COLUMNS: usize = 6;

/// The agenda of the day with this index, of today, or of the first day.
#[must_use]
pub fn agenda(visit: &Visit, loaded: &Loaded, day_index: Option<u32>, now: Instant) -> Option<AnyView> {
    let days = &loaded.agenda;
    let chosen = days.iter().find(|day| Some(day.index) == day_index);
    // On a day of the event, it opens on that day.
    let today = AgendaClock::new(loaded.event.zone(), loaded.event.details.starts).day(now);
    let day = chosen.or_else(|| days.iter().find(|day| day.date == today)).or(days.first())?;
    let rooms = rooms(day);
    let columns = if rooms.len() <= MAX_COLUMNS { rooms.len() } else { 0 };
    let heads = rooms.iter().map(|room| view! { <span>{room.clone()}</span> }).collect_view();
    let slug = &loaded.event.slug;
    let saving = Saving::new(visit, days, &loaded.saved);
    let slots = day_slots(visit, &loaded.event, day, &rooms, &saving);
    Some(
        view! {
            <section class="agenda" id="agenda" aria-labelledby="agenda-title">
                <h2 id="agenda-title">{tr("agenda-title")}</h2>
                {way_to_mine(visit, slug, loaded.saved.len())}
                {tabs(&event_path(slug), days, day.index)}
                {zone_note(visit, &loaded.event, day)}
                <div class=format!("rooms-{columns}")>
                    <div class="room-heads" aria-hidden="true">{heads}</div>
                    <ol class="slots" role="list">{slots}</ol>
                </div>
                {saving.form(slug, &day.index.to_string())}
                {calendars(&event_path(slug), days)}
                {files(&event_path(slug))}
            </section>
        }
        .into_any(),
    )
}

fn tabs(path: &str, days: &[AgendaDay], chosen: u32) -> Option<AnyView> {
    (days.len() > 1).then(|| {
        let tabs = days.iter().map(|day| {
            let to = format!("{path}?day={}#agenda", day.index);
            let current = (day.index == chosen).then_some("page");
            let date = format::date(locale(), day.date, Shape::Date);
            view! { <a href=to aria-current=current><time datetime=day.date.to_string()>{date}</time></a> }
        });
        view! { <nav class="tabs" aria-label=tr("agenda-days")>{tabs.collect_view()}</nav> }.into_any()
    })
}

/// Calendars to subscribe to: the whole agenda, each room and each track (D15).
fn calendars(path: &str, days: &[AgendaDay]) -> AnyView {
    let (mut rooms, mut tracks) = (BTreeMap::new(), BTreeMap::new());
    for item in days.iter().flat_map(|day| &day.sessions) {
        let session = &item.session;
        if let Some(room) = item.room {
            rooms.insert(room, session.room.clone());
        }
        if let Some(track) = item.track {
            tracks.insert(track, line(&session.track));
        }
    }
    let all = (tr("agenda-calendar-all"), format!("{path}/schedule.ics"));
    let part = |kind: &'static str, ids: BTreeMap<Uuid, String>| {
        let mut ids: Vec<_> = ids.into_iter().map(|(id, name)| (name, id)).collect();
        ids.sort();
        ids.into_iter().map(move |(name, id)| (name, format!("{path}/schedule.ics?{kind}={id}")))
    };
    // With a single room, its calendar is the whole agenda.
    let rooms = if rooms.len() > 1 { rooms } else { BTreeMap::new() };
    let links = std::iter::once(all).chain(part("room", rooms)).chain(part("track", tracks));
    let links = links.map(|(name, to)| view! { <li><a href=to><bdi>{name}</bdi></a></li> });
    view! {
        <details class="disclosure">
            <summary>{tr("agenda-calendars")}</summary>
            <p class="help">{tr("agenda-calendars-help")}</p>
            <ul class="menu-list" role="list">{links.collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// The schedule for other programs, such as apps for conferences.
fn files(path: &str) -> AnyView {
    view! {
        <p class="help">
            {tr("agenda-files")} " " <a href=format!("{path}/schedule.xml")>"XML"</a> " · "
            <a href=format!("{path}/schedule.json")>"JSON"</a>
        </p>
    }
    .into_any()
}

/// Names the zone of the times below.
pub(super) fn zone_note(visit: &Visit, event: &Event, day: &AgendaDay) -> Option<AnyView> {
    let at = day.sessions.first()?.session.starts_at;
    let first = event.time().clocks(zone_of_reader(visit)).first;
    let zone = i18n::quote(zone_label(first.zone, at));
    let text = match first.is_readers {
        true => tr_with("agenda-zone-yours", &[("here", zone)]),
        false => tr_with("agenda-zone", &[("there", zone)]),
    };
    Some(view! { <p class="help">{text}</p> }.into_any())
}

/// The rooms of a day, sorted by name.
fn rooms(day: &AgendaDay) -> Vec<String> {
    let mut rooms: Vec<String> = Vec::new();
    for AgendaItem { session, .. } in &day.sessions {
        if !rooms.contains(&session.room) {
            rooms.push(session.room.clone());
        }
    }
    rooms.sort();
    rooms
}

/// Sessions of a day, grouped by start time.
fn slots(day: &AgendaDay) -> Vec<&[AgendaItem]> {
    day.sessions.chunk_by(|a, b| a.session.starts_at == b.session.starts_at).collect()
}

/// The sessions of a day by start. Each is in the column of its room, if the room is one of `rooms`.
pub(super) fn day_slots(
    visit: &Visit,
    event: &Event,
    day: &AgendaDay,
    rooms: &[String],
    saving: &Saving,
) -> AnyView {
    slots(day).into_iter().map(|items| slot(visit, event, rooms, items, saving)).collect_view().into_any()
}

fn slot(
    visit: &Visit,
    event: &Event,
    rooms: &[String],
    items: &[AgendaItem],
    saving: &Saving,
) -> Option<AnyView> {
    let starts = items.first()?.session.starts_at;
    let time = EventTime { starts, ends: starts, ..event.time() };
    let zone = time.clocks(zone_of_reader(visit)).first.zone;
    let items = items.iter().map(|item| {
        let column = rooms.iter().position(|room| *room == item.session.room).map_or(0, |at| at + 1);
        let controls = saving.controls(item.id, &line(&item.session.title));
        view! {
            <li class=format!("room-{column}") id=anchor(item.id)>{session_view(event, item, zone)} {controls}</li>
        }
    });
    Some(
        view! {
            <li class="slot">
                <p class="slot-time">{start_time(visit, time)}</p>
                <ul class="slot-rooms" role="list">{items.collect_view()}</ul>
            </li>
        }
        .into_any(),
    )
}

/// One session, with its description folded away.
fn session_view(event: &Event, AgendaItem { id, session, about, .. }: &AgendaItem, zone: Zone) -> AnyView {
    let ends = session.ends_at();
    let length =
        tr_with("agenda-until", &[("time", i18n::quote(format::at(locale(), ends, zone, Shape::Time)))]);
    let facts = std::iter::once(length).chain(facts(session)).collect::<Vec<_>>().join(" · ");
    let speakers = speakers(session);
    view! {
        <details class="session">
            <summary>
                <span class="badge room">{session.room.clone()}</span>
                <strong>{line(&session.title)}</strong>
                {(!speakers.is_empty()).then(|| view! { <span class="speakers">{speakers}</span> })}
            </summary>
            <p class="help">{facts}</p>
            {session_text(session)}
            {tags(about)}
            <p class="links"><a href=session_path(&event.slug, *id)>{tr("agenda-session")}</a></p>
        </details>
    }
    .into_any()
}

/// The names of the speakers, separated by commas.
pub(super) fn speakers(session: &ScheduleSession) -> String {
    session.speakers.iter().map(|speaker| line(&speaker.name)).collect::<Vec<_>>().join(", ")
}

/// Track, kind and language of a session. Empty ones are left out.
pub(super) fn facts(session: &ScheduleSession) -> impl Iterator<Item = String> + use<> {
    let facts = [line(&session.track), session.kind.replace('_', " "), session.language.to_uppercase()];
    facts.into_iter().filter(|fact| !fact.is_empty())
}

/// The publisher's texts and links.
pub(super) fn session_text(session: &ScheduleSession) -> AnyView {
    let subtitle = line(&session.subtitle);
    let (summary, description) = (session.summary.clone(), session.description.clone());
    let do_not_record =
        session.do_not_record.then(|| view! { <p class="help">{tr("agenda-do-not-record")}</p> });
    let own_page = web_link(&session.url).map(|url| (url, tr("agenda-its-page")));
    let links: Vec<_> = session
        .links
        .iter()
        .filter_map(|link| {
            let text = line(&link.text);
            web_link(&link.href).map(|href| (href.clone(), if text.is_empty() { href } else { text }))
        })
        .chain(own_page)
        .map(|(href, text)| view! { <li><a href=href rel="noreferrer nofollow">{text}</a></li> })
        .collect();
    view! {
        {(!subtitle.is_empty()).then(|| view! { <p><em>{subtitle}</em></p> })}
        {(!summary.trim().is_empty()).then(|| view! { <Published text=summary /> })}
        {(!description.trim().is_empty()).then(|| view! { <Published text=description /> })}
        {do_not_record}
        {(!links.is_empty()).then(|| view! { <ul class="links">{links}</ul> })}
    }
    .into_any()
}
