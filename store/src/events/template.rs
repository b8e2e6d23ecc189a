//! What the form of a new event starts with: another event of the same people.

use domain::{
    Actor, Slug,
    events::{Event, EventDetails},
};
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{
    rows::{EventRow, find},
    visibility::{edits, seen_by},
};
use crate::{
    Store, StoreError,
    entities::{event, group},
};

/// The details of an event that the actor copies.
///
/// # Errors
/// `NotFound` for hidden and absent events, and for events that the actor may not edit.
pub async fn to_copy(store: &Store, actor: &Actor, slug: &Slug) -> Result<EventDetails, StoreError> {
    let query = find(actor).filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = query.into_model::<EventRow>().one(store.db()).await?.ok_or(StoreError::NotFound)?;
    editable(store, actor, row.event()?).await?.ok_or(StoreError::NotFound)
}

/// The details of the event that was created last in a group, or by the actor. `None` when there is none that the actor
/// may edit.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn last(
    store: &Store,
    actor: &Actor,
    in_group: Option<&Slug>,
) -> Result<Option<EventDetails>, StoreError> {
    let Some(me) = actor.member() else { return Ok(None) };
    let mut query = find(actor).filter(seen_by(actor)).order_by_desc(event::Column::CreatedAt).limit(1);
    query = match in_group {
        Some(slug) => query.filter(group::Column::Slug.eq(slug.as_str())),
        None => query.filter(event::Column::HostId.eq(me.0)),
    };
    match query.into_model::<EventRow>().one(store.db()).await? {
        Some(row) => editable(store, actor, row.event()?).await,
        None => Ok(None),
    }
}

async fn editable(store: &Store, actor: &Actor, event: Event) -> Result<Option<EventDetails>, StoreError> {
    Ok(edits(store.db(), actor, &event).await?.then_some(event.details))
}
