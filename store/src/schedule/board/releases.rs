//! The releases of an agenda: immutable versions with what they changed, any of which can be brought back (D6).

use domain::{
    Actor, Instant, Refusal, Slug,
    board::{ReleaseChange, ReleasedSession, Slot, changes},
    events::Event,
    policy::{Permit, events::EditEvent},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    news,
    rows::{self, Draft, Place, count_change, lock, open, save_place},
};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_release, agenda_session, agenda_slot, room},
    members, secrets,
    write::{Tx, verb},
};

/// The most releases on one page.
const PAGE_SIZE: u64 = 50;

/// A release in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseCard {
    /// Its number, from 1.
    pub number: u32,
    /// When it was released.
    pub at: Instant,
    /// Who released it, if the reader may see the name.
    pub by: Option<String>,
    /// Whether it came from a file.
    pub is_import: bool,
    /// The note of the organiser. May be empty.
    pub note: String,
}

/// A release with what it changed.
#[derive(Clone, Debug)]
pub struct ReleasePage {
    /// The event.
    pub event: Event,
    /// The release.
    pub card: ReleaseCard,
    /// Number of its sessions.
    pub sessions: usize,
    /// What it changed, by start.
    pub changes: Vec<ReleaseChange>,
    /// Whether it is the last one.
    pub is_last: bool,
}

/// A release to record.
pub(super) struct NewRelease<'a> {
    pub(super) note: &'a str,
    pub(super) is_import: bool,
    pub(super) before: &'a [ReleasedSession],
    pub(super) after: &'a [ReleasedSession],
}

fn of_event(event: Uuid) -> sea_orm::Select<agenda_release::Entity> {
    agenda_release::Entity::find()
        .filter(agenda_release::Column::EventId.eq(event))
        .order_by_desc(agenda_release::Column::Number)
}

/// The last release of an event.
pub(super) async fn last(
    db: &impl ConnectionTrait,
    event: Uuid,
) -> Result<Option<agenda_release::Model>, StoreError> {
    Ok(of_event(event).one(db).await?)
}

/// Records a release with the agenda that everybody sees now, and lets a job email the people whom it affects. Returns
/// its number. The agenda from before the first release is kept as a release of its own, so that it can be brought back.
pub(super) async fn record(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    event: &Event,
    new: NewRelease<'_>,
) -> Result<u32, StoreError> {
    let last = last(tx.db(), event.id.0).await?;
    let mut number = last.as_ref().map_or(0, |last| last.number);
    if last.is_none() && !new.before.is_empty() {
        number += 1;
        insert(tx, event, number, ("", true, None), new.before).await?;
    }
    number = number.saturating_add(1);
    let by = permit.by().map(|by| by.0);
    let row = insert(tx, event, number, (new.note, new.is_import, by), new.after).await?;
    news::queue(tx, event, &row).await?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

async fn insert(
    tx: &Tx,
    event: &Event,
    number: i32,
    (note, is_import, by): (&str, bool, Option<Uuid>),
    sessions: &[ReleasedSession],
) -> Result<agenda_release::Model, StoreError> {
    let content = serde_json::to_string(sessions)?;
    let row = agenda_release::ActiveModel {
        id: Set(secrets::new_id()),
        event_id: Set(event.id.0),
        number: Set(number),
        is_import: Set(is_import),
        released_by_id: Set(by),
        released_at: Set(tx.now()),
        note: Set(note.to_owned()),
        digest: Set(secrets::hex_hash(&content)),
        content: Set(content),
    };
    Ok(row.insert(tx.db()).await?)
}

/// An import changed sessions: it is a release, and the draft follows it for these sessions. What organisers planned
/// for others stays in the draft.
pub(in crate::schedule) async fn record_import(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    event: &Event,
    before: &[agenda_session::Model],
) -> Result<(), StoreError> {
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::EventId.eq(event.id.0))
        .all(tx.db())
        .await?;
    let drafted =
        agenda_slot::Entity::find().filter(agenda_slot::Column::EventId.eq(event.id.0)).all(tx.db()).await?;
    if !drafted.is_empty() {
        let revision = count_change(tx, permit, event.id.0).await?;
        for slot in drafted {
            let Some(row) = rows.iter().find(|row| row.id == slot.session_id) else { continue };
            let was = before.iter().find(|was| was.id == row.id).map(Place::released);
            if was != Some(Place::released(row)) {
                save_place(tx, permit, row, Place::released(row), revision, permit.by()).await?;
            }
        }
    }
    let (before, after) = (rows::released(before)?, rows::released(&rows)?);
    if changes(&before, &after).is_empty() {
        return Ok(());
    }
    record(tx, permit, event, NewRelease { note: "", is_import: true, before: &before, after: &after })
        .await?;
    Ok(())
}

/// The sessions of a release.
pub(super) fn content(row: &agenda_release::Model) -> Result<Vec<ReleasedSession>, StoreError> {
    if secrets::hex_hash(&row.content) != row.digest {
        return Err(StoreError::Corrupt(format!("release {}: its digest differs", row.id)));
    }
    Ok(serde_json::from_str(&row.content)?)
}

/// The release before another one of the same event.
pub(super) async fn previous(
    db: &impl ConnectionTrait,
    row: &agenda_release::Model,
) -> Result<Option<agenda_release::Model>, StoreError> {
    Ok(of_event(row.event_id).filter(agenda_release::Column::Number.lt(row.number)).one(db).await?)
}

