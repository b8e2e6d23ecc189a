//! RSVPs of an event for its hosts, and one seat for an email link.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Actor, Instant, RsvpId, Slug,
    events::{self, Event, Mode, Rsvp, RsvpState},
    policy::{events::EditEvent, permit},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    host::last_seated,
    locked::count_before,
    questions::{Answer, all_answers, answers_of},
    rows::{EventRow, edit_permit, event_from_row, find, relation, rsvp_from_row},
    search_text::each_word_in,
    visibility::visible_any,
};
use crate::{
    Store, StoreError, audit,
    entities::{event, member, rsvp},
    members,
    write::verb,
};

/// RSVPs per page.
const PAGE_SIZE: u64 = 50;
/// The most RSVPs in a spreadsheet.
const MAX_EXPORTED: u64 = 10_000;

/// One person's RSVP as hosts see it.
#[derive(Clone, Debug)]
pub struct AttendeeRsvp {
    /// The member's name. May be empty.
    pub name: String,
    /// The member's page, if the reader may open it.
    pub page: Option<Slug>,
    /// The RSVP itself, with state, guests and message.
    pub rsvp: Rsvp,
    /// Whether hosts marked the person as a no-show (E3).
    pub is_no_show: bool,
    /// What they answered to the questions of the event (B11).
    pub answers: Vec<Answer>,
}

/// A pool with more people than seats, and who would move back to the waitlist (A4).
#[derive(Clone, Debug)]
pub struct Over {
    /// On site or online.
    pub pool: Mode,
    /// Seats taken beyond the capacity.
    pub seats: u32,
    /// The RSVPs that would move back, the newest seat first.
    pub to_move: Vec<AttendeeRsvp>,
}

/// Which of an event's RSVPs to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// The states. The first one sets the order: seats by when they were taken, the waitlist by position, others by
    /// when they were sent.
    pub states: Vec<RsvpState>,
    /// Words, each of which must occur in the name. Empty for everybody.
    pub words: String,
}

/// The page of an event's RSVPs for hosts.
#[derive(Clone, Debug)]
pub struct People {
    /// The event that the RSVPs are for.
    pub event: Event,
    /// Number of RSVPs per state. States without RSVPs are left out.
    pub counts: Vec<(RsvpState, u32)>,
    /// One page of the requested RSVPs.
    pub people: Vec<AttendeeRsvp>,
    /// Whether there is another page.
    pub more: bool,
    /// The pools that are over capacity.
    pub over: Vec<Over>,
    /// The store's current time.
    pub now: Instant,
}

impl People {
    /// Number of RSVPs in any of these states.
    #[must_use]
    pub fn count(&self, states: &[RsvpState]) -> u32 {
        self.counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, n)| n).sum()
    }
}

/// One page of an event's RSVPs, for its hosts. Pages count from 0.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn people(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    filter: &PeopleFilter,
    page: u32,
) -> Result<People, StoreError> {
    let db = store.db();
    let event = managed(db, actor, slug).await?;
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
    let order = match filter.states.first() {
        Some(RsvpState::Waiting) => rsvp::Column::WaitlistSeq,
        Some(RsvpState::Going | RsvpState::Offered) => rsvp::Column::SeatSeq,
        _ => rsvp::Column::AnsweredAt,
    };
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::State.is_in(filter.states.iter().map(|state| state.name())))
        .find_also_related(member::Entity)
        .filter(each_word_in(&filter.words, &[members::shown_name()]))
        .order_by(order, Order::Asc)
        .order_by_asc(rsvp::Column::Id)
        .offset(u64::from(page) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > PAGE_SIZE;
    let rows: Vec<_> = rows.into_iter().take(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX)).collect();
    let pages = members::page_slugs(db, actor, rows.iter().map(|(row, _)| row.member_id)).await?;
    let mut answers = answers_of(db, event.id.0, rows.iter().map(|(row, _)| row.member_id).collect()).await?;
    let people = rows.into_iter().map(|(row, member)| attendee(row, member, &pages, &mut answers));
    let people = people.collect::<Result<Vec<_>, _>>()?;
    let mut over = Vec::new();
    for pool in event.pools() {
        let seats = event.over_by(*pool);
        if seats > 0 {
            let to_move = to_move_back(store, &event, *pool, seats).await?;
            over.push(Over { pool: *pool, seats, to_move });
        }
    }
    Ok(People { counts: counts.collect(), people, more, over, now: store.now(), event })
}

