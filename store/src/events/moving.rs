//! How hosts move people (A16): to seats, from seats to the waitlist, along the waitlist, and to another date of the series.

use domain::{
    Actor, Refusal, RsvpId, Slug,
    emails::{Email, SeatMoved},
    events::{self, Change, Event, EventStatus, Rsvp, RsvpState, WhenFull},
    policy::{Permit, events::EditEvent},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    host::{approve_in, find_rsvp},
    locked::{Authority, LockedEvent, count_before, is_waiting},
    moved,
    notify::facts,
    questions,
    rows::{edit_permit, lock, lock_any, rsvp_from_row, takes_part, tally},
    visibility::{readers, seen_by},
};
use crate::{
    Store, StoreError,
    entities::{event, member, rsvp},
    secrets,
    write::{Tx, verb},
};

/// The most people who move at once: as many as a page lists.
const MAX_MOVED: usize = 50;
/// The most dates that a page offers.
const MAX_DATES: u64 = 12;

/// Where a host moves people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveTo {
    /// To seats.
    Seats {
        /// Whether people get a seat even if none is free.
        over_capacity: bool,
    },
    /// From a seat to the end of the waitlist.
    Waitlist,
    /// To another date of the same series.
    Date {
        /// The slug of the date.
        slug: Slug,
        /// Whether people get a seat there even if none is free.
        over_capacity: bool,
    },
}

/// What became of the people whom a host moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MovedPeople {
    /// Number of people who have a seat now, or one is held for them.
    pub seated: u32,
    /// Number of people who are on the waitlist now.
    pub waiting: u32,
    /// Number of people who stayed where they were: no seat was free, or they are at the other date already.
    pub stayed: u32,
}

/// Another date of a series, to which people can move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDate {
    /// The slug of the date.
    pub slug: Slug,
    /// Title of the date.
    pub title: String,
    /// When it starts, UTC.
    pub starts_at: domain::Instant,
    /// Free seats in the room, or of the only pool. `None` means no limit.
    pub free: Option<u32>,
}

/// Moves people of an event in the order of the waitlist or of their seats. They are emailed as by every change of a
/// seat, and once about another date. People of other events, and those for whom it changes nothing, are left out.
///
/// # Errors
/// `Refused` when the event is over or cancelled, with `SeatsComeBack` when fewer people wait than seats become free, and
/// with `NotSameSeries` for a date of another series or in the past. `NotFound` for hidden and absent events.
pub async fn move_people(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    ids: &[RsvpId],
    to: &MoveTo,
) -> Result<MovedPeople, StoreError> {
    verb!(store, |tx, actor, slug, ids, to| {
        match to {
            MoveTo::Seats { over_capacity } => to_seats(tx, actor, slug, ids, *over_capacity).await,
            MoveTo::Waitlist => to_waitlist(tx, actor, slug, ids).await,
            MoveTo::Date { slug: date, over_capacity } => {
                to_date(tx, actor, slug, ids, (date, *over_capacity)).await
            }
        }
    })
}

/// Moves somebody to a position of their waitlist, from 1. The audit log has who did it, and nobody is emailed. Returns the
/// positions before and after.
///
/// # Errors
/// `Refused` when the event is over or cancelled, or the person is not on the waitlist. `NotFound` for hidden and absent
/// events and RSVPs.
pub async fn move_on_waitlist(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    position: u32,
) -> Result<(u32, u32), StoreError> {
    verb!(store, |tx, actor, slug, &id, &position| {
        let (event, row) = lock_any(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        event.open(tx.now())?;
        let mut locked = LockedEvent::open(tx, event, &row).await?;
        let rsvp = find_rsvp(tx, &locked.event, id).await?;
        let moved = locked.move_to_position(&permit, &rsvp, position).await?;
        locked.settle().await?;
        Ok(moved)
    })
}

/// Those of the RSVPs that are for this event and in one of these states, by their order.
async fn selected(
    tx: &Tx,
    event: Uuid,
    ids: &[RsvpId],
    states: &[RsvpState],
) -> Result<Vec<Rsvp>, StoreError> {
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event))
        .filter(rsvp::Column::Id.is_in(ids.iter().take(MAX_MOVED).map(|id| id.0)))
        .filter(rsvp::Column::State.is_in(states.iter().map(|state| state.name())))
        .order_by_asc(rsvp::Column::WaitlistSeq)
        .order_by_asc(rsvp::Column::AnsweredAt)
        .order_by_asc(rsvp::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(rsvp_from_row).collect()
}

