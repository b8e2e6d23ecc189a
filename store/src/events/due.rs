//! Changes to seats because time has passed: offers and registrations expire, and hosts are reminded of requests.

use domain::events::EventStatus;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::{locked::LockedEvent, rows::locked};
use crate::{
    Store, StoreError,
    entities::{event, registration, rsvp},
    jobs::{self, Due, Job, Next},
    write::Tx,
};

/// The kind of job that expires what is due at one event.
pub(crate) const OFFERS: &str = "offers";

/// The events where an offer, a request or a registration is due.
pub(crate) async fn due_offers(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let mut subjects: Vec<Uuid> = rsvp::Entity::find()
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
        .await?
        .and_then(|row| row.due_at);
    let registrations: Vec<Uuid> = registration::Entity::find()
        .select_only()
        .column(registration::Column::EventId)
        .filter(registration::Column::ExpiresAt.lte(now))
        .filter(registration::Column::EventId.not_in_subquery(jobs::taken(OFFERS)))
        .distinct()
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next_registration = registration::Entity::find()
        .filter(registration::Column::ExpiresAt.gt(now))
        .order_by_asc(registration::Column::ExpiresAt)
        .one(store.db())
        .await?
        .map(|row| row.expires_at);
    subjects.extend(registrations);
    subjects.sort_unstable();
    subjects.dedup();
    Ok(Due { subjects, next: next.into_iter().chain(next_registration).min() })
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
        let event = LockedEvent::at(tx, event, &row);
        event.suspend_timers().await?;
        event.settle().await
    }
}
