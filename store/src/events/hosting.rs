//! The events that a member hosts or organises, for the "You host" part of the home page.

use std::collections::HashMap;

use domain::{
    Actor,
    events::{EventStatus, RsvpState},
    groups::GroupRole,
    policy::{
        events::{EditEvent, EventRelation},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    list::{EventCard, cards},
    rows::{EventRow, find},
    visibility::seen_by,
};
use crate::{
    Store, StoreError,
    entities::{event, rsvp},
    groups,
};

/// Maximum number of upcoming events, and of drafts.
const MAX_LISTED: u64 = 20;

/// An event that a member hosts or organises.
#[derive(Clone, Debug)]
pub struct HostedEvent {
    /// The event as in other lists.
    pub card: EventCard,
    /// Number of requests for a seat that wait for a decision.
    pub requests: u32,
}

/// The events that a member hosts, or whose group they organise.
#[derive(Clone, Debug, Default)]
pub struct Hosting {
    /// Published events that aren't over, the next first, at most 20.
    pub upcoming: Vec<HostedEvent>,
    /// Drafts, the last changed first, at most 20.
    pub drafts: Vec<EventCard>,
    /// Number of waiting requests at all upcoming events, including those not listed.
    pub requests: u32,
}

/// The events that the actor hosts, and those of groups where they are an organiser or co-organiser. Empty for
/// everyone else. Admins may edit every event, but that doesn't make them a host.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn hosting(store: &Store, actor: &Actor) -> Result<Hosting, StoreError> {
    let Some(hosted) = hosted_by(actor) else { return Ok(Hosting::default()) };
    let hosted = Condition::all().add(hosted).add(seen_by(actor));
    let upcoming = Condition::all()
        .add(hosted.clone())
        .add(event::Column::Status.eq(EventStatus::Published.name()))
        .add(event::Column::EndsAt.gt(store.now()));
    let rows = find(actor)
        .filter(upcoming.clone())
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .limit(MAX_LISTED)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let drafts = find(actor)
        .filter(hosted)
        .filter(event::Column::Status.eq(EventStatus::Draft.name()))
        .order_by_desc(event::Column::UpdatedAt)
        .order_by_asc(event::Column::Id)
        .limit(MAX_LISTED)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|event_row| event_row.row.id).collect();
    let requests = requests_of(store, &ids).await?;
    let cards_of_upcoming = cards(store, actor, rows).await?;
    let upcoming_events = ids
        .iter()
        .zip(cards_of_upcoming)
        .map(|(id, card)| HostedEvent { card, requests: requests.get(id).copied().unwrap_or(0) });
    let all = event::Entity::find().select_only().column(event::Column::Id).filter(upcoming).into_query();
    let requests = rsvp::Entity::find()
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()))
        .filter(rsvp::Column::EventId.in_subquery(all))
        .count(store.db())
        .await?;
    Ok(Hosting {
        upcoming: upcoming_events.collect(),
        drafts: cards(store, actor, drafts).await?,
        requests: u32::try_from(requests).unwrap_or(u32::MAX),
    })
}

/// The condition for events that the actor hosts or organises and may edit. `None` when there can be none.
fn hosted_by(actor: &Actor) -> Option<Condition> {
    let me = actor.member()?;
    let may = |relation| permit(actor, EditEvent, relation).is_ok();
    let led = || groups::of_member(me, &[GroupRole::Organiser, GroupRole::CoOrganiser]);
    let hosted = may(EventRelation::Hosts).then(|| event::Column::HostId.eq(me.0));
    let in_led_group = may(EventRelation::Organises).then(|| event::Column::GroupId.in_subquery(led()));
    let cohosted =
        may(EventRelation::Organises).then(|| event::Column::Id.in_subquery(groups::cohosted_by(led())));
    if hosted.is_none() && in_led_group.is_none() {
        return None;
    }
    Some(Condition::any().add_option(hosted).add_option(in_led_group).add_option(cohosted))
}

/// Number of waiting requests per event.
async fn requests_of(store: &Store, events: &[Uuid]) -> Result<HashMap<Uuid, u32>, StoreError> {
    let counts: Vec<(Uuid, i64)> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .expr_as(Expr::col(rsvp::Column::Id).count().cast_as("bigint"), "n")
        .filter(rsvp::Column::EventId.is_in(events.iter().copied()))
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()))
        .group_by(rsvp::Column::EventId)
        .into_tuple()
        .all(store.db())
        .await?;
    Ok(counts.into_iter().map(|(event, n)| (event, u32::try_from(n).unwrap_or(u32::MAX))).collect())
}
