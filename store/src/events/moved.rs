//! Telling people that an event has another time or place: edits that follow each other closely are one
//! mail, and each person is told what is new to them (C4).

use domain::{
    EventId, Instant,
    events::{
        Event, EventStatus, Rsvp,
        moves::{History, told_at},
    },
    letters::{EventFacts, Letter},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    reminders,
    rows::{locked, rsvp_from_row},
    tell::{self, facts},
};
use crate::{
    Fault, Store,
    chores::Faults,
    entities::{event, reschedule},
    write::Tx,
};

/// Notes behind the event's lock that it has moved. Tells at once if it starts soon; else the chore does,
/// some minutes later. Answers with how many people that concerns.
pub(super) async fn note(tx: &Tx, was: &Event, now: &Event) -> Result<u32, Fault> {
    let row = reschedule::Entity::find_by_id(now.id.0).one(tx.db()).await?;
    let (mut history, opened_at) = match &row {
        Some(row) => (serde_json::from_str(&row.history)?, row.opened_at),
        None => (History::of(was), None),
    };
    history.say(now, tx.now());
    let concerned = tell::concerned(tx, now).await?;
    let mut to_tell = 0;
    for (row, _) in concerned {
        let answered_at = row.answered_at;
        if news(tx, now, &history, &rsvp_from_row(row)?, answered_at).is_some() {
            to_tell += 1;
        }
    }
    if to_tell > 0 && history.is_soon(tx.now()) {
        forget(tx, now.id).await?;
        return tell(tx, now, &history).await;
    }
    // Nothing to tell: what people know is remembered all the same, since slight shifts add up.
    let opened_at = (to_tell > 0).then(|| opened_at.unwrap_or(tx.now()));
    let note = reschedule::ActiveModel {
        event_id: Set(now.id.0),
        history: Set(serde_json::to_string(&history)?),
        opened_at: Set(opened_at),
        due_at: Set(opened_at.map(|opened_at| told_at(opened_at, tx.now()))),
    };
    if row.is_some() {
        note.update(tx.db()).await?;
    } else {
        note.insert(tx.db()).await?;
    }
    Ok(to_tell)
}

/// Takes what people have not been told yet: another letter tells them, or nobody does.
pub(super) async fn take(tx: &Tx, event: EventId) -> Result<Option<History>, Fault> {
    let row = reschedule::Entity::find_by_id(event.0).one(tx.db()).await?;
    forget(tx, event).await?;
    row.map(|row| Ok(serde_json::from_str(&row.history)?)).transpose()
}

async fn forget(tx: &Tx, event: EventId) -> Result<(), Fault> {
    reschedule::Entity::delete_by_id(event.0).exec(tx.db()).await?;
    Ok(())
}

async fn tell(tx: &Tx, event: &Event, history: &History) -> Result<u32, Fault> {
    reminders::skip_passed(tx, event).await?;
    tell::those(tx, event, |answer, answered_at, sequence| {
        let (was, event) = news(tx, event, history, answer, answered_at)?;
        Some(Letter::Rescheduled { was, event, sequence })
    })
    .await
}

/// What somebody knew of an event who was last told at `told`, and what it is now; `None` when that is no
/// news, or none for them: another room is nothing to who comes online, nor is where to join to the others.
fn news(
    tx: &Tx,
    event: &Event,
    history: &History,
    answer: &Rsvp,
    told: Instant,
) -> Option<(EventFacts, EventFacts)> {
    let known = history.known(told).filter(|_| history.is_news(told, tx.now()))?;
    let now = facts(event, answer);
    let was = known.facts(&now, answer.told_online());
    (was != now).then_some((was, now))
}

/// Tells of the moves whose time has come. Answers when the next one's has.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, Fault> {
    let rows = reschedule::Entity::find()
        .filter(reschedule::Column::DueAt.is_not_null())
        .order_by_asc(reschedule::Column::DueAt)
        .all(store.db())
        .await?;
    let now = store.now();
    let (due, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.due_at <= Some(now));
    let mut faults = Faults::default();
    for row in due {
        faults.note(store.write(row.event_id, |tx, id| Box::pin(tell_due(tx, EventId(*id)))).await);
    }
    faults.end()?;
    Ok(later.first().and_then(|row| row.due_at))
}

async fn tell_due(tx: &Tx, id: EventId) -> Result<(), Fault> {
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(()) };
    // Behind the lock again: somebody may have edited it or told everybody meanwhile.
    let row = reschedule::Entity::find_by_id(id.0).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.due_at.is_some_and(|due| due <= tx.now())) else { return Ok(()) };
    forget(tx, id).await?;
    if event.status == EventStatus::Published && tx.now() < event.ends_at {
        tell(tx, &event, &serde_json::from_str(&row.history)?).await?;
    }
    Ok(())
}
