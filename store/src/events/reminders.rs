//! Reminders. When one is due follows from the event's start. The table records which were sent for which
//! start. So each is sent once, a new start has its own reminders, and cancelled events have none (B4, C4, C5).

use domain::{
    EventId, Instant, MemberId, Role,
    emails::{self, Email, Mailing},
    events::{Event, EventStatus, Reminder},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    moved,
    notify::facts,
    rows::{locked, rsvp_from_row, seated},
    visibility::readers,
};
use crate::{
    Store, StoreError,
    entities::{event, member, reminder, rsvp},
    jobs::{self, Due, Job, Next},
    members, outbox,
    write::Tx,
};

/// The kind of job that sends this reminder of one event.
pub(crate) fn job(kind: Reminder) -> &'static str {
    match kind {
        Reminder::Day => "reminder_day",
        Reminder::Hour => "reminder_hour",
    }
}

/// The events with a due reminder that wasn't sent for their current start.
pub(crate) async fn due_reminders(store: Store, kind: Reminder) -> Result<Due, StoreError> {
    let now = store.now();
    let mut sent = Query::select();
    sent.expr(Expr::val(1))
        .from(reminder::Entity)
        .and_where(
            Expr::col((reminder::Entity, reminder::Column::EventId))
                .equals((event::Entity, event::Column::Id)),
        )
        .and_where(
            Expr::col((reminder::Entity, reminder::Column::StartsAt))
                .equals((event::Entity, event::Column::StartsAt)),
        )
        .and_where(Expr::col((reminder::Entity, reminder::Column::Kind)).eq(kind.name()));
    // People of a workshop are reminded of its event.
    let published = || {
        event::Entity::find()
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::ParentId.is_null())
    };
    let mut events = published()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::StartsAt.lte(now + kind.lead()))
        .filter(event::Column::StartsAt.gte(now + kind.latest()))
        .filter(Expr::exists(sent).not())
        .filter(event::Column::Id.not_in_subquery(jobs::taken(job(kind))))
        .order_by_asc(event::Column::StartsAt)
        .limit(jobs::BATCH);
    if kind == Reminder::Hour {
        events = events.filter(event::Column::Place.eq("")).filter(event::Column::JoinUrl.is_not_null());
    }
    let subjects = events.into_tuple().all(store.db()).await?;
    let upcoming = published()
        .filter(event::Column::StartsAt.gt(now + kind.lead()))
        .order_by_asc(event::Column::StartsAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: upcoming.map(|event| event.starts_at - kind.lead()) })
}

/// Sends the next batch of a reminder.
pub(crate) async fn run_reminder(store: Store, job: Job, kind: Reminder) -> Result<Next, StoreError> {
    store.write((kind, job), |tx, (kind, job)| Box::pin(remind(tx, *kind, job))).await
}

/// How far a reminder of an event has come.
#[derive(Debug, Serialize, Deserialize)]
struct Position {
    /// The start that people are reminded of. If the event moves, people get an email about that instead.
    starts_at: Instant,
    /// The last RSVP that was handled.
    after: Uuid,
    /// Number of people who were reminded.
    reminded: u64,
    /// Number of people to remind, counted at the beginning.
    total: u64,
}

/// Reminds everyone who had a seat when the reminder was due. Later attendees have just got a confirmation.
async fn remind(tx: &Tx, kind: Reminder, job: &Job) -> Result<Next, StoreError> {
    let id = EventId(job.subject()?);
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(Next::Done) };
    let due =
        event.status == EventStatus::Published && kind.fits(&event) && kind.is_due(event.starts_at, tx.now());
    if !due {
        return Ok(Next::Done);
    }
    // The email about a new start replaces a reminder of it.
    moved::flush(tx, &event).await?;
    let mut position = match serde_json::from_value::<Option<Position>>(job.payload.clone())? {
        Some(position) if position.starts_at == event.starts_at => position,
        Some(_) => return Ok(Next::Done),
        None if record_sent(tx, &event, kind).await? => {
            let total = to_remind(&event, kind).count(tx.db()).await?;
            Position { starts_at: event.starts_at, after: Uuid::nil(), reminded: 0, total }
        }
        None => return Ok(Next::Done),
    };
    let rsvps = to_remind(&event, kind)
        .filter(rsvp::Column::Id.gt(position.after))
        .find_also_related(member::Entity)
        .filter(readers(id))
        .order_by_asc(rsvp::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    let more = rsvps.len() as u64 == jobs::BATCH;
    for (row, member) in rsvps {
        position.after = row.id;
        let Some(member) = member.filter(|member| member.role != Role::Suspended.name()) else { continue };
        let Some(to) = members::recipient(&member) else { continue };
        let rsvp = rsvp_from_row(row)?;
        let id = MemberId(member.id);
        let email = Email::from(emails::Reminder {
            event: facts(&event, &rsvp),
            guests: rsvp.guests,
            hours: kind.hours(),
            mailing: Mailing { member: id, group: None },
        });
        outbox::post(tx, Some(id), &to, &email).await?;
        position.reminded += 1;
    }
    let payload = serde_json::to_value(&position)?;
    jobs::checkpoint(tx, job, &payload, position.reminded, Some(position.total)).await?;
    Ok(if more { Next::More } else { Next::Done })
}

/// Everyone who had a seat when the reminder was due.
fn to_remind(event: &Event, kind: Reminder) -> Select<rsvp::Entity> {
    rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(seated())
        .filter(rsvp::Column::AnsweredAt.lt(event.starts_at - kind.lead()))
}

/// Records that a reminder was sent for the event's current start, behind its lock. Returns `false` if it was
/// recorded before.
async fn record_sent(tx: &Tx, event: &Event, kind: Reminder) -> Result<bool, StoreError> {
    let key = (event.id.0, kind.name().to_owned(), event.starts_at);
    if reminder::Entity::find_by_id(key.clone()).one(tx.db()).await?.is_some() {
        return Ok(false);
    }
    let row = reminder::ActiveModel { event_id: Set(key.0), kind: Set(key.1), starts_at: Set(key.2) };
    row.insert(tx.db()).await?;
    Ok(true)
}

/// Skips reminders that would be due already, because an email about the new start is being sent.
pub(super) async fn skip_passed(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    for kind in Reminder::ALL {
        if event.starts_at - kind.lead() <= tx.now() {
            record_sent(tx, event, *kind).await?;
        }
    }
    Ok(())
}
