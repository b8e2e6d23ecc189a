//! Reading events for pages: few queries, none per row.

use std::collections::HashMap;

use domain::{
    Actor, Instant, Refusal, Slug, Zone,
    events::{Event, EventKind, EventStatus, Rsvp, RsvpState},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, Order, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::rows::{event_from_row, relation, rsvp_from_row, visible};
use crate::{
    Fault, Store,
    entities::{event, member, rsvp},
    schedule::{self, AgendaDay},
};

/// Events on one page of a list.
const PAGE: u64 = 20;

/// Which events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Not over yet, the next first.
    Coming,
    /// Over, the last first.
    Past,
}

/// An event in a list.
#[derive(Clone, Debug)]
pub struct EventCard {
    /// Its page.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub kind: EventKind,
    /// One line.
    pub summary: String,
    /// Where; empty when it is online only.
    pub place: String,
    /// Whether one can join online.
    pub online: bool,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// When it ends, UTC.
    pub ends_at: Instant,
    /// Its own zone.
    pub zone: Zone,
    /// Where it stands in its life.
    pub status: EventStatus,
    /// Seats; `None` for no limit.
    pub capacity: Option<u32>,
    /// Seats taken.
    pub going: u32,
    /// Seats asked for on the waitlist.
    pub waiting: u32,
    /// The reader's own answer.
    pub mine: Option<RsvpState>,
}

/// Which events the actor may see, as a condition.
fn seen_by(who: &Actor) -> Condition {
    let public = Condition::any().add(event::Column::Status.ne(EventStatus::Draft.name()));
    if permit(who, Action::SeeDraftEvent, Relation::Other).is_ok() {
        return Condition::all();
    }
    match who.member() {
        Some(me) if permit(who, Action::SeeDraftEvent, Relation::Own).is_ok() => {
            public.add(event::Column::HostId.eq(me.0))
        }
        _ => public,
    }
}

/// A page of events, and whether there are more. Drafts are for those who may see them; cancelled
/// ones stay until they would have been over.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn list(
    store: &Store,
    who: &Actor,
    span: Span,
    page: u32,
) -> Result<(Vec<EventCard>, bool), Fault> {
    let now = store.now();
    let find = event::Entity::find().filter(seen_by(who));
    let find = match span {
        Span::Coming => {
            find.filter(event::Column::EndsAt.gt(now)).order_by(event::Column::StartsAt, Order::Asc)
        }
        Span::Past => find
            .filter(event::Column::EndsAt.lte(now))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .order_by(event::Column::StartsAt, Order::Desc),
    };
    let mut rows = find
        .order_by_asc(event::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok((cards(store, who, rows).await?, more))
}

/// The coming events that the actor has a seat at or waits for, the next first.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn my_seats(store: &Store, who: &Actor) -> Result<Vec<EventCard>, Fault> {
    let Some(me) = who.member() else { return Ok(Vec::new()) };
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::MemberId.eq(me.0))
        .filter(rsvp::Column::State.is_in([RsvpState::Going.name(), RsvpState::Waiting.name()]))
        .find_also_related(event::Entity)
        .filter(event::Column::EndsAt.gt(store.now()))
        .order_by_asc(event::Column::StartsAt)
        .limit(50)
        .all(store.db())
        .await?;
    let events = rows.into_iter().filter_map(|(_, event)| event).collect();
    cards(store, who, events).await
}

