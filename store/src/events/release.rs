//! Giving up the seats of a member who can no longer attend.

use std::pin::Pin;

use domain::{
    EventId, MemberId, RsvpId,
    emails::{Email, EventFacts},
    events::{Change, EventStatus},
    policy::{Permit, groups::RemoveGroupMember},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _,
};
use uuid::Uuid;

use super::{
    locked::{Authority, LockedEvent},
    notices,
    rows::{locked, rsvp_from_row, takes_part},
    seats::settle,
};
use crate::{
    StoreError, audit,
    entities::{event, rsvp},
    members, outbox,
    write::Tx,
};

/// Gives up a member's RSVP at an event that they may no longer see (A10), and fills the seat. Returns what an
/// email needs: the event, and the SEQUENCE of the cancelling calendar part if they had a seat.
pub(crate) async fn give_up_for(
    tx: &Tx,
    permit: &Permit<RemoveGroupMember>,
    member: MemberId,
    event: Uuid,
) -> Result<Option<(EventFacts, Option<u32>)>, StoreError> {
    let Some(given_up) = give_up(tx, member, event).await? else { return Ok(None) };
    audit::record(tx, permit, "rsvp.leave", given_up.rsvp.0).await?;
    Ok(match given_up.email {
        Some(Email::Left(left)) => Some((left.event, left.sequence)),
        _ => None,
    })
}

/// An RSVP that was given up on behalf of its member.
struct GivenUpRsvp {
    rsvp: RsvpId,
    /// The email that removes the event from their calendar. `None` when the member needs none.
    email: Option<Email>,
}

/// Gives up a member's RSVP and fills the seat, without an email to them and without an audit entry.
async fn give_up(tx: &Tx, member: MemberId, event: Uuid) -> Result<Option<GivenUpRsvp>, StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(event)).await? else { return Ok(None) };
    let found = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(row.id))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part());
    let Some(was) = found.one(tx.db()).await? else { return Ok(None) };
    let was = rsvp_from_row(was)?;
    let mut locked = LockedEvent::at(tx, event, &row);
    // Attendees of a cancelled event were emailed, and the calendar entry is gone.
    let notifies = locked.event.status == EventStatus::Published
        || notices::cancels_quietly(tx, locked.event.id).await?;
    let rsvp = locked.changed(was.clone(), Change::left(&was));
    let (rsvp, email) = locked.save(Authority::AccessLost, &was, rsvp, false).await?;
    locked.settle().await?;
    Ok(Some(GivenUpRsvp { rsvp: rsvp.id, email: email.filter(|_| notifies) }))
}

/// Gives up every RSVP of a member at events that aren't over, and fills the seats. Returns how many were given
/// up. With `notify`, the member gets the emails that remove the events from their calendar.
pub(crate) async fn release(tx: &Tx, member: MemberId, notify: bool) -> Result<u32, StoreError> {
    // Sorted, so that two members who leave at once lock events in the same order. Events come before their workshops.
    let events: Vec<Uuid> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .join(sea_orm::JoinType::InnerJoin, rsvp::Relation::Event.def())
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part())
        .filter(event::Column::EndsAt.gt(tx.now()))
        .order_by_asc(event::Column::ParentId.is_not_null())
        .order_by_asc(rsvp::Column::EventId)
        .into_tuple()
        .all(tx.db())
        .await?;
    let mut released = 0;
    for id in events {
        let Some(given_up) = give_up(tx, member, id).await? else { continue };
        if let Some(email) = given_up.email.filter(|_| notify) {
            let row = members::load(tx.db(), member).await?;
            if let Some(to) = members::recipient(&row) {
                outbox::post(tx, Some(member), &to, &email).await?;
            }
        }
        audit::record_by(tx, Some(member), "rsvp.release", Some(given_up.rsvp.0)).await?;
        released += 1;
    }
    Ok(released)
}

/// Gives up what a member has at the workshops of an event, and fills the seats. They get the emails that remove the
/// workshops from their calendar (D7).
pub(super) fn give_up_workshops(
    tx: &Tx,
    parent: EventId,
    member: MemberId,
) -> Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + '_>> {
    Box::pin(async move {
        let workshops: Vec<Uuid> = rsvp::Entity::find()
            .select_only()
            .column(rsvp::Column::EventId)
            .join(sea_orm::JoinType::InnerJoin, rsvp::Relation::Event.def())
            .filter(event::Column::ParentId.eq(parent.0))
            .filter(rsvp::Column::MemberId.eq(member.0))
            .filter(takes_part())
            .order_by_asc(rsvp::Column::EventId)
            .into_tuple()
            .all(tx.db())
            .await?;
        for id in workshops {
            let Some(given_up) = give_up(tx, member, id).await? else { continue };
            if let Some(email) = given_up.email {
                let row = members::load(tx.db(), member).await?;
                if let Some(to) = members::recipient(&row) {
                    outbox::post(tx, Some(member), &to, &email).await?;
                }
            }
            audit::record_by(tx, Some(member), "rsvp.release", Some(given_up.rsvp.0)).await?;
        }
        Ok(())
    })
}

/// IDs of all events that a member has or had an RSVP for.
pub(crate) async fn events_with_rsvp(tx: &Tx, member: MemberId) -> Result<Vec<Uuid>, StoreError> {
    Ok(rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(member.0))
        .order_by_asc(rsvp::Column::EventId)
        .into_tuple()
        .all(tx.db())
        .await?)
}

/// Updates the counts of events after RSVPs were deleted.
pub(crate) async fn recount(tx: &Tx, events: Vec<Uuid>) -> Result<(), StoreError> {
    for id in events {
        let Some((event, row)) = locked(tx, event::Column::Id.eq(id)).await? else { continue };
        settle(tx, &event, &row).await?;
    }
    Ok(())
}
