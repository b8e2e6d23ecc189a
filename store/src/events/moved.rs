//! Emails about changes to an event. Edits that follow each other closely make one email, and each member
//! learns what is new to them (C4).
//!
//! A pending change is always sent before any other email about the event, so that emails never contradict
//! each other: [`flush`] sends it to everyone, [`send_pending_change`] to one member.

use domain::{
    EventId, Instant, MemberId,
    emails::{self, Email, EventFacts},
    events::{
        Event, EventStatus, Rsvp, RsvpState,
        moves::{History, notify_at},
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    locked::LockedEvent,
    notify::{self, facts, next_sequence},
    reminders,
    rows::{locked, rsvp_from_row, takes_part},
    series_news,
};
use crate::{
    Store, StoreError,
    entities::{event, reschedule, rsvp},
    jobs::{self, Due, Job, Next},
    write::Tx,
};

/// Maximum number of pending changes that are sent before one digest.
const BATCH_SIZE: u64 = 200;

/// The kind of job that sends the pending change of one event.
pub(crate) const CHANGES: &str = "changes";

/// Records a change of an event behind its lock. Emails at once if time or place changed and the event starts
/// soon. Otherwise a job emails some minutes later. For a cancelled event it only keeps what members
/// know. Returns how many people the change concerns.
pub(super) async fn record_change(tx: &Tx, was: &Event, event: &Event) -> Result<u32, StoreError> {
    let row = reschedule::Entity::find_by_id(event.id.0).one(tx.db()).await?;
    let (mut history, opened_at) = match &row {
        Some(row) => (serde_json::from_str(&row.history)?, row.opened_at),
        None => (History::of(was), None),
    };
    history.add(event, tx.now());
    let mut to_notify = 0;
    for (row, _) in notify::participants(tx, event).await? {
        to_notify += u32::from(news(tx, event, &history, &rsvp_from_row(row)?).is_some());
    }
    let published = event.status == EventStatus::Published;
    let urgent = published && to_notify > 0 && history.is_urgent(tx.now());
    // A change of several dates is one email for each person, so it waits for the last of them (B5).
    let gathers = urgent && series_news::is_gathering(tx, event.id).await?;
    if urgent && !gathers {
        delete(tx, event.id).await?;
        return notify(tx, event, &history).await;
    }
    // Small shifts add up, so what members know is kept even if nobody needs an email now.
    let opened_at = (to_notify > 0).then(|| opened_at.unwrap_or(tx.now()));
    let due_at = opened_at.filter(|_| published).map(|opened_at| match gathers {
        true => tx.now(),
        false => notify_at(opened_at, tx.now()),
    });
    let record = reschedule::ActiveModel {
        event_id: Set(event.id.0),
        history: Set(serde_json::to_string(&history)?),
        opened_at: Set(opened_at),
        due_at: Set(due_at),
    };
    if row.is_some() {
        record.update(tx.db()).await?;
    } else {
        record.insert(tx.db()).await?;
    }
    Ok(if published { to_notify } else { 0 })
}

/// The change that members of an event haven't been told of yet, if there is one.
pub(super) async fn pending(tx: &Tx, event: EventId) -> Result<Option<History>, StoreError> {
    let row = reschedule::Entity::find_by_id(event.0).one(tx.db()).await?;
    row.map(|row| Ok(serde_json::from_str(&row.history)?)).transpose()
}

/// Removes and returns the pending change, because another email is about to include it.
pub(super) async fn take_pending(tx: &Tx, event: EventId) -> Result<Option<History>, StoreError> {
    let history = pending(tx, event).await?;
    delete(tx, event).await?;
    Ok(history)
}

pub(super) async fn delete(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    reschedule::Entity::delete_by_id(event.0).exec(tx.db()).await?;
    Ok(())
}

/// Stops the email about a pending change when the event is cancelled. The history stays, in case the event is
/// reinstated.
pub(super) async fn suspend(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    set_due(tx, event, None).await
}

/// Plans the email about a pending change again after a cancellation was undone.
pub(super) async fn resume(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    let row = reschedule::Entity::find_by_id(event.0).one(tx.db()).await?;
    match row.and_then(|row| row.opened_at) {
        Some(opened_at) => set_due(tx, event, Some(notify_at(opened_at, tx.now()))).await,
        None => Ok(()),
    }
}

async fn set_due(tx: &Tx, event: EventId, due_at: Option<Instant>) -> Result<(), StoreError> {
    reschedule::Entity::update_many()
        .set(reschedule::ActiveModel { due_at: Set(due_at), ..Default::default() })
        .filter(reschedule::Column::EventId.eq(event.0))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Emails everyone about a pending change, before another email about the event goes to many. Runs behind the
/// event's lock.
pub(crate) async fn flush(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let row = reschedule::Entity::find_by_id(event.id.0).one(tx.db()).await?;
    match row.filter(|row| row.due_at.is_some()) {
        Some(row) => {
            delete(tx, event.id).await?;
            notify(tx, event, &serde_json::from_str(&row.history)?).await.map(drop)
        }
        None => Ok(()),
    }
}

/// Flushes every event that a member takes part in, before a digest that may name these events.
pub(crate) async fn flush_for(store: &Store, member: MemberId) -> Result<(), StoreError> {
    let own_events = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part())
        .into_query();
    let pending: Vec<Uuid> = reschedule::Entity::find()
        .select_only()
        .column(reschedule::Column::EventId)
        .filter(reschedule::Column::DueAt.is_not_null())
        .filter(reschedule::Column::EventId.in_subquery(own_events))
        .limit(BATCH_SIZE)
        .into_tuple()
        .all(store.db())
        .await?;
    for event in pending {
        store.write(event, |tx, id| Box::pin(flush_one(tx, *id))).await?;
    }
    Ok(())
}

async fn flush_one(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    match locked(tx, event::Column::Id.eq(id)).await? {
        Some((event, _)) if event.status == EventStatus::Published => flush(tx, &event).await,
        _ => Ok(()),
    }
}

/// Emails one member about a pending change, before another email to them about the event. Takes the
/// SEQUENCE of the calendar part. The caller saves the RSVP.
pub(super) async fn send_pending_change(
    locked: &LockedEvent<'_>,
    mut rsvp: Rsvp,
) -> Result<Rsvp, StoreError> {
    let (tx, event) = (locked.tx, &locked.event);
    // Members who left aren't told. If they join again, they see the current details.
    if !RsvpState::ACTIVE.contains(&rsvp.state) {
        return Ok(rsvp);
    }
    let row = reschedule::Entity::find_by_id(event.id.0).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at.is_some()) else { return Ok(rsvp) };
    let mut history: History = serde_json::from_str(&row.history)?;
    let Some((was, event)) = news(tx, event, &history, &rsvp) else { return Ok(rsvp) };
    let sequence = rsvp.is_seated().then(|| next_sequence(&mut rsvp));
    locked.notify(&rsvp, &Email::from(emails::Rescheduled { was, event, sequence })).await?;
    history.record_notified(rsvp.id);
    let record = reschedule::ActiveModel {
        event_id: Set(row.event_id),
        history: Set(serde_json::to_string(&history)?),
        ..Default::default()
    };
    record.update(tx.db()).await?;
    Ok(rsvp)
}

