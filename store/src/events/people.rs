//! Who comes, waits and asks: what hosts see of an event, and what a link in a mail shows of a seat.

use domain::{
    Actor, Instant, RsvpId, Slug,
    events::{self, Event, Mode, Rsvp, RsvpState},
    policy::{Action, permit},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    host::last_seated,
    locked::before,
    rows::{EventRow, event_from_row, find, relation, rsvp_from_row, visible},
};
use crate::{
    Store, StoreError,
    entities::{event, member, rsvp},
    members,
};

/// People on a page of a list.
const PAGE: u64 = 50;

/// One person's answer, as hosts see it.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What they are called; may be empty.
    pub name: String,
    /// What they said.
    pub answer: Rsvp,
}

/// A pool that holds more people than seats, and who would move back (A4).
#[derive(Clone, Debug)]
pub struct Over {
    /// Which.
    pub pool: Mode,
    /// By how many seats.
    pub seats: u32,
    /// Who came last first.
    pub last: Vec<Answered>,
}

/// What hosts see.
#[derive(Clone, Debug)]
pub struct People {
    /// The event.
    pub event: Event,
    /// How many answers of each state there are.
    pub counts: Vec<(RsvpState, u32)>,
    /// One page of those that were asked for.
    pub people: Vec<Answered>,
    /// Whether there are more behind it.
    pub more: bool,
    /// Where there are more people than seats.
    pub over: Vec<Over>,
    /// The store's clock.
    pub now: Instant,
}

impl People {
    /// How many answers say so.
    #[must_use]
    pub fn count(&self, states: &[RsvpState]) -> u32 {
        self.counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, n)| n).sum()
    }
}

/// The people of an event whose answers stand like `states`, for its hosts: those with seats by when they
/// took them, those who wait by their place, the others by when they said so.
///
/// # Errors
/// `Refused` for who may not change the event, `NotFound` for hidden and absent events.
pub async fn people(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    states: &[RsvpState],
    page: u32,
) -> Result<People, StoreError> {
    let db = store.db();
    let found =
        find(actor).filter(event::Column::Slug.eq(slug.as_str())).into_model::<EventRow>().one(db).await?;
    let event = found.ok_or(StoreError::NotFound)?.event()?;
    if !visible(db, actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    let _permit = permit(actor, Action::EditEvent, relation(db, actor, &event).await?)?;
    let counts: Vec<(String, i64)> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::State)
        .expr_as(Expr::col(rsvp::Column::Id).count().cast_as("bigint"), "n")
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .group_by(rsvp::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let counts =
        counts.into_iter().filter_map(|(state, n)| Some((state.parse().ok()?, u32::try_from(n).ok()?)));
    let order = match states.first() {
        Some(RsvpState::Waiting) => rsvp::Column::WaitlistSeq,
        Some(RsvpState::Going | RsvpState::Offered) => rsvp::Column::SeatSeq,
        _ => rsvp::Column::AnsweredAt,
    };
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::State.is_in(states.iter().map(|state| state.name())))
        .find_also_related(member::Entity)
        .order_by(order, Order::Asc)
        .order_by_asc(rsvp::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > PAGE;
    let people = rows.into_iter().take(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let people = people.map(|(row, member)| answered(row, member)).collect::<Result<Vec<_>, _>>()?;
    let mut over = Vec::new();
    for pool in event.pools() {
        let seats = event.over_by(*pool);
        if seats > 0 {
            over.push(Over { pool: *pool, seats, last: last(store, &event, *pool, seats).await? });
        }
    }
    Ok(People { counts: counts.collect(), people, more, over, now: store.now(), event })
}

fn answered(row: rsvp::Model, member: Option<member::Model>) -> Result<Answered, StoreError> {
    Ok(Answered {
        name: member.map(member::Model::shown_name).unwrap_or_default(),
        answer: rsvp_from_row(row)?,
    })
}

async fn last(store: &Store, event: &Event, pool: Mode, over: u32) -> Result<Vec<Answered>, StoreError> {
    let seated = last_seated(store.db(), event, pool, over).await?;
    let last = events::last_seated(&seated, over);
    let names: Vec<member::Model> = member::Entity::find()
        .filter(member::Column::Id.is_in(last.iter().map(|answer| answer.member.0)))
        .all(store.db())
        .await?;
    let name = |answer: &Rsvp| {
        names.iter().find(|row| row.id == answer.member.0).map(|row| row.clone().shown_name())
    };
    Ok(last
        .into_iter()
        .map(|answer| Answered { name: name(answer).unwrap_or_default(), answer: answer.clone() })
        .collect())
}

/// What the page behind a link in a mail shows (A10).
#[derive(Clone, Debug)]
pub struct SeatCard {
    /// The event, without where to join.
    pub event: Event,
    /// The answer.
    pub mine: Rsvp,
    /// Its position in line; 1 is next.
    pub position: Option<u32>,
    /// The store's clock.
    pub now: Instant,
}

/// The seat behind a link in a mail, for whoever holds the link.
///
/// # Errors
/// `NotFound` when it is gone, its event is a draft again, or whose seat it is may not see the event any more.
pub async fn seat_card(store: &Store, id: RsvpId) -> Result<SeatCard, StoreError> {
    let found = rsvp::Entity::find_by_id(id.0).find_also_related(event::Entity).one(store.db()).await?;
    let Some((row, Some(event))) = found else { return Err(StoreError::NotFound) };
    let (mine, mut event) = (rsvp_from_row(row)?, event_from_row(event, None)?);
    let owner = members::as_actor(members::load(store.db(), mine.member).await?)?;
    if event.status == events::EventStatus::Draft || !visible(store.db(), &owner, &event).await? {
        return Err(StoreError::NotFound);
    }
    event.details.join_url = None;
    let position = match mine.is_waiting() {
        true => Some(1 + before(store.db(), &mine).await?),
        false => None,
    };
    Ok(SeatCard { event, mine, position, now: store.now() })
}
