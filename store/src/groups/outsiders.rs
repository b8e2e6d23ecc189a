//! People outside a private group who take part in its events.

use domain::{EventId, Refusal, Slug};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::rows::{id_of, is_private};
use crate::{
    StoreError,
    entities::{event, group_member, rsvp},
    events,
    write::Tx,
};

/// Refuses to move an event to a private group while people outside the group take part in it.
pub(crate) async fn refuse_outsiders(tx: &Tx, group: &Slug, event: EventId) -> Result<(), StoreError> {
    let Some(id) = id_of(tx.db(), group).await? else { return Ok(()) };
    if !is_private(tx.db(), group).await? {
        return Ok(());
    }
    let only = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Id.eq(event.0))
        .into_query();
    check_no_outsiders(tx, id, only).await
}

/// Refuses if anyone outside a group has a seat, offer, request or waitlist position at some events.
pub(super) async fn check_no_outsiders(
    tx: &Tx,
    group: Uuid,
    events: SelectStatement,
) -> Result<(), StoreError> {
    let members = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.eq(group))
        .into_query();
    let outsiders = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.in_subquery(events))
        .filter(events::takes_part())
        .filter(rsvp::Column::MemberId.not_in_subquery(members))
        .count(tx.db())
        .await?;
    if outsiders > 0 { Err(Refusal::OutsidersHaveSeats.into()) } else { Ok(()) }
}

/// IDs of a group's events that aren't over, as a subquery.
pub(super) fn upcoming(group: Uuid, now: domain::Instant) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::GroupId.eq(group))
        .filter(event::Column::EndsAt.gt(now))
        .into_query()
}
