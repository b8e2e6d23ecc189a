//! Paths of the board's pages, and what they share.

use chrono::{Duration, NaiveDate, Timelike as _};
use domain::{
    Slug, Zone,
    board::{AgendaClock, Board, Conflict, GRID, ReleasedSlot, Slot},
    events::Event,
};
use leptos::prelude::*;
use leptos_meta::Stylesheet;
use store::schedule::BoardPage;
use uuid::Uuid;

use super::{
    island::{GridDay, GridTexts},
    texts::ConflictTexts,
};
use crate::{
    context::{locale, tr, tr_with, visit},
    i18n::{self, format},
    ui::{Badge, Shape, Tone, zone_label},
};

/// Path of an event's board.
#[must_use]
pub fn board_path(slug: &str) -> String {
    format!("/events/{slug}/board")
}

/// Path of the page of one session of the draft.
#[must_use]
pub fn board_session_path(slug: &str, session: Uuid) -> String {
    format!("/events/{slug}/board/sessions/{session}")
}

/// Path of the list of an event's releases.
#[must_use]
pub fn releases_path(slug: &str) -> String {
    format!("/events/{slug}/releases")
}

/// Links the stylesheet of the board. Other pages do not load it.
pub fn stylesheet() {
    // Rendering registers the tag. Done here, because a tag that renders after the head was sent would be lost.
    let _ = view! { <Stylesheet href=format!("{}/board.css", visit().assets) /> }.to_html();
}

/// Breadcrumbs to the board of an event.
#[must_use]
pub fn crumbs(event: &Event, with_board: bool) -> Vec<(String, String)> {
    let slug = event.slug.as_str();
    let mut crumbs = vec![
        ("/events".to_owned(), tr("events-title")),
        (format!("/events/{slug}"), event.details.title.clone()),
    ];
    if with_board {
        crumbs.push((board_path(slug), tr("board-title")));
    }
    crumbs
}

/// The sentences about conflicts, with placeholders.
#[must_use]
pub fn conflict_texts() -> ConflictTexts {
    let hole = |name: &'static str| (name, i18n::quote(format!("{{{name}}}")));
    let text = |key: &str, names: &[&'static str]| {
        let args: Vec<_> = names.iter().map(|name| hole(name)).collect();
        tr_with(key, &args)
    };
    ConflictTexts {
        room: text("board-conflict-room", &["title", "other", "room"]),
        person: text("board-conflict-person", &["person", "title", "other"]),
        elsewhere: text("board-conflict-elsewhere", &["person", "event", "title"]),
        unavailable: text("board-conflict-unavailable", &["person", "title"]),
        buffer: text("board-conflict-buffer", &["minutes", "title", "other"]),
        capacity: text("board-conflict-capacity", &["title", "sign_ups", "room", "capacity"]),
    }
}

/// The texts of the grid, with placeholders.
#[must_use]
pub fn grid_texts() -> GridTexts {
    let hole = |name: &'static str| (name, i18n::quote(format!("{{{name}}}")));
    GridTexts {
        conflicts: conflict_texts(),
        slot: tr_with("board-grid-slot", &[hole("room"), hole("from"), hole("until")]),
        pool: tr("board-in-pool"),
        chosen: tr_with("board-grid-chosen", &[hole("title")]),
        saved: tr_with("board-grid-saved", &[hole("title"), hole("slot")]),
        cancelled: tr("board-grid-cancelled"),
        failed: tr("board-grid-failed"),
        undo: tr("board-grid-undo"),
        help: tr("board-grid-help"),
        both: tr_with("board-grid-both", &[hole("title"), hole("theirs"), hole("mine")]),
        keep_theirs: tr("board-grid-keep"),
        use_mine: tr("board-grid-replace"),
        label: tr("board-grid-label"),
    }
}

