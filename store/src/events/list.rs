//! Lists of events. A list takes two queries, whatever its length.

use std::collections::HashMap;

use domain::{
    Actor, Instant, Slug, Zone,
    events::{Availability, EventKind, EventStatus, EventTime, Mode, RsvpState, UploadedCover, Venue},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use super::{
    faces::{Face, faces},
    rows::{EventRow, find, rsvp_from_row, takes_part},
    search_text,
    subjects::{SubjectList, about},
    visibility::{any_seen_by, seen_by},
};
use crate::{
    Store, StoreError,
    entities::{event, group, rsvp},
    groups::{self, GroupName},
};

/// Events per page.
const PAGE_SIZE: u64 = 20;
/// The most of a member's own upcoming events that are read at once.
pub const MY_SEATS: usize = 50;
/// The most workshops that a page of one's own events names.
const MAX_WORKSHOPS: u64 = 200;
/// Maximum number of events in `Span::Between`, which has a single page.
const PAGE_SIZE_BETWEEN: u64 = 200;

/// The time span of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// Not over yet, the next first.
    #[default]
    Coming,
    /// Over, the latest first, without cancelled events.
    Past,
    /// Starting at or after the first instant and before the second, the earliest first. Includes cancelled
    /// events.
    Between(Instant, Instant),
}

/// How people attend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Attended online. Hybrid events match too.
    Online,
    /// Attended in person. Hybrid events match too.
    OnSite,
}

/// Which events to list. All conditions must match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// When the events take place.
    pub span: Span,
    /// Kind of event, such as a talk.
    pub kind: Option<EventKind>,
    /// Slug of the group that hosts or co-hosts.
    pub group: Option<Slug>,
    /// Topics, stages and disciplines. An event must have all of them.
    pub about: Vec<(SubjectList, Slug)>,
    /// Only events that can be attended this way.
    pub place: Option<Place>,
    /// Only published events with a free seat that aren't over.
    pub free: bool,
    /// Only events where the reader has a seat, an offer, a request or a waitlist position.
    pub mine: bool,
    /// Search words, at most eight. Each must occur in title, summary or place, in upper or lower case.
    pub words: String,
}

/// An event in a list.
#[derive(Clone, Debug)]
pub struct EventCard {
    /// Slug of the event's page.
    pub slug: Slug,
    /// Title of the event.
    pub title: String,
    /// Kind of event, such as a talk.
    pub kind: EventKind,
    /// Summary in one sentence.
    pub summary: String,
    /// Address or room. Empty when the event is online only.
    pub place: String,
    /// Whether people can join online.
    pub online: bool,
    /// The cover that its hosts uploaded; `None` while it has a generated one.
    pub cover: Option<UploadedCover>,
    /// Start of the event in UTC.
    pub starts_at: Instant,
    /// End of the event in UTC.
    pub ends_at: Instant,
    /// Time zone of the event.
    pub zone: Zone,
    /// Draft, published or cancelled.
    pub status: EventStatus,
    /// Seats on site, or of the only pool. `None` means no limit.
    pub capacity: Option<u32>,
    /// Where one person without guests would find a seat.
    pub availability: Availability,
    /// Seats taken beyond `capacity` (A4).
    pub over: u32,
    /// Seats taken out of `capacity`.
    pub going: u32,
    /// Seats wanted on the waitlist of the same pool.
    pub waiting: u32,
    /// The group that the event belongs to.
    pub group: Option<GroupName>,
    /// The host's name, if the reader may see it.
    pub host: Option<String>,
    /// Some of the people who come and whom the reader may see, at most five. Empty in lists that show no faces.
    pub faces: Vec<Face>,
    /// State of the reader's RSVP. `None` if there is none.
    pub my_rsvp: Option<RsvpState>,
    /// Whether it is a date of a series that was changed on its own (B5).
    pub series_changed: bool,
    /// Workshops of the event at which the reader has a seat, an offer or a waitlist position, by start (D7). Only in lists
    /// of the reader's own events.
    pub workshops: Vec<OwnWorkshop>,
}

/// A workshop inside an event, for somebody who takes part in it.
#[derive(Clone, Debug)]
pub struct OwnWorkshop {
    /// Slug of the workshop. Its address leads to the page of its session.
    pub slug: Slug,
    /// Title of the workshop.
    pub title: String,
    /// Start, end and time zone.
    pub time: EventTime,
    /// Published or cancelled.
    pub status: EventStatus,
    /// State of the reader's RSVP.
    pub my_rsvp: RsvpState,
}

impl EventCard {
    /// Start, end, time zone and venue.
    #[must_use]
    pub fn time(&self) -> EventTime {
        let venue = Venue::of(&self.place, self.online);
        EventTime { venue, zone: self.zone, starts: self.starts_at, ends: self.ends_at }
    }
}

