//! Releasing the draft (D6): everybody sees it from then on, and what was released is kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    Actor, Refusal, Slug,
    board::{AgendaClock, Board, Conflict, ReleaseChange, changes},
    events::Event,
    policy::{Permit, events::EditEvent},
    schedule::{Schedule, ScheduleSession},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::{
    super::agenda::workshop_slot,
    releases::{self, NewRelease},
    rows::{Draft, header, load_board, lock, open},
};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, schedule},
    events, search,
    write::{Tx, verb},
};

/// What a release would change, and what blocks it.
#[derive(Clone, Debug)]
pub struct ReleasePreview {
    /// The event.
    pub event: Event,
    /// The draft.
    pub board: Board,
    /// The number of the last change of the draft, which the release names.
    pub revision: i32,
    /// What changes, by start.
    pub changes: Vec<ReleaseChange>,
    /// The conflicts of the draft, those first that block the release. Without those that the released agenda has already.
    pub conflicts: Vec<Conflict>,
    /// The conflicts of the draft that the released agenda has already. They don't block the release.
    pub known: Vec<Conflict>,
}

/// What a release would change, for an organiser.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for everybody but the organisers of the event.
pub async fn preview(store: &Store, actor: &Actor, slug: &Slug) -> Result<ReleasePreview, StoreError> {
    let db = store.db();
    let event = open(db, actor, slug).await?;
    let draft = Draft::load(db, event.id.0).await?;
    let board = load_board(db, actor, &event, &draft).await?;
    let revision = header(db, event.id.0).await?.revision;
    let changes = changes(&draft.released()?, &draft.drafted());
    let known = draft.known_conflicts(&board);
    let conflicts = board.conflicts().into_iter().filter(|conflict| !known.contains(conflict)).collect();
    Ok(ReleasePreview { event, board, revision, changes, conflicts, known })
}

/// Releases the draft as it was at revision `seen`, with a note for the list of releases. Returns its number. A job
/// emails the people whom it affects.
///
/// # Errors
/// `NotFound` for hidden and absent events. `Refused` for everybody but the organisers of the event, when the draft
/// changed since or is the same as the last release, and while a new conflict blocks it.
pub async fn release(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    seen: i32,
    note: &str,
) -> Result<u32, StoreError> {
    verb!(store, |tx, actor, slug, &seen, note| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let draft = Draft::load(tx.db(), event.id.0).await?;
        let before = draft.released()?;
        if before == draft.drafted() {
            // The same form again: what it wanted is there.
            return match releases::last(tx.db(), event.id.0).await? {
                Some(last) if last.note == *note && last.released_by_id == permit.by().map(|by| by.0) => {
                    Ok(u32::try_from(last.number).unwrap_or(0))
                }
                _ => Err(Refusal::NothingToRelease.into()),
            };
        }
        if header(tx.db(), event.id.0).await?.revision != seen {
            return Err(Refusal::BoardChanged.into());
        }
        let board = load_board(tx.db(), actor, &event, &draft).await?;
        let blocking = board.conflicts().iter().filter(|conflict| conflict.kind.blocks()).count();
        let blocking = blocking.saturating_sub(draft.known_conflicts(&board).len());
        if blocking > 0 {
            let count = i64::try_from(blocking).unwrap_or(i64::MAX);
            return Err(Refusal::AgendaConflicts { count }.into());
        }
        apply(tx, &permit, &event, &draft).await?;
        let gone: Vec<_> = before.iter().map(|session| session.id).collect();
        search::sessions(tx, event.id.0, &gone).await?;
        let new = NewRelease { note, is_import: false, before: &before, after: &draft.drafted() };
        let number = releases::record(tx, &permit, &event, new).await?;
        audit::record(tx, &permit, "agenda.release", event.id.0).await?;
        Ok(number)
    })
}

/// Writes the draft into the sessions that everybody reads.
async fn apply(tx: &Tx, permit: &Permit<EditEvent>, event: &Event, draft: &Draft) -> Result<(), StoreError> {
    let clock = AgendaClock::new(event.zone(), event.details.starts);
    let day_of = |row: &agenda_session::Model| -> Option<NaiveDate> {
        let starts_at = draft.place(row).slot?.starts_at;
        // A file may draw the line between two days at another hour.
        row.day_date.filter(|_| row.starts_at == Some(starts_at)).or_else(|| Some(clock.day(starts_at)))
    };
    let mut days: BTreeSet<NaiveDate> = draft.sessions.iter().filter_map(day_of).collect();
    if let Some(imported) = schedule::Entity::find_by_id(event.id.0).one(tx.db()).await? {
        let imported: Schedule = serde_json::from_str(&imported.content)?;
        days.extend(imported.days.iter().map(|day| day.date));
    }
    let number = |date: NaiveDate| {
        let index = days.iter().position(|day| *day == date).unwrap_or(0);
        i32::try_from(index + 1).unwrap_or(i32::MAX)
    };
    for row in &draft.sessions {
        let place = draft.place(row);
        let mut content: ScheduleSession = serde_json::from_str(&row.content)?;
        content.minutes = place.minutes;
        let room = place.slot.and_then(|slot| draft.rooms.iter().find(|room| room.id == slot.room));
        content.room = room.map(|room| room.name.clone()).unwrap_or_default();
        content.starts_at = place.slot.map(|slot| slot.starts_at).unwrap_or_default();
        let date = day_of(row);
        let wanted = agenda_session::Model {
            day_index: date.map_or(0, number),
            day_date: date,
            position: room.map_or(0, |room| room.position),
            room_id: place.slot.map(|slot| slot.room),
            starts_at: place.slot.map(|slot| slot.starts_at),
            minutes: i32::try_from(place.minutes).unwrap_or(i32::MAX),
            content: serde_json::to_string(&content)?,
            ..row.clone()
        };
        if wanted == *row {
            continue;
        }
        let change = agenda_session::ActiveModel {
            id: Set(wanted.id),
            day_index: Set(wanted.day_index),
            day_date: Set(wanted.day_date),
            position: Set(wanted.position),
            room_id: Set(wanted.room_id),
            starts_at: Set(wanted.starts_at),
            minutes: Set(wanted.minutes),
            content: Set(wanted.content),
            ..Default::default()
        };
        let changed = change.update(tx.db()).await?;
        if let Some(workshop) = changed.workshop_id {
            // Its people are told of the new time or room (D7).
            match workshop_slot(&changed)? {
                Some(slot) => events::move_workshop(tx, permit, event, workshop, &slot).await?,
                None => events::remove_workshop(tx, permit, workshop).await?,
            }
        }
    }
    Ok(())
}