async fn cards(store: &Store, who: &Actor, rows: Vec<event::Model>) -> Result<Vec<EventCard>, Fault> {
    let mut mine: HashMap<Uuid, RsvpState> = HashMap::new();
    if let Some(me) = who.member().filter(|_| !rows.is_empty()) {
        let answers = rsvp::Entity::find()
            .filter(rsvp::Column::MemberId.eq(me.0))
            .filter(rsvp::Column::EventId.is_in(rows.iter().map(|row| row.id)))
            .all(store.db())
            .await?;
        for answer in answers {
            mine.insert(answer.event_id, rsvp_from_row(answer)?.state);
        }
    }
    rows.into_iter()
        .map(|row| {
            let mine = mine.get(&row.id).copied();
            let event = event_from_row(row)?;
            Ok(EventCard {
                kind: event.details.kind,
                online: event.details.join_url.is_some(),
                starts_at: event.starts_at,
                ends_at: event.ends_at,
                zone: event.zone(),
                status: event.status,
                capacity: event.details.capacity,
                going: event.going,
                waiting: event.waiting,
                mine,
                slug: event.slug,
                title: event.details.title,
                summary: event.details.summary,
                place: event.details.place,
            })
        })
        .collect()
}

/// Everything the page of an event shows.
#[derive(Clone, Debug)]
pub struct EventPage {
    /// The event; where to join is left out for who has no seat and may not edit.
    pub event: Event,
    /// What its host is called.
    pub host: Option<String>,
    /// The reader's own answer.
    pub mine: Option<Rsvp>,
    /// The reader's position on the waitlist; 1 is next.
    pub position: Option<u32>,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// Whether a seat can be asked for now, and if not, why.
    pub may_rsvp: Result<(), Refusal>,
    /// Its sessions by day; empty for most events.
    pub agenda: Vec<AgendaDay>,
}

/// The page of an event.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub async fn page(store: &Store, who: &Actor, slug: &Slug) -> Result<EventPage, Fault> {
    let found = event::Entity::find()
        .filter(event::Column::Slug.eq(slug.as_str()))
        .find_also_related(member::Entity)
        .one(store.db())
        .await?;
    let (row, host) = found.ok_or(Fault::NotFound)?;
    let mut event = event_from_row(row)?;
    if !visible(who, &event) {
        return Err(Fault::NotFound);
    }
    let mine = match who.member() {
        Some(me) => rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(event.id.0))
            .filter(rsvp::Column::MemberId.eq(me.0))
            .one(store.db())
            .await?
            .map(rsvp_from_row)
            .transpose()?,
        None => None,
    };
    let position = match mine.as_ref().filter(|mine| mine.state == RsvpState::Waiting) {
        Some(mine) => {
            let before = rsvp::Entity::find()
                .filter(rsvp::Column::EventId.eq(event.id.0))
                .filter(rsvp::Column::State.eq(RsvpState::Waiting.name()))
                .filter(rsvp::Column::Place.lt(mine.place))
                .count(store.db())
                .await?;
            Some(u32::try_from(before).unwrap_or(u32::MAX - 1) + 1)
        }
        None => None,
    };
    let may_edit = permit(who, Action::EditEvent, relation(who, &event)).is_ok();
    let has_seat = mine.as_ref().is_some_and(|mine| mine.state == RsvpState::Going);
    if !has_seat && !may_edit {
        event.details.join_url = None;
    }
    Ok(EventPage {
        may_rsvp: event.registration(store.now()),
        agenda: schedule::agenda(store.db(), event.id).await?,
        host: host.map(|host| host.name).filter(|name| !name.is_empty()),
        mine,
        position,
        may_edit,
        event,
    })
}

/// How many seats there are and are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatCount {
    /// Seats; `None` for no limit.
    pub capacity: Option<u32>,
    /// Seats taken.
    pub going: u32,
    /// Seats asked for on the waitlist.
    pub waiting: u32,
}

/// How many seats there are and are taken, as the columns say.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub async fn seats(store: &Store, who: &Actor, slug: &Slug) -> Result<SeatCount, Fault> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(store.db()).await?;
    let event = event_from_row(found.ok_or(Fault::NotFound)?)?;
    if !visible(who, &event) {
        return Err(Fault::NotFound);
    }
    Ok(SeatCount { capacity: event.details.capacity, going: event.going, waiting: event.waiting })
}