/// A page of events, counted from 0, and whether there are more. Includes drafts that the actor may see.
/// Cancelled events are listed until their end.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
) -> Result<(Vec<EventCard>, bool), StoreError> {
    let now = store.now();
    let max = if matches!(filter.span, Span::Between(..)) { PAGE_SIZE_BETWEEN } else { PAGE_SIZE };
    let query = in_span(find(actor).filter(seen_by(actor)), filter.span, now);
    let mut rows = query
        .filter(conditions(filter, actor, now))
        .order_by_asc(event::Column::Id)
        .offset(u64::from(page) * max)
        .limit(max + 1)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > max;
    rows.truncate(usize::try_from(max).unwrap_or(usize::MAX));
    let mut workshops = match filter.mine {
        true => own_workshops(store, actor, &rows).await?,
        false => HashMap::new(),
    };
    // Months and weeks show no faces, and may contain hundreds of events.
    let mut cards = match filter.span {
        Span::Between(..) => cards(store, actor, rows).await?,
        Span::Coming | Span::Past => cards_with_faces(store, actor, rows).await?,
    };
    for card in &mut cards {
        card.workshops = workshops.remove(&card.slug).unwrap_or_default();
    }
    Ok((cards, more))
}

/// The workshops of these events in which the reader takes part, by the slug of the event. Two queries. The reader sees the
/// events, and so their workshops.
async fn own_workshops(
    store: &Store,
    actor: &Actor,
    events: &[EventRow],
) -> Result<HashMap<Slug, Vec<OwnWorkshop>>, StoreError> {
    let rows = find(actor)
        .filter(event::Column::ParentId.is_in(events.iter().map(|event| event.row.id)))
        .filter(event::Column::Id.in_subquery(own_events(actor)))
        .filter(event::Column::Status.ne(EventStatus::Draft.name()))
        .filter(any_seen_by(actor))
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .limit(MAX_WORKSHOPS)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let states = own_states(store, actor, &rows).await?;
    let mut workshops: HashMap<Slug, Vec<OwnWorkshop>> = HashMap::new();
    for event_row in rows {
        let Some(my_rsvp) = states.get(&event_row.row.id).copied() else { continue };
        let parent = events.iter().find(|event| Some(event.row.id) == event_row.row.parent_id);
        let Some(parent) = parent.and_then(|event| Slug::parse(&event.row.slug)) else { continue };
        let workshop = event_row.event()?;
        let time = workshop.time();
        workshops.entry(parent).or_default().push(OwnWorkshop {
            slug: workshop.slug,
            title: workshop.details.title,
            time,
            status: workshop.status,
            my_rsvp,
        });
    }
    Ok(workshops)
}

fn in_span(query: Select<event::Entity>, span: Span, now: Instant) -> Select<event::Entity> {
    match span {
        Span::Coming => {
            query.filter(event::Column::EndsAt.gt(now)).order_by(event::Column::StartsAt, Order::Asc)
        }
        Span::Past => query
            .filter(event::Column::EndsAt.lte(now))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .order_by(event::Column::StartsAt, Order::Desc),
        Span::Between(from, to) => query
            .filter(event::Column::StartsAt.gte(from))
            .filter(event::Column::StartsAt.lt(to))
            .order_by(event::Column::StartsAt, Order::Asc),
    }
}

/// Every condition of a filter except the span.
fn conditions(filter: &Filter, actor: &Actor, now: Instant) -> Condition {
    let free = || {
        Condition::all()
            .add(event::Column::Status.eq(EventStatus::Published.name()))
            .add(event::Column::EndsAt.gt(now))
            .add(has_seats(filter.place))
    };
    let place = |place: Place| match place {
        Place::Online => event::Column::JoinUrl.is_not_null(),
        Place::OnSite => event::Column::Place.ne(""),
    };
    let conditions = Condition::all()
        .add_option(filter.kind.map(|kind| event::Column::Kind.eq(kind.name())))
        .add_option(filter.group.as_ref().map(hosted_by))
        .add_option(filter.place.map(place))
        .add_option(filter.free.then(free))
        .add_option(filter.mine.then(|| event::Column::Id.in_subquery(own_events(actor))))
        .add(search_text::condition(&filter.words));
    filter.about.iter().fold(conditions, |conditions, (list, slug)| {
        conditions.add(event::Column::Id.in_subquery(about(*list, slug)))
    })
}

/// Whether an event has a free seat for the given way to attend. Hybrid events have separate seats on site and
/// online (A12).
fn has_seats(place: Option<Place>) -> Condition {
    let pool = |going: event::Column, capacity: event::Column| {
        Condition::any().add(capacity.is_null()).add(Expr::col(going).lt(Expr::col(capacity)))
    };
    let hybrid = Condition::all().add(event::Column::Place.ne("")).add(event::Column::JoinUrl.is_not_null());
    let first = pool(event::Column::Going, event::Column::Capacity);
    let online = hybrid.clone().add(pool(event::Column::OnlineGoing, event::Column::OnlineCapacity));
    match place {
        None => Condition::any().add(first).add(online),
        Some(Place::OnSite) => first,
        Some(Place::Online) => {
            Condition::any().add(Condition::all().add(hybrid.not()).add(first)).add(online)
        }
    }
}

