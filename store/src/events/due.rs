//! Changes to seats because time has passed: offers expire and hosts are reminded of requests.

use domain::{Instant, events::EventStatus};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::{locked::LockedEvent, rows::locked};
use crate::{
    FirstError, Store, StoreError,
    entities::{event, rsvp},
    write::Tx,
};

/// Maximum number of events handled in one run.
const BATCH_SIZE: u64 = 200;

/// Expires what is due, one event per transaction. Returns when the next is due.
///
/// # Errors
/// The error of the first event that fails. The other events are handled all the same.
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
        errors.record(store.write(id, |tx, id| Box::pin(settle_due(tx, *id))).await);
    }
    errors.finish()?;
    let next = rsvp::Entity::find()
        .filter(rsvp::Column::DueAt.is_not_null())
        .order_by_asc(rsvp::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(next.and_then(|row| row.due_at))
}

async fn settle_due(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(id)).await? else { return Ok(()) };
    if event.status == EventStatus::Published {
        LockedEvent::open(tx, event, &row).await?.settle().await
    } else {
        LockedEvent::at(tx, event, &row).suspend_timers().await
    }
}
