//! RSVPs of an event for its hosts, and one seat for an email link.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Actor, Instant, RsvpId, Slug,
    events::{self, Event, Mode, Rsvp, RsvpState},
    policy::{events::EditEvent, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    host::last_seated,
    locked::{count_before, is_waiting},
    moving::{OtherDate, other_dates},
    questions::{Answer, answered_questions, answers_of},
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
/// RSVPs in each part of a spreadsheet.
const EXPORT_BATCH: u64 = 2_000;
/// The most positions that are counted for a page of the waitlist.
const MAX_POSITIONS: u64 = 20_000;

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
    /// Position on the waitlist, from 1, for people who wait.
    pub position: Option<u32>,
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
    /// Other dates of the same series, to which people can move (A16).
    pub dates: Vec<OtherDate>,
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
    let mut people = people.collect::<Result<Vec<_>, _>>()?;
    add_positions(db, &event, &mut people).await?;
    let dates = other_dates(db, actor, &event, store.now()).await?;
    let mut over = Vec::new();
    for pool in event.pools() {
        let seats = event.over_by(*pool);
        if seats > 0 {
            let to_move = to_move_back(store, &event, *pool, seats).await?;
            over.push(Over { pool: *pool, seats, to_move });
        }
    }
    Ok(People { counts: counts.collect(), people, more, over, dates, now: store.now(), event })
}

/// Adds the positions on the waitlist: those of the people shown, and of nobody behind them.
async fn add_positions(
    db: &impl ConnectionTrait,
    event: &Event,
    people: &mut [AttendeeRsvp],
) -> Result<(), StoreError> {
    let waiting = people.iter().filter(|entry| entry.rsvp.state == RsvpState::Waiting);
    let Some(last) = waiting.map(|entry| entry.rsvp.waitlist_seq).max() else { return Ok(()) };
    let rows: Vec<(Uuid, String)> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::Id)
        .column(rsvp::Column::Mode)
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(is_waiting())
        .filter(rsvp::Column::WaitlistSeq.lte(last))
        .order_by_asc(rsvp::Column::WaitlistSeq)
        .limit(MAX_POSITIONS)
        .into_tuple()
        .all(db)
        .await?;
    let (mut counts, mut positions) = (HashMap::new(), HashMap::new());
    for (id, mode) in rows {
        let count = counts.entry(mode).or_insert(0_u32);
        *count += 1;
        positions.insert(id, *count);
    }
    for entry in people.iter_mut().filter(|entry| entry.rsvp.state == RsvpState::Waiting) {
        entry.position = positions.get(&entry.rsvp.id.0).copied();
    }
    Ok(())
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

/// Everybody with an RSVP for an event, for a spreadsheet. It is read in parts, so that large events need little memory.
#[derive(Clone, Debug)]
pub struct PeopleExport {
    /// The event that the RSVPs are for.
    pub event: Event,
    /// The wordings of the questions that somebody answered.
    pub questions: Vec<String>,
    /// State, name and id of the last person who was read.
    after: Option<(String, String, Uuid)>,
}

/// Begins a spreadsheet of everybody with an RSVP for an event, for its hosts. The audit log records who took the list.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn export_people(store: &Store, actor: &Actor, slug: &Slug) -> Result<PeopleExport, StoreError> {
    let event = managed(store.db(), actor, slug).await?;
    verb!(store, |tx, actor, slug| {
        let event = managed(tx.db(), actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        audit::record(tx, &permit, "event.export_people", event.id.0).await
    })?;
    let questions = answered_questions(store.db(), event.id.0).await?;
    Ok(PeopleExport { event, questions, after: None })
}

impl PeopleExport {
    /// The next people by state and name, at most 2,000. Empty at the end.
    ///
    /// # Errors
    /// `Unavailable` or `Corrupt` when the database fails.
    pub async fn next(&mut self, store: &Store) -> Result<Vec<AttendeeRsvp>, StoreError> {
        let (state, name, id) = (rsvp::Column::State, member::Column::Name, rsvp::Column::Id);
        let rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .find_also_related(member::Entity)
            .apply_if(self.after.as_ref(), |find, (last_state, last_name, last_id)| {
                let same_state = || Condition::all().add(state.eq(last_state.as_str()));
                let same_name = || same_state().add(name.eq(last_name.as_str()));
                find.filter(
                    Condition::any()
                        .add(state.gt(last_state.as_str()))
                        .add(same_state().add(name.gt(last_name.as_str())))
                        .add(same_name().add(id.gt(*last_id))),
                )
            })
            .order_by_asc(state)
            .order_by_asc(name)
            .order_by_asc(id)
            .limit(EXPORT_BATCH)
            .all(store.db())
            .await?;
        let Some((last, last_member)) = rows.last() else { return Ok(Vec::new()) };
        let last_name = last_member.as_ref().map(|member| member.name.clone()).unwrap_or_default();
        self.after = Some((last.state.clone(), last_name, last.id));
        let none = HashMap::new();
        let members = rows.iter().map(|(row, _)| row.member_id).collect();
        let mut answers = answers_of(store.db(), self.event.id.0, members).await?;
        rows.into_iter().map(|(row, member)| attendee(row, member, &none, &mut answers)).collect()
    }
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
        position: None,
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
            position: None,
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
