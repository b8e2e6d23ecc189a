//! The events that a member hosts or organises, for the "You host" part of the home page.

use std::collections::HashMap;

use domain::{
    Actor, Instant, RsvpId, Slug,
    events::{EventStatus, RsvpState},
    groups::GroupRole,
    policy::{
        Action,
        events::{DeleteDraft, EditEvent, EventRelation},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, JoinType, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use super::{
    list::{EventCard, cards},
    rows::{EventRow, find},
    visibility::{cohosted_by_member, seen_by},
};
use crate::{
    Store, StoreError,
    entities::{event, rsvp},
    groups, members,
};

/// Maximum number of upcoming events, and of drafts.
const MAX_LISTED: u64 = 20;
/// Maximum number of requests that are listed by name.
const MAX_REQUESTS: u64 = 5;

/// An event that a member hosts or organises.
#[derive(Clone, Debug)]
pub struct HostedEvent {
    /// The event as in other lists.
    pub card: EventCard,
    /// Number of requests for a seat that wait for a decision.
    pub requests: u32,
}

/// A draft of a member who hosts or organises it.
#[derive(Clone, Debug)]
pub struct HostedDraft {
    /// The event as in other lists.
    pub card: EventCard,
    /// Whether they can delete it. Individual co-hosts can't.
    pub may_delete: bool,
}

/// A request for a seat that waits for the host's answer.
#[derive(Clone, Debug)]
pub struct SeatRequest {
    /// The RSVP to approve or decline.
    pub rsvp: RsvpId,
    /// Slug of the event.
    pub event: Slug,
    /// Title of the event.
    pub title: String,
    /// The name of the member who requests a seat. May be empty.
    pub name: String,
    /// The page of that member, if the host may open it.
    pub page: Option<Slug>,
    /// Number of guests they want to bring.
    pub guests: u8,
    /// When they sent the request.
    pub since: Instant,
}

/// The events that a member hosts, or whose group they organise.
#[derive(Clone, Debug, Default)]
pub struct Hosting {
    /// Published events that aren't over, the next first, at most 20.
    pub upcoming: Vec<HostedEvent>,
    /// Drafts, the last changed first, at most 20.
    pub drafts: Vec<HostedDraft>,
    /// Number of waiting requests at all upcoming events, including those not listed.
    pub requests: u32,
    /// The requests that have waited longest, at most 5.
    pub oldest_requests: Vec<SeatRequest>,
}

/// The events that the actor hosts, and those of groups where they are an organiser or co-organiser. Empty for
/// everyone else. Admins may edit every event, but that doesn't make them a host.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn hosting(store: &Store, actor: &Actor) -> Result<Hosting, StoreError> {
    let Some(hosted) = hosted_by(actor) else { return Ok(Hosting::default()) };
    let hosted = Condition::all().add(hosted).add(seen_by(actor));
    let upcoming = hosted.clone().add(is_upcoming(store.now()));
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
    let upcoming_events = upcoming_events.collect();
    let all = event::Entity::find().select_only().column(event::Column::Id).filter(upcoming).into_query();
    let pending = rsvp::Entity::find()
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()))
        .filter(rsvp::Column::EventId.in_subquery(all));
    let oldest_requests = oldest(store, actor, pending.clone()).await?;
    // Only a full list can have more requests than it shows.
    let requests = match oldest_requests.len() as u64 {
        MAX_REQUESTS => pending.count(store.db()).await?,
        listed => listed,
    };
    Ok(Hosting {
        upcoming: upcoming_events,
        drafts: drafts_of(store, actor, drafts).await?,
        requests: u32::try_from(requests).unwrap_or(u32::MAX),
        oldest_requests,
    })
}

