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
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Query},
};

use super::{
    moved,
    notify::facts,
    rows::{locked, rsvp_from_row, seated},
    visibility::readers,
};
use crate::{
    FirstError, Store, StoreError,
    entities::{event, member, reminder, rsvp},
    members, outbox,
    write::Tx,
};

/// Sends the reminders that are due. Returns when the next one is due.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let mut next = None::<Instant>;
    for kind in Reminder::ALL {
        let now = store.now();
        let mut errors = FirstError::default();
        for id in due(store, *kind).await? {
            errors.record(store.write((*kind, id), |tx, (kind, id)| Box::pin(remind(tx, *kind, *id))).await);
        }
        errors.finish()?;
        let upcoming = event::Entity::find()
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::StartsAt.gt(now + kind.lead()))
            .order_by_asc(event::Column::StartsAt)
            .one(store.db())
            .await?;
        if let Some(due) = upcoming.map(|event| event.starts_at - kind.lead()) {
            next = Some(next.map_or(due, |next: Instant| Ord::min(next, due)));
        }
    }
    Ok(next)
}

/// The events with a due reminder that wasn't sent for their current start.
async fn due(store: &Store, kind: Reminder) -> Result<Vec<EventId>, StoreError> {
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
    let mut events = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::StartsAt.lte(now + kind.lead()))
        .filter(event::Column::StartsAt.gte(now + kind.latest()))
        .filter(Expr::exists(sent).not());
    if kind == Reminder::Hour {
        events = events.filter(event::Column::Place.eq("")).filter(event::Column::JoinUrl.is_not_null());
    }
    Ok(events.into_tuple().all(store.db()).await?.into_iter().map(EventId).collect())
}

/// Reminds everyone who had a seat when the reminder was due. Later attendees have just got a confirmation.
async fn remind(tx: &Tx, kind: Reminder, id: EventId) -> Result<(), StoreError> {
    let Some((event, _)) = locked(tx, event::Column::Id.eq(id.0)).await? else { return Ok(()) };
    let due =
        event.status == EventStatus::Published && kind.fits(&event) && kind.is_due(event.starts_at, tx.now());
    if !due {
        return Ok(());
    }
    // The email about a new start replaces a reminder of it.
    moved::flush(tx, &event).await?;
    if !record_sent(tx, &event, kind).await? {
        return Ok(());
    }
    let rsvps = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(id.0))
        .filter(seated())
        .filter(rsvp::Column::AnsweredAt.lt(event.starts_at - kind.lead()))
        .find_also_related(member::Entity)
        .filter(readers(id))
        .order_by_asc(rsvp::Column::Id)
        .all(tx.db())
        .await?;
    for (row, member) in rsvps {
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
    }
    Ok(())
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
