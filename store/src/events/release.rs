//! Giving up all seats of a member who can no longer attend.

use domain::{
    MemberId,
    emails::{self, Email},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _,
};
use uuid::Uuid;

use super::{
    rows::{locked, takes_part},
    seats::{give_up, settle},
};
use crate::{
    StoreError, audit,
    entities::{event, rsvp},
    members, outbox,
    write::Tx,
};

/// Gives up every RSVP of a member at events that aren't over, and fills the seats. Returns how many were given
/// up. With `notify`, the member gets the emails that remove the events from their calendar.
pub(crate) async fn release(tx: &Tx, member: MemberId, notify: bool) -> Result<u32, StoreError> {
    // Sorted, so that two members who leave at once lock events in the same order.
    let events: Vec<Uuid> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .join(sea_orm::JoinType::InnerJoin, rsvp::Relation::Event.def())
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part())
        .filter(event::Column::EndsAt.gt(tx.now()))
        .order_by_asc(rsvp::Column::EventId)
        .into_tuple()
        .all(tx.db())
        .await?;
    let mut released = 0;
    for id in events {
        let Some(given_up) = give_up(tx, member, id).await? else { continue };
        if let Some((event, sequence)) = given_up.notice.filter(|_| notify) {
            let row = members::load(tx.db(), member).await?;
            if let Some(to) = members::recipient(&row) {
                outbox::post(tx, Some(member), &to, &Email::from(emails::Left { event, sequence })).await?;
            }
        }
        audit::record_by(tx, Some(member), "rsvp.release", Some(given_up.rsvp.0)).await?;
        released += 1;
    }
    Ok(released)
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