async fn notify(tx: &Tx, event: &Event, history: &History) -> Result<u32, StoreError> {
    if history.has_new_start() {
        reminders::skip_passed(tx, event).await?;
    }
    notify::notify_where(tx, event, |rsvp, sequence| {
        let (was, event) = news(tx, event, history, rsvp)?;
        Some(Email::from(emails::Rescheduled { was, event, sequence }))
    })
    .await
}

/// What the member of an RSVP knew about the event, and what is true now. `None` when nothing concerns them: a
/// new room doesn't concern people who join online, and a new link doesn't concern the others.
pub(super) fn news(
    tx: &Tx,
    event: &Event,
    history: &History,
    rsvp: &Rsvp,
) -> Option<(EventFacts, EventFacts)> {
    let known = history.news_for(rsvp, tx.now())?;
    let now = facts(event, rsvp);
    let was = known.facts(&now, rsvp.attends_online());
    (was != now).then_some((was, now))
}

/// The events with a change that is due. Changes of a series are gathered for each person (`series_news`).
pub(crate) async fn due_changes(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let event = reschedule::Entity::belongs_to(event::Entity)
        .from(reschedule::Column::EventId)
        .to(event::Column::Id)
        .into();
    let subjects = reschedule::Entity::find()
        .join(JoinType::InnerJoin, event)
        .filter(event::Column::SeriesId.is_null())
        .select_only()
        .column(reschedule::Column::EventId)
        .filter(reschedule::Column::DueAt.lte(now))
        .filter(reschedule::Column::EventId.not_in_subquery(jobs::taken(CHANGES)))
        .order_by_asc(reschedule::Column::DueAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = reschedule::Entity::find()
        .filter(reschedule::Column::DueAt.gt(now))
        .order_by_asc(reschedule::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.due_at) })
}

/// Sends the pending change of one event.
pub(crate) async fn run_changes(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job.subject()?, |tx, id| Box::pin(send_due(tx, EventId(*id)))).await?;
    Ok(Next::Done)
}

/// Sends a change of the event that is due, before other emails about the event. Runs behind the event's lock.
pub(super) async fn send_if_due(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    // Check again behind the lock: another edit or email may have come in between.
    let row = reschedule::Entity::find_by_id(event.id.0).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at.is_some_and(|due| due <= tx.now())) else { return Ok(()) };
    delete(tx, event.id).await?;
    if event.status == EventStatus::Published && tx.now() < event.ends_at {
        notify(tx, event, &serde_json::from_str(&row.history)?).await?;
    }
    Ok(())
}

async fn send_due(tx: &Tx, id: EventId) -> Result<(), StoreError> {
    match locked(tx, event::Column::Id.eq(id.0)).await? {
        Some((event, _)) => send_if_due(tx, &event).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use domain::{EventId, MemberId, RsvpId};
    use uuid::Uuid;

    use super::*;

    fn rsvp(id: u128) -> Rsvp {
        let since = "2026-11-20T00:00:00Z".parse().unwrap();
        Rsvp::unanswered(RsvpId(Uuid::from_u128(id)), EventId(Uuid::nil()), MemberId(Uuid::nil()), since)
    }

    #[test]
    fn a_history_stored_by_an_older_release_is_read_in_full() {
        let old = r#"[{"since":"1970-01-01T00:00:00Z","starts_at":"2026-11-24T18:00:00Z",
            "ends_at":"2026-11-24T19:00:00Z","zone":"UTC","place":"Room 2","join_url":null}]"#;
        let mut history: History = serde_json::from_str(old).unwrap();
        let known = history.known(&rsvp(1)).unwrap();
        assert_eq!((known.title.as_ref(), known.place.as_str()), (None, "Room 2"));
        history.record_notified(rsvp(1).id);
        let again: History = serde_json::from_str(&serde_json::to_string(&history).unwrap()).unwrap();
        assert_eq!(again, history);
    }
}
