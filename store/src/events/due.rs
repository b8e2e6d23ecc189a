//! What happens to seats because time has passed: offers and questions run out, hosts are reminded.

use domain::{Instant, events::EventStatus};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::{locked::LockedEvent, rows::locked};
use crate::{
    Store, StoreError,
    chores::FirstError,
    entities::{event, rsvp},
    write::Tx,
};

/// Events that are looked after in one go.
const BATCH_SIZE: u64 = 200;

/// Lets run out what has run out, event by event; answers when the next will.
///
/// # Errors
/// Of the first event that fails; the others are looked after all the same.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let due: Vec<Uuid> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::DueAt.lte(store.now()))
        .distinct()
        .limit(BATCH_SIZE)
        .into_tuple()
        .all(store.db())
        .await?;
    let mut errors = FirstError::default();
    for id in due {
        errors.record(store.write(id, |tx, id| Box::pin(look_after(tx, *id))).await);
    }
    errors.finish()?;
    let next = rsvp::Entity::find()
        .filter(rsvp::Column::DueAt.is_not_null())
        .order_by_asc(rsvp::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(next.and_then(|row| row.due_at))
}

async fn look_after(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(id)).await? else { return Ok(()) };
    if event.status == EventStatus::Published {
        LockedEvent::open(tx, event, &row).await?.settle().await
    } else {
        LockedEvent::at(tx, event, &row).suspend_timers().await
    }
}
