//! What hosts do with several or single people of an event: approve selected requests, and remove somebody.

use domain::{
    Actor, RsvpId, Slug,
    events::{self, Rsvp, RsvpState, WhenFull},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    host::{approve_in, find_rsvp},
    locked::{Authority, LockedEvent},
    moved,
    rows::{edit_permit, lock, lock_any},
};
use crate::{
    Store, StoreError,
    entities::rsvp,
    write::{Tx, verb},
};

/// The most requests that are approved at once: as many as a page lists.
const MAX_APPROVED: usize = 50;

/// What became of the requests that a host approved together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Approved {
    /// Number of people who have a seat now.
    pub seated: u32,
    /// Number of people who are on the waitlist now, because the event was full.
    pub waiting: u32,
    /// Number of requests that were withdrawn or answered before.
    pub gone: u32,
}

/// Approves several requests in the order in which they were sent (A15). When no seat is free, people join the
/// waitlist. Requests that were answered or withdrawn meanwhile are left as they are.
///
/// # Errors
/// `Refused` when the event is over or cancelled, `NotFound` for hidden and absent events.
pub async fn approve_selected(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    ids: &[RsvpId],
) -> Result<Approved, StoreError> {
    verb!(store, |tx, actor, slug, ids| {
        let (event, _) = lock(tx, actor, slug).await?;
        let _permit = edit_permit(tx, actor, &event).await?;
        event.open(tx.now())?;
        let waiting = pending(tx, event.id.0, ids).await?;
        let gone = u32::try_from(ids.len().saturating_sub(waiting.len())).unwrap_or(u32::MAX);
        let mut approved = Approved { gone, ..Approved::default() };
        for id in waiting {
            match approve_in(tx, actor, slug, id, WhenFull::Waitlist).await? {
                RsvpState::Going | RsvpState::Offered => approved.seated += 1,
                RsvpState::Waiting => approved.waiting += 1,
                RsvpState::Pending | RsvpState::Left | RsvpState::Declined => {}
            }
        }
        Ok(approved)
    })
}

/// Those of the RSVPs that are open requests for this event, the oldest first.
async fn pending(tx: &Tx, event: Uuid, ids: &[RsvpId]) -> Result<Vec<RsvpId>, StoreError> {
    let ids: Vec<Uuid> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::Id)
        .filter(rsvp::Column::EventId.eq(event))
        .filter(rsvp::Column::Id.is_in(ids.iter().take(MAX_APPROVED).map(|id| id.0)))
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()))
        .order_by_asc(rsvp::Column::AnsweredAt)
        .order_by_asc(rsvp::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(ids.into_iter().map(RsvpId).collect())
}

/// Removes somebody from the attendees, the waitlist or the requests, with an optional reason (A15). They are
/// emailed, and their seat goes to the waitlist. Removing them again changes nothing.
///
/// # Errors
/// `Refused` when the event is over or cancelled, `NotFound` for hidden and absent events and RSVPs.
pub async fn remove_person(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    reason: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id, reason| {
        let (event, row) = lock_any(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let mut locked = LockedEvent::open(tx, event, &row).await?;
        let was = find_rsvp(tx, &locked.event, id).await?;
        let Some(change) = events::remove_person(&locked.event, &was, locked.now())? else {
            return locked.settle().await;
        };
        let was = moved::send_pending_change(&locked, was).await?;
        let rsvp = Rsvp { message: reason.clone(), ..locked.changed(was.clone(), change) };
        locked.apply_and_settle(Authority::Host(&permit), &was, rsvp, false, "rsvp.remove").await
    })
}