/// An event for somebody who may edit it.
pub(super) async fn managed(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<Event, StoreError> {
    let row =
        find(actor).filter(event::Column::Slug.eq(slug.as_str())).into_model::<EventRow>().one(db).await?;
    let event = row.ok_or(StoreError::NotFound)?.event()?;
    if !visible_any(db, actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    let _permit = permit(actor, EditEvent, relation(db, actor, &event).await?)?;
    Ok(event)
}

/// Everybody with an RSVP for an event, for a spreadsheet.
#[derive(Clone, Debug)]
pub struct PeopleTable {
    /// The event that the RSVPs are for.
    pub event: Event,
    /// The people by state and name, at most 10,000.
    pub people: Vec<AttendeeRsvp>,
}

/// Everybody with an RSVP for an event, for its hosts. The audit log records who took the list.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn export_people(store: &Store, actor: &Actor, slug: &Slug) -> Result<PeopleTable, StoreError> {
    let event = managed(store.db(), actor, slug).await?;
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .find_also_related(member::Entity)
        .order_by_asc(rsvp::Column::State)
        .order_by_asc(member::Column::Name)
        .order_by_asc(rsvp::Column::Id)
        .limit(MAX_EXPORTED)
        .all(store.db())
        .await?;
    verb!(store, |tx, actor, slug| {
        let event = managed(tx.db(), actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        audit::record(tx, &permit, "event.export_people", event.id.0).await
    })?;
    let none = HashMap::new();
    let mut answers = all_answers(store.db(), event.id.0).await?;
    let people = rows.into_iter().map(|(row, member)| attendee(row, member, &none, &mut answers));
    Ok(PeopleTable { event, people: people.collect::<Result<_, _>>()? })
}

fn attendee(
    row: rsvp::Model,
    member: Option<member::Model>,
    pages: &HashMap<Uuid, Slug>,
    answers: &mut BTreeMap<Uuid, Vec<Answer>>,
) -> Result<AttendeeRsvp, StoreError> {
    Ok(AttendeeRsvp {
        name: member.map(member::Model::shown_name).unwrap_or_default(),
        page: pages.get(&row.member_id).cloned(),
        is_no_show: row.no_show_at.is_some(),
        answers: answers.remove(&row.member_id).unwrap_or_default(),
        rsvp: rsvp_from_row(row)?,
    })
}

async fn to_move_back(
    store: &Store,
    event: &Event,
    pool: Mode,
    over: u32,
) -> Result<Vec<AttendeeRsvp>, StoreError> {
    let seated = last_seated(store.db(), event, pool, over).await?;
    let last = events::last_seated(&seated, over);
    let members: Vec<member::Model> = member::Entity::find()
        .filter(member::Column::Id.is_in(last.iter().map(|rsvp| rsvp.member.0)))
        .all(store.db())
        .await?;
    let name =
        |rsvp: &Rsvp| members.iter().find(|row| row.id == rsvp.member.0).map(|row| row.clone().shown_name());
    Ok(last
        .into_iter()
        .map(|rsvp| AttendeeRsvp {
            name: name(rsvp).unwrap_or_default(),
            page: None,
            rsvp: rsvp.clone(),
            is_no_show: false,
            answers: Vec::new(),
        })
        .collect())
}

/// What the page behind an email link shows (A10).
#[derive(Clone, Debug)]
pub struct SeatCard {
    /// The event, without the link to join.
    pub event: Event,
    /// The RSVP that the link is for.
    pub rsvp: Rsvp,
    /// Position on the waitlist, from 1. `None` when not waiting.
    pub position: Option<u32>,
    /// The store's current time.
    pub now: Instant,
}

/// The seat behind an email link. The link replaces signing in.
///
/// # Errors
/// `NotFound` when the RSVP is gone, the event is a draft again, or the member may no longer see the event.
pub async fn seat_card(store: &Store, id: RsvpId) -> Result<SeatCard, StoreError> {
    let found = rsvp::Entity::find_by_id(id.0).find_also_related(event::Entity).one(store.db()).await?;
    let Some((row, Some(event))) = found else { return Err(StoreError::NotFound) };
    let (rsvp, mut event) = (rsvp_from_row(row)?, event_from_row(event, None)?);
    let owner = members::as_actor(members::load(store.db(), rsvp.member).await?)?;
    if event.status == events::EventStatus::Draft || !visible_any(store.db(), &owner, &event).await? {
        return Err(StoreError::NotFound);
    }
    event.details.join_url = None;
    let position = match rsvp.is_waiting() {
        true => Some(1 + count_before(store.db(), &rsvp).await?),
        false => None,
    };
    Ok(SeatCard { event, rsvp, position, now: store.now() })
}
