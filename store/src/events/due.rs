//! Changes to seats because time has passed: offers expire and hosts are reminded of requests.

use domain::events::EventStatus;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::{locked::LockedEvent, rows::locked};
use crate::{
    Store, StoreError,
    entities::{event, rsvp},
    jobs::{self, Due, Job, Next},
    write::Tx,
};

/// The kind of job that expires what is due at one event.
pub(crate) const OFFERS: &str = "offers";

/// The events where an offer or a request is due.
pub(crate) async fn due_offers(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::DueAt.lte(now))
        .filter(rsvp::Column::EventId.not_in_subquery(jobs::taken(OFFERS)))
        .distinct()
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = rsvp::Entity::find()
        .filter(rsvp::Column::DueAt.gt(now))
        .order_by_asc(rsvp::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.due_at) })
}

/// Expires what is due at one event.
pub(crate) async fn run_offers(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job.subject()?, |tx, id| Box::pin(settle_due(tx, *id))).await?;
    Ok(Next::Done)
}

async fn settle_due(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(id)).await? else { return Ok(()) };
    if event.status == EventStatus::Published {
        LockedEvent::open(tx, event, &row).await?.settle().await
    } else {
        LockedEvent::at(tx, event, &row).suspend_timers().await
    }
}