/// The part of a day that the grid shows: from the first hour of the event or of a session to the last one, and at least four
/// hours.
#[must_use]
pub fn grid_day(loaded: &BoardPage, day: NaiveDate) -> GridDay {
    const HOUR: i64 = 60;
    let (clock, event) = (loaded.clock, &loaded.event);
    let sessions = loaded.board.sessions.iter();
    let spans = sessions.filter_map(|session| Some((session.slot?.starts_at, session.ends_at()?)));
    let own = std::iter::once((event.starts_at, event.ends_at));
    let spans: Vec<_> = spans.chain(own).filter(|(starts, _)| clock.day(*starts) == day).collect();
    // On the later days of an event, the grid begins at the hour at which the event begins.
    let first = spans.iter().map(|(starts, _)| *starts).min();
    let first = first.unwrap_or_else(|| clock.instant(day, clock.time(event.starts_at)));
    let minute = i64::from(clock.time(first).minute());
    let starts = first - Duration::minutes(minute);
    let last = spans.iter().map(|(_, ends)| *ends).max().unwrap_or(starts);
    let hours = ((last - starts).num_minutes() + HOUR - 1).div_euclid(HOUR).clamp(4, 24);
    let time = clock.time(starts);
    GridDay {
        starts,
        first_minute: time.hour() * 60 + time.minute(),
        rows: u32::try_from(hours * HOUR / i64::from(GRID)).unwrap_or(48),
    }
}

/// The badge of a conflict: whether it blocks a release. `known` are those of the released agenda, which don't.
#[must_use]
pub fn conflict_badge(conflict: &Conflict, known: &[Conflict]) -> AnyView {
    let (tone, key) = match conflict.kind.blocks() {
        true if known.contains(conflict) => (Tone::Quiet, "board-known"),
        true => (Tone::Bad, "board-blocks"),
        false => (Tone::Brass, "board-warns"),
    };
    view! { <Badge tone>{tr(key)}</Badge> }.into_any()
}

/// A list of conflicts. Each links to its session.
#[must_use]
pub fn conflict_list(
    slug: &Slug,
    board: &Board,
    conflicts: &[&Conflict],
    known: &[Conflict],
) -> Option<AnyView> {
    /// The most conflicts that a page lists.
    const MAX: usize = 50;
    let texts = conflict_texts();
    let items = conflicts.iter().take(MAX).map(|conflict| {
        let to = board_session_path(slug.as_str(), conflict.session);
        view! { <li>{conflict_badge(conflict, known)} " " <a href=to>{texts.sentence(board, conflict)}</a></li> }
    });
    let more = conflicts.len().saturating_sub(MAX);
    let more = (more > 0).then(|| {
        let n = i18n::number(i64::try_from(more).unwrap_or(i64::MAX));
        view! { <p class="help">{tr_with("board-more-conflicts", &[("n", n)])}</p> }
    });
    (!conflicts.is_empty()).then(|| {
        view! { <ul class="board-conflicts" role="list">{items.collect_view()}</ul> {more} }.into_any()
    })
}

/// A slot of the draft: day, time, end and room.
#[must_use]
pub fn slot_text(board: &Board, zone: Zone, slot: Slot, minutes: u32) -> String {
    let room = board.rooms.iter().find(|room| room.id == slot.room).map_or("", |room| room.name.as_str());
    let released = ReleasedSlot { room: room.to_owned(), starts_at: slot.starts_at, minutes };
    released_text(zone, &released)
}

/// A slot: day, time, end and room.
#[must_use]
pub fn released_text(zone: Zone, slot: &ReleasedSlot) -> String {
    let ends_at = slot.starts_at + Duration::minutes(slot.minutes.into());
    let time = format::span(locale(), slot.starts_at, ends_at, zone, Shape::DateTime);
    tr_with("board-slot", &[("time", i18n::quote(time)), ("room", i18n::quote(slot.room.clone()))])
}

/// Names the zone of the board's times.
#[must_use]
pub fn zone_note(event: &Event) -> AnyView {
    let zone = i18n::quote(zone_label(event.zone(), event.starts_at));
    view! { <p class="help">{tr_with("agenda-zone", &[("there", zone)])}</p> }.into_any()
}

/// The wall time of a slot, `HH:MM`, as a time field has it.
#[must_use]
pub fn time_field(clock: AgendaClock, slot: Slot) -> String {
    clock.time(slot.starts_at).format("%H:%M").to_string()
}