async fn to_seats(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    ids: &[RsvpId],
    over_capacity: bool,
) -> Result<MovedPeople, StoreError> {
    use RsvpState::{Declined, Going, Left, Offered, Pending, Waiting};
    let (event, _) = lock_any(tx, actor, slug).await?;
    let _permit = edit_permit(tx, actor, &event).await?;
    event.open(tx.now())?;
    let mut moved = MovedPeople::default();
    for rsvp in selected(tx, event.id.0, ids, &[Waiting, Offered, Pending, Declined]).await? {
        let is_offered = rsvp.state == Offered;
        // The seat is held already, until its member has answered the questions (A8).
        if is_offered && questions::needs_answers(tx, event.id.0, rsvp.member).await? {
            moved.stayed += 1;
            continue;
        }
        let taken = tally(tx.db(), event.id.0, event.is_hybrid()).await?.going;
        if !over_capacity && !is_offered && !event.fits(rsvp.mode, taken, rsvp.seats()) {
            moved.stayed += 1;
            continue;
        }
        match approve_in(tx, actor, slug, rsvp.id, WhenFull::Override).await? {
            Going | Offered => moved.seated += 1,
            Waiting | Pending | Left | Declined => moved.stayed += 1,
        }
    }
    Ok(moved)
}

async fn to_waitlist(tx: &Tx, actor: &Actor, slug: &Slug, ids: &[RsvpId]) -> Result<MovedPeople, StoreError> {
    let (event, row) = lock_any(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let mut people = selected(tx, locked.event.id.0, ids, &[RsvpState::Going, RsvpState::Offered]).await?;
    people.sort_by_key(|rsvp| (rsvp.seat_seq, rsvp.id.0));
    let waitlist = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(locked.event.id.0))
        .filter(is_waiting())
        .order_by_asc(rsvp::Column::WaitlistSeq)
        .all(tx.db())
        .await?;
    let waitlist = waitlist.into_iter().map(rsvp_from_row).collect::<Result<Vec<_>, _>>()?;
    let taken = locked.taken().await?;
    events::check_to_waitlist(&locked.event, taken, &waitlist, &people, locked.now())?;
    let mut told = Vec::new();
    for was in people {
        let was = moved::send_pending_change(&locked, was).await?;
        let rsvp = locked.changed(was.clone(), events::to_waitlist(&was));
        let (rsvp, email) = locked.save(Authority::Host(&permit), &was, rsvp, false).await?;
        locked.record(Authority::Host(&permit), &rsvp, "rsvp.to_waitlist").await?;
        told.push((rsvp, email));
    }
    // The position in the email is the one after others got the free seats.
    locked.settle_seats().await?;
    let moved =
        MovedPeople { waiting: u32::try_from(told.len()).unwrap_or(u32::MAX), ..MovedPeople::default() };
    for (rsvp, email) in told {
        let Some(Email::MovedBack(mut email)) = email else { continue };
        email.position = Some(1 + count_before(tx.db(), &rsvp).await?);
        locked.notify(&rsvp, &email.into()).await?;
    }
    Ok(moved)
}

