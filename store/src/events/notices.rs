//! Emails about an event that wait some minutes: new requests, collected in one email to the hosts (A11), and
//! a cancellation, which sends nothing if it is undone in time (C5).

use chrono::Duration;
use domain::{
    EventId, Instant,
    events::{
        BATCH_REQUESTS, Event, EventStatus,
        moves::{MERGE, UNDO_CANCEL},
    },
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, RelationTrait as _, Select,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

use super::{change, moved, question_news::NEW_QUESTIONS, requests, rows::locked};
use crate::{
    Store, StoreError,
    entities::{event, event_notice},
    jobs::{self, Due, Job, Next},
    write::Tx,
};

/// A kind of planned email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// New requests for a seat.
    Requests,
    /// The event is cancelled.
    Cancellation,
    /// Several dates of a series are cancelled, and people are being told of them in batches (`series_news`). A date that
    /// is reinstated from now on is announced again.
    SeriesCancellation,
    /// Hosts ask something new that everybody has to answer (`question_news`).
    Questions,
}

impl Notice {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Cancellation => "cancellation",
            Self::SeriesCancellation => "series_cancellation",
            Self::Questions => "questions",
        }
    }

    /// The kind of job that sends the notices of this kind.
    pub(crate) fn job(self) -> &'static str {
        match self {
            Self::Requests => "notice_requests",
            Self::Cancellation | Self::SeriesCancellation => "notice_cancellation",
            Self::Questions => NEW_QUESTIONS,
        }
    }

    /// How long the notice waits before it is sent.
    fn delay(self) -> Duration {
        match self {
            Self::Requests => BATCH_REQUESTS,
            Self::Cancellation | Self::SeriesCancellation => UNDO_CANCEL,
            Self::Questions => MERGE,
        }
    }

    pub(super) fn key(self, event: EventId) -> (Uuid, String) {
        (event.0, self.name().to_owned())
    }
}

/// All values of the column `kind`.
pub(crate) fn notice_kinds() -> Vec<&'static str> {
    [Notice::Requests, Notice::Cancellation, Notice::SeriesCancellation, Notice::Questions]
        .map(Notice::name)
        .to_vec()
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

/// The events that were cancelled so recently that attendees haven't been emailed yet.
pub(crate) fn cancelled_quietly() -> SelectStatement {
    event_notice::Entity::find()
        .select_only()
        .column(event_notice::Column::EventId)
        .filter(event_notice::Column::Kind.eq(Notice::Cancellation.name()))
        .into_query()
}

/// The planned notices of a kind.
pub(super) fn planned(notice: Notice) -> Select<event_notice::Entity> {
    event_notice::Entity::find().filter(event_notice::Column::Kind.eq(notice.name()))
}

/// When the next notice of a kind is due.
pub(super) async fn next_due(store: &Store, notice: Notice) -> Result<Option<Instant>, StoreError> {
    let next = planned(notice)
        .filter(event_notice::Column::DueAt.gt(store.now()))
        .order_by_asc(event_notice::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(next.map(|row| row.due_at))
}

/// The events with a notice of this kind that is due. Cancelled dates of a series are gathered for each person
/// (`series_news`).
pub(crate) async fn due_notices(store: Store, notice: Notice) -> Result<Due, StoreError> {
    let now = store.now();
    let alone = Condition::any()
        .add(event::Column::SeriesId.is_null())
        .add(event_notice::Column::Kind.ne(Notice::Cancellation.name()));
    let subjects = planned(notice)
        .join(JoinType::InnerJoin, event_notice::Relation::Event.def())
        .filter(alone)
        .select_only()
        .column(event_notice::Column::EventId)
        .filter(event_notice::Column::DueAt.lte(now))
        .filter(event_notice::Column::EventId.not_in_subquery(jobs::taken(notice.job())))
        .order_by_asc(event_notice::Column::DueAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    Ok(Due { subjects, next: next_due(&store, notice).await? })
}

/// Sends a notice of one event.
pub(crate) async fn run_notice(store: Store, job: Job, notice: Notice) -> Result<Next, StoreError> {
    let args = (EventId(job.subject()?), notice);
    store.write(args, |tx, (event, notice)| Box::pin(send(tx, *event, *notice))).await?;
    Ok(Next::Done)
}

pub(super) async fn send(tx: &Tx, id: EventId, notice: Notice) -> Result<(), StoreError> {
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(()) };
    // Check again behind the lock: the notice may have been dropped or sent by another process.
    let row = event_notice::Entity::find_by_id(notice.key(id)).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at <= tx.now()) else { return Ok(()) };
    cancel_planned(tx, id, notice).await?;
    // Emails about changes go out before other emails about the same event.
    moved::send_if_due(tx, &event).await?;
    match notice {
        Notice::Requests if is_upcoming(tx, &event) => {
            requests::notify_hosts(tx, &event, row.opened_at).await
        }
        Notice::Cancellation if event.status == EventStatus::Cancelled => {
            change::notify_cancelled(tx, &event).await
        }
        Notice::Requests | Notice::Cancellation | Notice::SeriesCancellation | Notice::Questions => Ok(()),
    }
}

fn is_upcoming(tx: &Tx, event: &Event) -> bool {
    event.status == EventStatus::Published && tx.now() < event.ends_at
}
