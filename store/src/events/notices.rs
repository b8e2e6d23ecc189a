//! Emails about an event that are sent some minutes later: new requests, in one email to its hosts (A11), and
//! a cancellation, which nobody hears of when it is undone in time (C5).

use chrono::Duration;
use domain::{
    EventId, Instant,
    events::{BATCH_REQUESTS, Event, EventStatus, moves::UNDO_CANCEL},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{change, requests, rows::locked};
use crate::{
    Store, StoreError,
    chores::FirstError,
    entities::{event, event_notice},
    write::Tx,
};

/// Notices that are sent in one run of the chore.
const BATCH_SIZE: u64 = 200;

/// What is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// New requests to attend.
    Requests,
    /// The event is cancelled.
    Cancellation,
}

impl Notice {
    fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Cancellation => "cancellation",
        }
    }

    /// How long it waits.
    fn delay(self) -> Duration {
        match self {
            Self::Requests => BATCH_REQUESTS,
            Self::Cancellation => UNDO_CANCEL,
        }
    }

    fn key(self, event: EventId) -> (Uuid, String) {
        (event.0, self.name().to_owned())
    }
}

/// Plans a notice behind the event's lock. One that waits already stays as it is.
pub(super) async fn plan(tx: &Tx, event: EventId, notice: Notice) -> Result<(), StoreError> {
    let row = event_notice::ActiveModel {
        event_id: Set(event.0),
        kind: Set(notice.name().to_owned()),
        opened_at: Set(tx.now()),
        due_at: Set(tx.now() + notice.delay()),
    };
    let known = OnConflict::columns([event_notice::Column::EventId, event_notice::Column::Kind])
        .do_nothing()
        .to_owned();
    event_notice::Entity::insert(row).on_conflict(known).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Drops a notice behind the event's lock. Answers with whether it was still waiting.
pub(super) async fn drop_waiting(tx: &Tx, event: EventId, notice: Notice) -> Result<bool, StoreError> {
    let done = event_notice::Entity::delete_by_id(notice.key(event)).exec(tx.db()).await?;
    Ok(done.rows_affected > 0)
}

/// Whether a cancelled event's people have not been told yet, since the cancellation can still be undone.
pub(crate) async fn cancels_quietly(tx: &Tx, event: EventId) -> Result<bool, StoreError> {
    let key = Notice::Cancellation.key(event);
    Ok(event_notice::Entity::find_by_id(key).one(tx.db()).await?.is_some())
}

/// Sends the notices that are due. Answers when the next one is.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let waiting = || event_notice::Entity::find().order_by_asc(event_notice::Column::DueAt);
    let due = waiting().filter(event_notice::Column::DueAt.lte(store.now())).limit(BATCH_SIZE);
    let mut errors = FirstError::default();
    for row in due.all(store.db()).await? {
        let notice = match row.kind == Notice::Requests.name() {
            true => Notice::Requests,
            false => Notice::Cancellation,
        };
        let args = (EventId(row.event_id), notice);
        errors.record(store.write(args, |tx, (event, notice)| Box::pin(send(tx, *event, *notice))).await);
    }
    errors.finish()?;
    Ok(waiting().one(store.db()).await?.map(|row| row.due_at))
}

async fn send(tx: &Tx, id: EventId, notice: Notice) -> Result<(), StoreError> {
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(()) };
    // Behind the lock again: it may have been undone, or another process sent it.
    let row = event_notice::Entity::find_by_id(notice.key(id)).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at <= tx.now()) else { return Ok(()) };
    drop_waiting(tx, id, notice).await?;
    match notice {
        Notice::Requests if takes_place(tx, &event) => requests::tell_hosts(tx, &event, row.opened_at).await,
        Notice::Cancellation if event.status == EventStatus::Cancelled => {
            change::tell_cancelled(tx, &event).await
        }
        Notice::Requests | Notice::Cancellation => Ok(()),
    }
}

fn takes_place(tx: &Tx, event: &Event) -> bool {
    event.status == EventStatus::Published && tx.now() < event.ends_at
}