/// Drafts as cards, and whether the actor can delete them.
async fn drafts_of(
    store: &Store,
    actor: &Actor,
    rows: Vec<EventRow>,
) -> Result<Vec<HostedDraft>, StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|event_row| event_row.row.id).collect();
    let deletable: Vec<Uuid> = match led_by(actor, DeleteDraft) {
        Some(led) if !ids.is_empty() => {
            event::Entity::find()
                .select_only()
                .column(event::Column::Id)
                .filter(event::Column::Id.is_in(ids.iter().copied()))
                .filter(led)
                .filter(seen_by(actor))
                .into_tuple()
                .all(store.db())
                .await?
        }
        Some(_) | None => Vec::new(),
    };
    let cards = cards(store, actor, rows).await?;
    let draft = |(id, card)| HostedDraft { card, may_delete: deletable.contains(&id) };
    Ok(ids.into_iter().zip(cards).map(draft).collect())
}

/// The oldest of these requests, with the names of the members and the titles of the events.
async fn oldest(
    store: &Store,
    actor: &Actor,
    pending: Select<rsvp::Entity>,
) -> Result<Vec<SeatRequest>, StoreError> {
    let rows: Vec<RequestRow> = pending
        .select_only()
        .columns([rsvp::Column::Id, rsvp::Column::MemberId, rsvp::Column::Guests, rsvp::Column::AnsweredAt])
        .columns([event::Column::Slug, event::Column::Title])
        .expr_as(members::shown_name(), "name")
        .join(JoinType::InnerJoin, rsvp::Relation::Member.def())
        .join(JoinType::InnerJoin, rsvp::Relation::Event.def())
        .order_by_asc(rsvp::Column::AnsweredAt)
        .order_by_asc(rsvp::Column::Id)
        .limit(MAX_REQUESTS)
        .into_model()
        .all(store.db())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let pages = members::page_slugs(store.db(), actor, rows.iter().map(|row| row.member_id)).await?;
    let request = |row: RequestRow| {
        let event = Slug::parse(&row.slug).ok_or_else(|| StoreError::Corrupt("unreadable slug".into()))?;
        Ok(SeatRequest {
            rsvp: RsvpId(row.id),
            event,
            title: row.title,
            name: row.name,
            page: pages.get(&row.member_id).cloned(),
            guests: u8::try_from(row.guests).unwrap_or(0),
            since: row.answered_at,
        })
    };
    rows.into_iter().map(request).collect()
}

/// A request with the columns of its event and member.
#[derive(FromQueryResult)]
struct RequestRow {
    id: Uuid,
    member_id: Uuid,
    guests: i32,
    answered_at: Instant,
    slug: String,
    title: String,
    name: String,
}

/// Ids of the published events that aren't over and that the actor hosts, organises or co-hosts, as a subquery. `None`
/// when there can be none.
pub(crate) fn hosted_upcoming(actor: &Actor, now: Instant) -> Option<SelectStatement> {
    let hosted = Condition::all().add(hosted_by(actor)?).add(seen_by(actor)).add(is_upcoming(now));
    Some(event::Entity::find().select_only().column(event::Column::Id).filter(hosted).into_query())
}

fn is_upcoming(now: Instant) -> Condition {
    Condition::all()
        .add(event::Column::Status.eq(EventStatus::Published.name()))
        .add(event::Column::EndsAt.gt(now))
}

/// The condition for events that the actor hosts, organises or co-hosts and may edit. `None` when there can be none.
fn hosted_by(actor: &Actor) -> Option<Condition> {
    let me = actor.member()?;
    let cohosted = permit(actor, EditEvent, EventRelation::CoHosts)
        .is_ok()
        .then(|| event::Column::Id.in_subquery(cohosted_by_member(me, true)));
    Some(led_by(actor, EditEvent)?.add_option(cohosted))
}

/// The condition for events that the actor hosts or organises and to which they may do this. `None` when there can be none.
fn led_by<A>(actor: &Actor, action: A) -> Option<Condition>
where
    A: Action<Relation = EventRelation> + Copy,
{
    let me = actor.member()?;
    let may = |relation| permit(actor, action, relation).is_ok();
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
