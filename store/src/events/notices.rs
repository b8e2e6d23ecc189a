//! Emails about an event that wait some minutes: new requests, collected in one email to the hosts (A11), and
//! a cancellation, which sends nothing if it is undone in time (C5).

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
    FirstError, Store, StoreError,
    entities::{event, event_notice},
    write::Tx,
};

/// Maximum number of notices sent in one run of the chore.
const BATCH_SIZE: u64 = 200;

/// A kind of planned email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// New requests for a seat.
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

    /// How long the notice waits before it is sent.
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

/// All values of the column `kind`.
pub(crate) fn notice_kinds() -> Vec<&'static str> {
    [Notice::Requests, Notice::Cancellation].map(Notice::name).to_vec()
}

/// Plans a notice behind the event's lock. A notice that is already planned keeps its time.
pub(super) async fn plan(tx: &Tx, event: EventId, notice: Notice) -> Result<(), StoreError> {
    let row = event_notice::ActiveModel {
        event_id: Set(event.0),
        kind: Set(notice.name().to_owned()),
        opened_at: Set(tx.now()),
        due_at: Set(tx.now() + notice.delay()),
    };
    let keep_existing = OnConflict::columns([event_notice::Column::EventId, event_notice::Column::Kind])
        .do_nothing()
        .to_owned();
    event_notice::Entity::insert(row).on_conflict(keep_existing).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Drops a planned notice behind the event's lock. Returns whether there was one.
pub(super) async fn cancel_planned(tx: &Tx, event: EventId, notice: Notice) -> Result<bool, StoreError> {
    let done = event_notice::Entity::delete_by_id(notice.key(event)).exec(tx.db()).await?;
    Ok(done.rows_affected > 0)
}

/// Whether the event was cancelled so recently that attendees haven't been emailed yet.
pub(crate) async fn cancels_quietly(tx: &Tx, event: EventId) -> Result<bool, StoreError> {
    let key = Notice::Cancellation.key(event);
    Ok(event_notice::Entity::find_by_id(key).one(tx.db()).await?.is_some())
}

/// Sends the notices that are due. Returns when the next one is due.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let planned = || event_notice::Entity::find().order_by_asc(event_notice::Column::DueAt);
    let due = planned().filter(event_notice::Column::DueAt.lte(store.now())).limit(BATCH_SIZE);
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
    Ok(planned().one(store.db()).await?.map(|row| row.due_at))
}

async fn send(tx: &Tx, id: EventId, notice: Notice) -> Result<(), StoreError> {
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(()) };
    // Check again behind the lock: the notice may have been dropped or sent by another process.
    let row = event_notice::Entity::find_by_id(notice.key(id)).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at <= tx.now()) else { return Ok(()) };
    cancel_planned(tx, id, notice).await?;
    match notice {
        Notice::Requests if is_upcoming(tx, &event) => {
            requests::notify_hosts(tx, &event, row.opened_at).await
        }
        Notice::Cancellation if event.status == EventStatus::Cancelled => {
            change::notify_cancelled(tx, &event).await
        }
        Notice::Requests | Notice::Cancellation => Ok(()),
    }
}

fn is_upcoming(tx: &Tx, event: &Event) -> bool {
    event.status == EventStatus::Published && tx.now() < event.ends_at
}