/// The releases of an event, the newest first, for an organiser. At most 50: older ones than `before`.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for everybody but the organisers of the event.
pub async fn releases(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    before: Option<u32>,
) -> Result<(Event, Vec<ReleaseCard>), StoreError> {
    let event = open(store.db(), actor, slug).await?;
    let before = before.and_then(|before| i32::try_from(before).ok()).unwrap_or(i32::MAX);
    let query = of_event(event.id.0).filter(agenda_release::Column::Number.lt(before)).limit(PAGE_SIZE);
    let rows = query.all(store.db()).await?;
    let cards = cards(store, actor, &rows).await?;
    Ok((event, cards))
}

async fn cards(
    store: &Store,
    actor: &Actor,
    rows: &[agenda_release::Model],
) -> Result<Vec<ReleaseCard>, StoreError> {
    let names = members::names(store.db(), actor, rows.iter().filter_map(|row| row.released_by_id)).await?;
    let card = |row: &agenda_release::Model| ReleaseCard {
        number: u32::try_from(row.number).unwrap_or(0),
        at: row.released_at,
        by: row.released_by_id.and_then(|by| names.get(&by).cloned()),
        is_import: row.is_import,
        note: row.note.clone(),
    };
    Ok(rows.iter().map(card).collect())
}

async fn numbered(
    db: &impl ConnectionTrait,
    event: Uuid,
    number: u32,
) -> Result<agenda_release::Model, StoreError> {
    let number = i32::try_from(number).map_err(|_| StoreError::NotFound)?;
    of_event(event)
        .filter(agenda_release::Column::Number.eq(number))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)
}

/// One release and what it changed, for an organiser.
///
/// # Errors
/// `NotFound` for hidden and absent events, and without such a release. `Refused` for everybody but the organisers of
/// the event. `Corrupt` when the stored release was changed.
pub async fn show_release(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    number: u32,
) -> Result<ReleasePage, StoreError> {
    let db = store.db();
    let event = open(db, actor, slug).await?;
    let row = numbered(db, event.id.0, number).await?;
    let before = match previous(db, &row).await? {
        Some(previous) => content(&previous)?,
        None => Vec::new(),
    };
    let after = content(&row)?;
    let is_last = last(db, event.id.0).await?.is_some_and(|last| last.id == row.id);
    let card = cards(store, actor, std::slice::from_ref(&row)).await?.remove(0);
    Ok(ReleasePage { event, card, sessions: after.len(), changes: changes(&before, &after), is_last })
}

/// Brings the slots of a release back into the draft. Sessions that are not in it go into the pool. Returns how many of
/// its sessions were removed since, and so can't be brought back. Nobody sees it before the draft is released.
///
/// # Errors
/// `NotFound` for hidden and absent events, and without such a release. `Refused` for everybody but the organisers of
/// the event.
pub async fn bring_back(store: &Store, actor: &Actor, slug: &Slug, number: u32) -> Result<u32, StoreError> {
    verb!(store, |tx, actor, slug, &number| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let sessions = content(&numbered(tx.db(), event.id.0, number).await?)?;
        let mut draft = Draft::load(tx.db(), event.id.0).await?;
        for session in &sessions {
            if draft.rooms.iter().all(|room| room.name != session.at.room) {
                let row = add_room(tx, &permit, event.id.0, &draft, &session.at.room).await?;
                draft.rooms.push(row);
            }
        }
        let revision = count_change(tx, &permit, event.id.0).await?;
        for row in &draft.sessions {
            let then = sessions.iter().find(|session| session.id == row.id);
            let before = draft.place(row);
            let wanted = match then {
                Some(then) => {
                    let room = draft.rooms.iter().find(|room| room.name == then.at.room);
                    let starts_at = then.at.starts_at;
                    let slot = room.map(|room| Slot { room: room.id, starts_at });
                    Place { slot, minutes: then.at.minutes }
                }
                None => Place { slot: None, ..before },
            };
            if wanted != before {
                save_place(tx, &permit, row, wanted, revision, permit.by()).await?;
            }
        }
        audit::record(tx, &permit, "agenda.bring_back", event.id.0).await?;
        let gone = sessions.iter().filter(|then| draft.sessions.iter().all(|row| row.id != then.id)).count();
        Ok(u32::try_from(gone).unwrap_or(u32::MAX))
    })
}

/// Adds a room of a release that was renamed or removed since.
async fn add_room(
    tx: &Tx,
    _permit: &Permit<EditEvent>,
    event: Uuid,
    draft: &Draft,
    name: &str,
) -> Result<room::Model, StoreError> {
    if draft.rooms.len() as u64 >= domain::board::MAX_ROOMS {
        return Err(Refusal::TooManyRooms { max: domain::board::MAX_ROOMS as i64 }.into());
    }
    let position =
        draft.rooms.iter().map(|room| room.position).max().map_or(0, |last| last.saturating_add(1));
    let new = room::ActiveModel {
        id: Set(secrets::new_id()),
        event_id: Set(event),
        name: Set(name.to_owned()),
        position: Set(position),
        capacity: Set(None),
        screen: Set(0),
    };
    Ok(new.insert(tx.db()).await?)
}
