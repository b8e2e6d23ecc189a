//! Telling people that an event changed: edits that follow each other closely are one email, and each person
//! is told what is new to them (C4).
//!
//! Before anybody is sent another email about the event, they are told of the change that is still waiting:
//! [`flush`] does it for everyone, [`tell_first`] for one person. So emails never contradict each other.

use domain::{
    EventId, Instant, MemberId,
    emails::{Email, EventFacts},
    events::{
        Event, EventStatus, Rsvp, RsvpState,
        moves::{History, notify_at},
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    locked::LockedEvent,
    notify::{self, facts, next_sequence},
    reminders,
    rows::{locked, rsvp_from_row, takes_part},
};
use crate::{
    Store, StoreError,
    chores::FirstError,
    entities::{event, reschedule, rsvp},
    write::Tx,
};

/// Events that are looked after in one run of the chore.
const BATCH_SIZE: u64 = 200;

/// Notes behind the event's lock that it has changed. Tells at once if it was moved and starts soon. Otherwise
/// the chore does, some minutes later. Of a cancelled event it only keeps what people know. Answers with how
/// many people that concerns.
pub(super) async fn note(tx: &Tx, was: &Event, now: &Event) -> Result<u32, StoreError> {
    let row = reschedule::Entity::find_by_id(now.id.0).one(tx.db()).await?;
    let (mut history, opened_at) = match &row {
        Some(row) => (serde_json::from_str(&row.history)?, row.opened_at),
        None => (History::of(was), None),
    };
    history.add(now, tx.now());
    let mut to_tell = 0;
    for (row, _) in notify::participants(tx, now).await? {
        to_tell += u32::from(news(tx, now, &history, &rsvp_from_row(row)?).is_some());
    }
    let takes_place = now.status == EventStatus::Published;
    if takes_place && to_tell > 0 && history.is_urgent(tx.now()) {
        forget(tx, now.id).await?;
        return notify(tx, now, &history).await;
    }
    // Nothing to tell: what people know is remembered all the same, since slight shifts add up.
    let opened_at = (to_tell > 0).then(|| opened_at.unwrap_or(tx.now()));
    let due_at = opened_at.filter(|_| takes_place).map(|opened_at| notify_at(opened_at, tx.now()));
    let note = reschedule::ActiveModel {
        event_id: Set(now.id.0),
        history: Set(serde_json::to_string(&history)?),
        opened_at: Set(opened_at),
        due_at: Set(due_at),
    };
    if row.is_some() {
        note.update(tx.db()).await?;
    } else {
        note.insert(tx.db()).await?;
    }
    Ok(if takes_place { to_tell } else { 0 })
}

/// What people have not been told of an event yet, if anything.
pub(super) async fn pending(tx: &Tx, event: EventId) -> Result<Option<History>, StoreError> {
    let row = reschedule::Entity::find_by_id(event.0).one(tx.db()).await?;
    row.map(|row| Ok(serde_json::from_str(&row.history)?)).transpose()
}

/// Takes what people have not been told yet: another email tells them.
pub(super) async fn take(tx: &Tx, event: EventId) -> Result<Option<History>, StoreError> {
    let history = pending(tx, event).await?;
    forget(tx, event).await?;
    Ok(history)
}

async fn forget(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    reschedule::Entity::delete_by_id(event.0).exec(tx.db()).await?;
    Ok(())
}

/// The event is cancelled: nobody hears of a change of what does not take place. What people know is kept for
/// the case that it takes place after all.
pub(super) async fn suspend(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    set_due(tx, event, None).await
}

/// The cancellation is undone: a change that was waiting waits again.
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

/// Tells everyone of a change that is still waiting, behind the event's lock: another email about the event is
/// about to be sent to many.
pub(crate) async fn flush(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let row = reschedule::Entity::find_by_id(event.id.0).one(tx.db()).await?;
    match row.filter(|row| row.due_at.is_some()) {
        Some(row) => {
            forget(tx, event.id).await?;
            notify(tx, event, &serde_json::from_str(&row.history)?).await.map(drop)
        }
        None => Ok(()),
    }
}

/// The same for every event that a member takes part in, before a digest that may name them.
pub(crate) async fn flush_for(store: &Store, member: MemberId) -> Result<(), StoreError> {
    let theirs = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part())
        .into_query();
    let pending: Vec<Uuid> = reschedule::Entity::find()
        .select_only()
        .column(reschedule::Column::EventId)
        .filter(reschedule::Column::DueAt.is_not_null())
        .filter(reschedule::Column::EventId.in_subquery(theirs))
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

/// The same for one person, who is about to be sent another email about the event. Takes the SEQUENCE of the
/// calendar part. The caller saves the answer.
pub(super) async fn tell_first(locked: &LockedEvent<'_>, mut answer: Rsvp) -> Result<Rsvp, StoreError> {
    let (tx, event) = (locked.tx, &locked.event);
    // Who has left knows of nothing, and is told what is so when they come back.
    if !RsvpState::ACTIVE.contains(&answer.state) {
        return Ok(answer);
    }
    let row = reschedule::Entity::find_by_id(event.id.0).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at.is_some()) else { return Ok(answer) };
    let mut history: History = serde_json::from_str(&row.history)?;
    let Some((was, event)) = news(tx, event, &history, &answer) else { return Ok(answer) };
    let sequence = answer.seated().then(|| next_sequence(&mut answer));
    locked.notify(&answer, &Email::Rescheduled { was, event, sequence }).await?;
    history.record_notified(answer.id);
    let note = reschedule::ActiveModel {
        event_id: Set(row.event_id),
        history: Set(serde_json::to_string(&history)?),
        ..Default::default()
    };
    note.update(tx.db()).await?;
    Ok(answer)
}

