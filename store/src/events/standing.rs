//! Seats for members who always want one at a series (B6): the same step as the member's own RSVP.

use domain::{
    Actor,
    emails::{Email, EventFacts},
    events::{self, RsvpRequest, RsvpState},
    policy::{Permit, seats::ManageSeat},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    locked::{Authority, LockedEvent},
    notify::facts,
    requests,
    rows::{locked, visible},
    seats::{fresh, own_rsvp},
};
use crate::{
    StoreError, audit,
    entities::{event, group_member},
    write::Tx,
};

/// What a member got at one date.
pub(crate) struct StandingSeat {
    /// The event as its emails describe it.
    pub(crate) event: EventFacts,
    /// SEQUENCE of the calendar invitation, if they have a seat.
    pub(crate) sequence: Option<u32>,
    /// The email about this date alone.
    pub(crate) email: Option<Email>,
}

/// Takes a seat for a member, or joins the waitlist. Does nothing at an event that they answered before, whatever
/// the answer was, that they can't see, that takes no registrations now, or where they choose how to come.
pub(crate) async fn take_standing(
    tx: &Tx,
    actor: &Actor,
    permit: &Permit<ManageSeat>,
    id: Uuid,
) -> Result<Option<StandingSeat>, StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(id)).await? else { return Ok(None) };
    // Whoever leaves the group at this moment loses the seat there, or gets none here.
    if let (Some(group), Some(me)) = (row.group_id, actor.member()) {
        group_member::Entity::find_by_id((group, me.0)).lock_shared().one(tx.db()).await?;
    }
    if event.details.is_hybrid()
        || !visible(tx.db(), actor, &event).await?
        || own_rsvp(tx, actor, &event).await?.is_some()
    {
        return Ok(None);
    }
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let taken = locked.taken().await?;
    let request = RsvpRequest::default();
    let Ok(Some(change)) = events::rsvp(&locked.event, taken, None, request, locked.now()) else {
        // Opening the event may have expired other RSVPs.
        locked.settle().await?;
        return Ok(None);
    };
    let was = fresh(tx, actor, &locked.event);
    let rsvp = locked.changed(was.clone(), change);
    if rsvp.state == RsvpState::Pending {
        requests::plan_notice(tx, &locked.event).await?;
    }
    let sequence = rsvp.sequence;
    let (rsvp, email) = locked.save(Authority::Member(permit), &was, rsvp, true).await?;
    audit::record(tx, permit, "rsvp.take", rsvp.id.0).await?;
    let facts = facts(&locked.event, &rsvp);
    locked.settle().await?;
    Ok(Some(StandingSeat { event: facts, sequence: rsvp.is_seated().then_some(sequence), email }))
}
