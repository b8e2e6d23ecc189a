//! The rooms of an agenda, and the break between two sessions in one.

use domain::{
    Actor, Problem, Refusal, Slug,
    board::{MAX_BUFFER, MAX_ROOMS},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::rows::{count_change, header, lock, room_of};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_board, agenda_session, agenda_slot, room},
    secrets,
    write::{Tx, verb},
};

/// Adds a room behind the others. A room of the same name is not added again.
///
/// # Errors
/// `NotFound` for hidden and absent events. `Refused` for everybody but the organisers of the event, and when it has
/// too many rooms.
pub async fn add_room(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    name: &str,
    capacity: Option<u32>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, name, &capacity| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let rooms = room::Entity::find().filter(room::Column::EventId.eq(event.id.0));
        let rooms = rooms.order_by_asc(room::Column::Position).all(tx.db()).await?;
        if rooms.iter().any(|room| room.name == *name) {
            return Ok(());
        }
        if rooms.len() as u64 >= MAX_ROOMS {
            return Err(Refusal::TooManyRooms { max: MAX_ROOMS as i64 }.into());
        }
        let position = rooms.last().map_or(0, |last| last.position.saturating_add(1));
        let new = room::ActiveModel {
            id: Set(secrets::new_id()),
            event_id: Set(event.id.0),
            name: Set(name.clone()),
            position: Set(position),
            capacity: Set(stored(capacity)),
            screen: Set(0),
        };
        let new = new.insert(tx.db()).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.add_room", new.id).await
    })
}

/// Renames a room, or says how many people fit in. Everybody sees a new name with the next release.
///
/// # Errors
/// `NotFound` for hidden and absent events and rooms. `Invalid` when another room has this name. `Refused` for everybody
/// but the organisers of the event.
pub async fn edit_room(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: Uuid,
    name: &str,
    capacity: Option<u32>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id, name, &capacity| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let row = room_of(tx.db(), event.id.0, id).await?.ok_or(StoreError::NotFound)?;
        if row.name == *name && row.capacity == stored(capacity) {
            return Ok(());
        }
        let same = room::Entity::find()
            .filter(room::Column::EventId.eq(event.id.0))
            .filter(room::Column::Name.eq(name))
            .filter(room::Column::Id.ne(id));
        if same.count(tx.db()).await? > 0 {
            let problem = Problem { field: "name".to_owned(), why: Refusal::RoomExists };
            return Err(StoreError::Invalid(vec![problem]));
        }
        let change = room::ActiveModel {
            id: Set(id),
            name: Set(name.clone()),
            capacity: Set(stored(capacity)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.edit_room", id).await
    })
}

fn stored(capacity: Option<u32>) -> Option<i32> {
    capacity.map(|capacity| i32::try_from(capacity).unwrap_or(i32::MAX))
}

/// Removes a room that neither the draft nor the released agenda uses. Removing it again changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent events. `Refused` for everybody but the organisers of the event, and for a room with
/// sessions.
pub async fn remove_room(store: &Store, actor: &Actor, slug: &Slug, id: Uuid) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id| {
        let (event, permit) = lock(tx, actor, slug).await?;
        if room_of(tx.db(), event.id.0, id).await?.is_none() {
            return Ok(());
        }
        if is_used(tx, id).await? {
            return Err(Refusal::RoomInUse.into());
        }
        room::Entity::delete_by_id(id).exec(tx.db()).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.remove_room", id).await
    })
}

async fn is_used(tx: &Tx, room: Uuid) -> Result<bool, StoreError> {
    let released = agenda_session::Entity::find().filter(agenda_session::Column::RoomId.eq(room));
    let drafted = agenda_slot::Entity::find().filter(agenda_slot::Column::RoomId.eq(room));
    Ok(released.count(tx.db()).await? + drafted.count(tx.db()).await? > 0)
}

/// How many days before a session the speakers of this event are reminded of slides. 0 is never (D8).
pub(crate) async fn slides_days(db: &impl ConnectionTrait, event: Uuid) -> Result<u32, StoreError> {
    Ok(u32::try_from(header(db, event).await?.slides_days).unwrap_or(0))
}

/// Sets how many days before a session its speakers are reminded of slides. 0 is never (D8).
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for everybody but the organisers of the event.
pub async fn set_slides_days(store: &Store, actor: &Actor, slug: &Slug, days: u32) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &days| {
        let (event, permit) = lock(tx, actor, slug).await?;
        count_change(tx, &permit, event.id.0).await?;
        let change = agenda_board::ActiveModel {
            event_id: Set(event.id.0),
            slides_days: Set(i32::try_from(days).unwrap_or(0)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "agenda.set_slides_days", event.id.0).await
    })
}

/// Sets the break that the event asks for between two sessions of a room, in minutes. At most [`MAX_BUFFER`] count.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for everybody but the organisers of the event.
pub async fn set_buffer(store: &Store, actor: &Actor, slug: &Slug, minutes: u32) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &minutes| {
        let (event, permit) = lock(tx, actor, slug).await?;
        count_change(tx, &permit, event.id.0).await?;
        let buffer = i32::try_from(minutes.min(MAX_BUFFER)).unwrap_or(0);
        let change = agenda_board::ActiveModel {
            event_id: Set(event.id.0),
            buffer: Set(buffer),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        Ok(())
    })
}