async fn to_date(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    ids: &[RsvpId],
    (date, over_capacity): (&Slug, bool),
) -> Result<MovedPeople, StoreError> {
    // Both dates are locked in the order of their ids, so that two hosts who move people both ways don't wait for each
    // other.
    let mut order: Vec<String> = event::Entity::find()
        .select_only()
        .column(event::Column::Slug)
        .filter(event::Column::Slug.is_in([slug.as_str(), date.as_str()]))
        .order_by_asc(event::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?;
    if order.len() != 2 {
        return Err(StoreError::NotFound);
    }
    let mut dates = Vec::new();
    for slug in order.drain(..) {
        let slug = Slug::parse(&slug).ok_or(StoreError::NotFound)?;
        dates.push(lock(tx, actor, &slug).await?);
    }
    if dates.first().is_some_and(|(event, _)| event.slug != *slug) {
        dates.reverse();
    }
    let [(event, row), (target, target_row)]: [_; 2] = dates.try_into().map_err(|_| StoreError::NotFound)?;
    let permits =
        Permits { from: edit_permit(tx, actor, &event).await?, to: edit_permit(tx, actor, &target).await? };
    let is_next = target.status == EventStatus::Published && tx.now() < target.starts_at;
    if row.series_id.is_none() || row.series_id != target_row.series_id || !is_next {
        return Err(Refusal::NotSameSeries.into());
    }
    event.open(tx.now())?;
    let mut from = LockedEvent::open(tx, event, &row).await?;
    let mut to = LockedEvent::open(tx, target, &target_row).await?;
    let states = [RsvpState::Going, RsvpState::Offered, RsvpState::Waiting, RsvpState::Pending];
    let mut moved = MovedPeople::default();
    for was in selected(tx, from.event.id.0, ids, &states).await? {
        match move_one(tx, (&mut from, &mut to), &permits, was, over_capacity).await? {
            Some(RsvpState::Waiting) => moved.waiting += 1,
            Some(_) => moved.seated += 1,
            None => moved.stayed += 1,
        }
    }
    from.settle().await?;
    to.settle().await?;
    Ok(moved)
}

/// The permits to change both dates.
struct Permits {
    from: Permit<EditEvent>,
    to: Permit<EditEvent>,
}

/// Moves one person to another date. Returns what they are there, or `None` if they take part there already or may not see
/// it. One email says both.
async fn move_one(
    tx: &Tx,
    (from, to): (&mut LockedEvent<'_>, &mut LockedEvent<'_>),
    permits: &Permits,
    was: Rsvp,
    over_capacity: bool,
) -> Result<Option<RsvpState>, StoreError> {
    let there = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(to.event.id.0))
        .filter(rsvp::Column::MemberId.eq(was.member.0));
    let takes_part_there = there.clone().filter(takes_part()).count(tx.db()).await? > 0;
    let may_see =
        member::Entity::find_by_id(was.member.0).filter(readers(to.event.id)).count(tx.db()).await? > 0;
    if takes_part_there || !may_see {
        return Ok(None);
    }
    let was = moved::send_pending_change(from, was).await?;
    let mut left = from.changed(was.clone(), Change::left(&was));
    let cancel_sequence = was.is_seated().then_some(was.sequence);
    left.sequence += u32::from(was.is_seated());
    from.save(Authority::Host(&permits.from), &was, left.clone(), false).await?;
    from.record(Authority::Host(&permits.from), &left, "rsvp.move_date").await?;

    let existing = there.one(tx.db()).await?.map(rsvp_from_row).transpose()?;
    let is_new = existing.is_none();
    let id = RsvpId(secrets::new_id());
    let before = existing.unwrap_or_else(|| Rsvp::unanswered(id, to.event.id, was.member, tx.now()));
    let taken = to.taken().await?;
    let change = events::to_date(&to.event, taken, &was, over_capacity);
    let rsvp = to.changed(before.clone(), change);
    let (rsvp, email) = to.save(Authority::Host(&permits.to), &before, rsvp, is_new).await?;
    to.record(Authority::Host(&permits.to), &rsvp, "rsvp.move_date").await?;
    let sequence = match &email {
        Some(Email::Approved(approved)) => Some(approved.sequence),
        _ => None,
    };
    let position = match rsvp.state {
        RsvpState::Waiting => Some(1 + count_before(tx.db(), &rsvp).await?),
        _ => None,
    };
    let email = SeatMoved {
        event: facts(&to.event, &rsvp),
        was: facts(&from.event, &was),
        guests: rsvp.guests,
        sequence,
        cancel_sequence,
        position,
        held_until: rsvp.holds_until,
    };
    to.notify(&rsvp, &email.into()).await?;
    Ok(Some(rsvp.state))
}

/// The next published dates of the same series, to which a host can move people, by start. The actor sees them.
pub(super) async fn other_dates(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
    now: domain::Instant,
) -> Result<Vec<OtherDate>, StoreError> {
    let series: Option<Option<Uuid>> = event::Entity::find_by_id(event.id.0)
        .select_only()
        .column(event::Column::SeriesId)
        .into_tuple()
        .one(db)
        .await?;
    let Some(series) = series.flatten() else { return Ok(Vec::new()) };
    let rows = super::rows::find(actor)
        .filter(event::Column::SeriesId.eq(series))
        .filter(event::Column::Id.ne(event.id.0))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::StartsAt.gt(now))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::StartsAt)
        .limit(MAX_DATES)
        .into_model::<super::rows::EventRow>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let date = row.event()?;
            Ok(OtherDate {
                free: date.free(events::Mode::OnSite, date.taken()),
                slug: date.slug,
                title: date.details.title,
                starts_at: date.starts_at,
            })
        })
        .collect()
}
