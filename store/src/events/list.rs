//! Lists of events: two queries, however many there are.

use std::collections::HashMap;

use domain::{
    Actor, Instant, Slug, Zone,
    events::{Availability, EventKind, EventStatus, EventTime, Mode, RsvpState, Venue},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use super::{
    rows::{EventRow, find, rsvp_from_row, takes_part},
    search_text,
    subjects::{SubjectList, about},
    visibility::seen_by,
};
use crate::{
    Store, StoreError,
    entities::{event, group, rsvp},
    groups,
};

/// Events on one page of a list.
const PAGE: u64 = 20;
/// Events of a stretch of time, which is shown whole.
const PAGE_BETWEEN: u64 = 200;

/// When.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// Not over yet, the next first.
    #[default]
    Coming,
    /// Over, the last first; without those that were cancelled.
    Past,
    /// Those that start from the first instant on and before the second, by their start; cancelled ones too.
    Between(Instant, Instant),
}

/// Where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One can join online.
    Online,
    /// There is a place to go to.
    OnSite,
}

/// Which events: those that everything said here is true of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// When.
    pub span: Span,
    /// What they are for.
    pub kind: Option<EventKind>,
    /// The group that holds them.
    pub group: Option<Slug>,
    /// What they are about: entries that they must all have.
    pub about: Vec<(SubjectList, Slug)>,
    /// Where; an event may be at both.
    pub place: Option<Place>,
    /// Only those that are published, not over, and have a seat free.
    pub free: bool,
    /// Only those that the reader has a seat at or waits for.
    pub mine: bool,
    /// Words that title, summary or place hold, each of them somewhere, in whatever case; at most eight
    /// count.
    pub words: String,
}

/// A group's name, and where it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupName {
    /// Its name in URLs and forms.
    pub slug: Slug,
    /// Its name.
    pub name: String,
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
    /// Where somebody who comes alone would find a seat.
    pub availability: Availability,
    /// By how many seats the room, or the only pool, is over its capacity (A4).
    pub over: u32,
    /// Seats taken in that pool.
    pub going: u32,
    /// Seats asked for on its waitlist.
    pub waiting: u32,
    /// The group that holds it.
    pub group: Option<GroupName>,
    /// What its host is called.
    pub host: Option<String>,
    /// The reader's own answer.
    pub mine: Option<RsvpState>,
}

impl EventCard {
    /// When it is.
    #[must_use]
    pub fn time(&self) -> EventTime {
        let venue = Venue::of(&self.place, self.online);
        EventTime { venue, zone: self.zone, starts: self.starts_at, ends: self.ends_at }
    }
}

/// A page of events, and whether there are more. Drafts are for those who may see them; cancelled
/// ones stay until they would have been over.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
) -> Result<(Vec<EventCard>, bool), StoreError> {
    let now = store.now();
    let max = if matches!(filter.span, Span::Between(..)) { PAGE_BETWEEN } else { PAGE };
    let find = in_span(find(actor).filter(seen_by(actor)), filter.span, now);
    let mut rows = find
        .filter(wanted(filter, actor, now))
        .order_by_asc(event::Column::Id)
        .offset(u64::from(page) * max)
        .limit(max + 1)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > max;
    rows.truncate(usize::try_from(max).unwrap_or(usize::MAX));
    Ok((cards(store, actor, rows).await?, more))
}

fn in_span(find: Select<event::Entity>, span: Span, now: Instant) -> Select<event::Entity> {
    match span {
        Span::Coming => {
            find.filter(event::Column::EndsAt.gt(now)).order_by(event::Column::StartsAt, Order::Asc)
        }
        Span::Past => find
            .filter(event::Column::EndsAt.lte(now))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .order_by(event::Column::StartsAt, Order::Desc),
        Span::Between(from, to) => find
            .filter(event::Column::StartsAt.gte(from))
            .filter(event::Column::StartsAt.lt(to))
            .order_by(event::Column::StartsAt, Order::Asc),
    }
}

/// Everything but the span, as a condition.
fn wanted(filter: &Filter, actor: &Actor, now: Instant) -> Condition {
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
    let wanted = Condition::all()
        .add_option(filter.kind.map(|kind| event::Column::Kind.eq(kind.name())))
        .add_option(filter.group.as_ref().map(held_by))
        .add_option(filter.place.map(place))
        .add_option(filter.free.then(free))
        .add_option(filter.mine.then(|| event::Column::Id.in_subquery(answered(actor))))
        .add(search_text::condition(&filter.words));
    filter
        .about
        .iter()
        .fold(wanted, |wanted, (list, slug)| wanted.add(event::Column::Id.in_subquery(about(*list, slug))))
}

/// That an event has a seat free, in the way of coming that is looked for: where there is a room and a link,
/// each has seats of its own (A12).
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

/// A group's own events, and those that it holds together with others (F6).
fn held_by(slug: &Slug) -> Condition {
    let named = group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(group::Column::Slug.eq(slug.as_str()))
        .into_query();
    Condition::any()
        .add(group::Column::Slug.eq(slug.as_str()))
        .add(event::Column::Id.in_subquery(groups::held_with(named)))
}

/// The events that the actor has a seat at or waits for.
fn answered(actor: &Actor) -> SelectStatement {
    // Nobody has answered as nobody.
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(me))
        .filter(takes_part())
        .into_query()
}

/// The coming events that the actor has a seat at or waits for, the next first.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn my_seats(store: &Store, actor: &Actor) -> Result<Vec<EventCard>, StoreError> {
    if actor.member().is_none() {
        return Ok(Vec::new());
    }
    let rows = find(actor)
        .filter(event::Column::Id.in_subquery(answered(actor)))
        .filter(seen_by(actor))
        .filter(event::Column::EndsAt.gt(store.now()))
        .order_by_asc(event::Column::StartsAt)
        .limit(50)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    cards(store, actor, rows).await
}

/// What the actor would give up by leaving a group that is private: their coming seats there, the next
/// first.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn at_stake(store: &Store, actor: &Actor, group: &Slug) -> Result<Vec<EventCard>, StoreError> {
    let rows = find(actor)
        .filter(event::Column::Id.in_subquery(answered(actor)))
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

/// Rows as cards, in the same order, with the reader's own answers.
pub(super) async fn cards(
    store: &Store,
    actor: &Actor,
    rows: Vec<EventRow>,
) -> Result<Vec<EventCard>, StoreError> {
    let mut mine: HashMap<Uuid, RsvpState> = HashMap::new();
    if let Some(me) = actor.member().filter(|_| !rows.is_empty()) {
        let answers = rsvp::Entity::find()
            .filter(rsvp::Column::MemberId.eq(me.0))
            .filter(rsvp::Column::EventId.is_in(rows.iter().map(|found| found.row.id)))
            .all(store.db())
            .await?;
        for answer in answers {
            mine.insert(answer.event_id, rsvp_from_row(answer)?.state);
        }
    }
    rows.into_iter()
        .map(|found| {
            let mine = mine.get(&found.row.id).copied();
            let (group, host) = (found.group(), found.host(actor));
            let event = found.event()?;
            Ok(EventCard {
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
                mine,
                slug: event.slug,
                title: event.details.title,
                summary: event.details.summary,
                place: event.details.place,
            })
        })
        .collect()
}