async fn notify(tx: &Tx, event: &Event, history: &History) -> Result<u32, StoreError> {
    if history.has_new_start() {
        reminders::skip_passed(tx, event).await?;
    }
    notify::notify_where(tx, event, |answer, sequence| {
        let (was, event) = news(tx, event, history, answer)?;
        Some(Email::Rescheduled { was, event, sequence })
    })
    .await
}

/// What the member of an answer knew of an event, and what it is now; `None` when that is no news to them: another
/// room is nothing to people who come online, nor is the link to join to the others.
fn news(tx: &Tx, event: &Event, history: &History, answer: &Rsvp) -> Option<(EventFacts, EventFacts)> {
    let known = history.news_for(answer, tx.now())?;
    let now = facts(event, answer);
    let was = known.facts(&now, answer.attends_online());
    (was != now).then_some((was, now))
}

/// Tells of the changes whose time has come. Answers when the next one's has.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let waiting = || {
        reschedule::Entity::find()
            .filter(reschedule::Column::DueAt.is_not_null())
            .order_by_asc(reschedule::Column::DueAt)
    };
    let due = waiting().filter(reschedule::Column::DueAt.lte(store.now())).limit(BATCH_SIZE);
    let mut errors = FirstError::default();
    for row in due.all(store.db()).await? {
        errors.record(store.write(row.event_id, |tx, id| Box::pin(tell_due(tx, EventId(*id)))).await);
    }
    errors.finish()?;
    Ok(waiting().one(store.db()).await?.and_then(|row| row.due_at))
}

async fn tell_due(tx: &Tx, id: EventId) -> Result<(), StoreError> {
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(()) };
    // Behind the lock again: somebody may have edited it or told everybody meanwhile.
    let row = reschedule::Entity::find_by_id(id.0).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at.is_some_and(|due| due <= tx.now())) else { return Ok(()) };
    forget(tx, id).await?;
    if event.status == EventStatus::Published && tx.now() < event.ends_at {
        notify(tx, &event, &serde_json::from_str(&row.history)?).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::{EventId, MemberId, RsvpId};
    use uuid::Uuid;

    use super::*;

    fn answer(id: u128) -> Rsvp {
        let since = "2026-11-20T00:00:00Z".parse().unwrap();
        Rsvp::unanswered(RsvpId(Uuid::from_u128(id)), EventId(Uuid::nil()), MemberId(Uuid::nil()), since)
    }

    #[test]
    fn a_history_that_an_older_release_kept_is_read_and_kept_whole() {
        let old = r#"[{"since":"1970-01-01T00:00:00Z","starts_at":"2026-11-24T18:00:00Z",
            "ends_at":"2026-11-24T19:00:00Z","zone":"UTC","place":"Room 2","join_url":null}]"#;
        let mut history: History = serde_json::from_str(old).unwrap();
        let known = history.known(&answer(1)).unwrap();
        assert_eq!((known.title.as_ref(), known.place.as_str()), (None, "Room 2"));
        history.record_notified(answer(1).id);
        let again: History = serde_json::from_str(&serde_json::to_string(&history).unwrap()).unwrap();
        assert_eq!(again, history);
    }
}