/// A group's own events and those it co-hosts (F6).
fn hosted_by(slug: &Slug) -> Condition {
    let group_id = group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(group::Column::Slug.eq(slug.as_str()))
        .into_query();
    Condition::any()
        .add(group::Column::Slug.eq(slug.as_str()))
        .add(event::Column::Id.in_subquery(groups::cohosted_by(group_id)))
}

/// IDs of the events where the actor has a seat, an offer, a request or a waitlist position.
fn own_events(actor: &Actor) -> SelectStatement {
    // No RSVP has the nil ID, so visitors match none.
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(me))
        .filter(takes_part())
        .into_query()
}

/// The actor's upcoming events and workshops with a seat, an offer, a request or a waitlist position, the next first. At
/// most [`MY_SEATS`].
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn my_seats(store: &Store, actor: &Actor) -> Result<Vec<EventCard>, StoreError> {
    if actor.member().is_none() {
        return Ok(Vec::new());
    }
    let rows = find(actor)
        .filter(event::Column::Id.in_subquery(own_events(actor)))
        .filter(any_seen_by(actor))
        .filter(event::Column::EndsAt.gt(store.now()))
        .order_by_asc(event::Column::StartsAt)
        .limit(MY_SEATS as u64)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    cards_with_faces(store, actor, rows).await
}

/// The upcoming seats that the actor would lose by leaving a private group, the next first, at most 50.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn seats_in_private_group(
    store: &Store,
    actor: &Actor,
    group: &Slug,
) -> Result<Vec<EventCard>, StoreError> {
    let rows = find(actor)
        .filter(event::Column::Id.in_subquery(own_events(actor)))
        .filter(event::Column::GroupId.in_subquery(groups::private()))
        .filter(group::Column::Slug.eq(group.as_str()))
        .filter(seen_by(actor))
        .filter(event::Column::EndsAt.gt(store.now()))
        .order_by_asc(event::Column::StartsAt)
        .limit(50)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    cards(store, actor, rows).await
}

/// Converts rows to cards in the same order, with the reader's own RSVPs.
pub(crate) async fn cards(
    store: &Store,
    actor: &Actor,
    rows: Vec<EventRow>,
) -> Result<Vec<EventCard>, StoreError> {
    let states = own_states(store, actor, &rows).await?;
    made(actor, rows, &states, HashMap::new())
}

async fn cards_with_faces(
    store: &Store,
    actor: &Actor,
    rows: Vec<EventRow>,
) -> Result<Vec<EventCard>, StoreError> {
    let states = own_states(store, actor, &rows).await?;
    let is_going = |event: Uuid| states.get(&event) == Some(&RsvpState::Going);
    let faces = faces(store.db(), actor, &rows, is_going).await?;
    made(actor, rows, &states, faces)
}

/// The state of the reader's RSVP for each of the events where they have one.
async fn own_states(
    store: &Store,
    actor: &Actor,
    rows: &[EventRow],
) -> Result<HashMap<Uuid, RsvpState>, StoreError> {
    let mut states: HashMap<Uuid, RsvpState> = HashMap::new();
    if let Some(me) = actor.member().filter(|_| !rows.is_empty()) {
        let rsvps = rsvp::Entity::find()
            .filter(rsvp::Column::MemberId.eq(me.0))
            .filter(rsvp::Column::EventId.is_in(rows.iter().map(|event_row| event_row.row.id)))
            .all(store.db())
            .await?;
        for rsvp in rsvps {
            states.insert(rsvp.event_id, rsvp_from_row(rsvp)?.state);
        }
    }
    Ok(states)
}

fn made(
    actor: &Actor,
    rows: Vec<EventRow>,
    states: &HashMap<Uuid, RsvpState>,
    mut faces: HashMap<Uuid, Vec<Face>>,
) -> Result<Vec<EventCard>, StoreError> {
    rows.into_iter()
        .map(|event_row| {
            let of_event = faces.remove(&event_row.row.id).unwrap_or_default();
            let state = states.get(&event_row.row.id).copied();
            let (group, host) = (event_row.group(), event_row.host(actor));
            let series_changed = event_row.row.series_changed;
            let event = event_row.event()?;
            Ok(EventCard {
                series_changed,
                workshops: Vec::new(),
                kind: event.details.kind,
                online: event.details.join_url.is_some(),
                starts_at: event.starts_at,
                ends_at: event.ends_at,
                zone: event.zone(),
                status: event.status,
                capacity: event.details.capacity,
                availability: event.availability(),
                over: event.over_by(Mode::OnSite),
                going: event.going,
                waiting: event.waiting,
                group,
                host,
                faces: of_event,
                my_rsvp: state,
                cover: event.cover,
                slug: event.slug,
                title: event.details.title,
                summary: event.details.summary,
                place: event.details.place,
            })
        })
        .collect()
}
