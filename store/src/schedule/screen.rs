//! The screen at the door of a room, behind a signed link (D13). It shows what a visitor may see and nothing else, whoever
//! opens it. The link names the room's number for screens, and a new number ends all links before it.

use std::collections::HashMap;

use chrono::Duration;
use domain::{Actor, Instant, Slug, board::MAX_MINUTES, events::Event, schedule::ScheduleSession};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    agenda::scheduled,
    board::{lock, open, room_of},
};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, room},
    events,
    write::verb,
};

/// The most sessions that a screen reads: those before the current one and the next ones.
const MAX_SESSIONS: u64 = 50;

/// What the screen of a room shows.
#[derive(Clone, Debug)]
pub struct RoomScreen {
    /// The event, without the link to join.
    pub event: Event,
    /// The name of the room.
    pub room: String,
    /// The sessions that are not over, and some before them, by start.
    pub sessions: Vec<ScheduleSession>,
}

/// The number that a link to the screen of a room must name, for an organiser.
///
/// # Errors
/// `NotFound` for hidden and absent events and rooms, and for events that visitors can't see. `Refused` for everybody but
/// the organisers of the event.
pub async fn screen_number(store: &Store, actor: &Actor, slug: &Slug, room: Uuid) -> Result<i32, StoreError> {
    let event = open(store.db(), actor, slug).await?;
    events::seen(store.db(), &Actor::Anonymous, slug).await?;
    let row = room_of(store.db(), event.id.0, room).await?.ok_or(StoreError::NotFound)?;
    Ok(row.screen)
}

/// The number of each room for its screen, for an organiser. `None` for events that visitors can't see.
///
/// # Errors
/// `NotFound` for hidden and absent events. `Refused` for everybody but the organisers of the event.
pub async fn screen_numbers(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<Option<HashMap<Uuid, i32>>, StoreError> {
    let event = open(store.db(), actor, slug).await?;
    match events::seen(store.db(), &Actor::Anonymous, slug).await {
        Ok(_) => {}
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    }
    let rows = room::Entity::find().filter(room::Column::EventId.eq(event.id.0)).all(store.db()).await?;
    Ok(Some(rows.into_iter().map(|row| (row.id, row.screen)).collect()))
}

/// Ends the links to the screen of a room. A new link gets a new number. `seen` is the number of the links to end, so that
/// sending the form twice ends no newer one.
///
/// # Errors
/// `NotFound` for hidden and absent events and rooms. `Refused` for everybody but the organisers of the event.
pub async fn end_screens(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    room: Uuid,
    seen: i32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &room, &seen| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let row = room_of(tx.db(), event.id.0, room).await?.ok_or(StoreError::NotFound)?;
        if row.screen != seen {
            return Ok(());
        }
        let change =
            room::ActiveModel { id: Set(room), screen: Set(seen.saturating_add(1)), ..Default::default() };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "agenda.end_screens", room).await
    })
}

/// The screen of a room, for whoever has the link with this number.
///
/// # Errors
/// `NotFound` for rooms of other events, for events that visitors can't see, and after the link was ended.
pub async fn room_screen(
    store: &Store,
    slug: &Slug,
    room: Uuid,
    number: i32,
    now: Instant,
) -> Result<RoomScreen, StoreError> {
    let (event, _) = events::seen(store.db(), &Actor::Anonymous, slug).await?;
    let row = room_of(store.db(), event.id.0, room).await?.ok_or(StoreError::NotFound)?;
    if row.screen != number {
        return Err(StoreError::NotFound);
    }
    // No session is longer than this.
    let from = now - Duration::minutes(MAX_MINUTES.into());
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::RoomId.eq(room))
        .filter(scheduled())
        .filter(agenda_session::Column::StartsAt.gt(from))
        .order_by_asc(agenda_session::Column::StartsAt)
        .order_by_asc(agenda_session::Column::Id)
        .limit(MAX_SESSIONS)
        .all(store.db())
        .await?;
    let sessions: Vec<ScheduleSession> =
        rows.iter().map(|row| serde_json::from_str(&row.content)).collect::<Result<_, _>>()?;
    // The released name. A new one is shown with the next release.
    let name = sessions.first().map_or(row.name, |session| session.room.clone());
    Ok(RoomScreen { event, room: name, sessions })
}
