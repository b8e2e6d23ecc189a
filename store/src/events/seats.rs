//! A member's own seat: take it, change it, claim an offer, give it up. Rules are in `domain::events`.

use domain::{
    Actor, MemberId, Refusal, RsvpId, Slug,
    events::{self, Answers, Change, Event, Mode, Rsvp, RsvpRequest, RsvpState, Taken},
    members::Address,
    policy::{Own, Permit, permit, seats::ManageSeat},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{
    locked::{Authority, LockedEvent},
    moved, questions, requests,
    rows::{event_from_row, lock_any, rsvp_from_row},
    workshops,
};
use crate::{
    Store, StoreError, audit,
    entities::{event, rsvp},
    members, secrets,
    write::{Tx, verb},
};

/// Takes a seat, joins the waitlist if the party doesn't fit, or requests a seat if hosts approve. Returns the
/// RSVP. The same request again changes nothing (A1, A2, A11, A12).
///
/// # Errors
/// `Refused` with the reason, `NotFound` for hidden and absent events.
pub async fn rsvp(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    request: impl Into<RsvpRequest>,
) -> Result<Rsvp, StoreError> {
    rsvp_with_answers(store, actor, slug, request.into(), None).await
}

/// Like [`rsvp`], and saves the member's answers to the questions of the event first (B11).
///
/// # Errors
/// `Invalid` with the answers that are wrong or missing, and as for [`rsvp`].
pub async fn rsvp_with_answers(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    request: RsvpRequest,
    answers: Option<Answers>,
) -> Result<Rsvp, StoreError> {
    verb!(store, |tx, actor, slug, &request, answers| {
        if let Some(answers) = answers {
            save_answers(tx, actor, slug, answers).await?;
        }
        rsvp_in(tx, actor, slug, request).await
    })
}

/// Like [`rsvp`], inside another verb.
pub(super) async fn rsvp_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    request: RsvpRequest,
) -> Result<Rsvp, StoreError> {
    change_own(tx, actor, slug, "rsvp.take", |locked, taken, rsvp| {
        events::rsvp(&locked.event, taken, rsvp, request, locked.now())
    })
    .await
}

/// Accepts an offered seat (A8).
///
/// # Errors
/// `Refused(OfferExpired)`, `NotFound` for hidden and absent events.
pub async fn claim(store: &Store, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(claim_in(tx, actor, slug))).await
}

async fn claim_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    change_own(tx, actor, slug, "rsvp.claim", |locked, _, rsvp| {
        events::claim(&locked.event, rsvp, locked.now())
    })
    .await
}

/// Saves a member's answers to the questions of an event, until it starts. If a seat is held for them, they get it (A8).
/// Returns the state of their RSVP, if they have one.
///
/// # Errors
/// `Invalid` with the fields that are wrong, `Refused(AnswersTooLate)` after the start, `Refused(OfferExpired)` when the held
/// seat was passed on, `NotFound` for hidden and absent events.
pub async fn answer(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    answers: Answers,
) -> Result<Option<RsvpState>, StoreError> {
    verb!(store, |tx, actor, slug, answers| {
        let event = save_answers(tx, actor, slug, answers).await?;
        match own_rsvp(tx, actor, &event).await? {
            Some(rsvp) if rsvp.state == RsvpState::Offered => {
                claim_in(tx, actor, slug).await.map(|rsvp| Some(rsvp.state))
            }
            rsvp => Ok(rsvp.map(|rsvp| rsvp.state)),
        }
    })
}

/// Saves a member's answers behind the event's lock, and returns the event.
async fn save_answers(tx: &Tx, actor: &Actor, slug: &Slug, answers: &Answers) -> Result<Event, StoreError> {
    let (me, permit) = members::own(actor, ManageSeat)?;
    let (event, row) = lock_any(tx, actor, slug).await?;
    if tx.now() >= event.starts_at {
        return Err(Refusal::AnswersTooLate.into());
    }
    questions::save_answers(tx, row.id, me, answers).await?;
    questions::answer_other_dates(tx, row.id, me).await?;
    audit::record(tx, &permit, "event.answer", row.id).await?;
    Ok(event)
}

/// Accepts an offer of fewer seats (A6).
///
/// # Errors
/// `Refused` when the offer has expired or the seats are taken by now, `NotFound` for hidden and absent events.
pub async fn accept_fewer(store: &Store, actor: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, StoreError> {
    store
        .write((*actor, slug.clone(), guests), |tx, (actor, slug, guests)| {
            Box::pin(accept_fewer_in(tx, actor, slug, *guests))
        })
        .await
}

async fn accept_fewer_in(tx: &Tx, actor: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, StoreError> {
    change_own(tx, actor, slug, "rsvp.accept_fewer", |locked, taken, rsvp| {
        events::accept_fewer(&locked.event, taken, rsvp, guests, locked.now())
    })
    .await
}

/// Joins online while waiting for a seat on site, and keeps the waitlist position (A12).
///
/// # Errors
/// `Refused` with the reason, `NotFound` for hidden and absent events.
pub async fn also_online(store: &Store, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    store
        .write((*actor, slug.clone()), |tx, (actor, slug)| {
            Box::pin(change_own(tx, actor, slug, "rsvp.online", |locked, taken, rsvp| {
                events::also_online(&locked.event, taken, rsvp, locked.now())
            }))
        })
        .await
}

/// Changes a member's own RSVP as `decide` says.
async fn change_own(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    action: &'static str,
    decide: impl FnOnce(&LockedEvent<'_>, Taken, Option<&Rsvp>) -> Result<Option<Change>, Refusal>,
) -> Result<Rsvp, StoreError> {
    let permit = permit(actor, ManageSeat, Own)?;
    // A workshop asks for a seat at its event first, which this locks (D7).
    let booking = workshops::booking(tx, actor, slug).await?;
    let (event, row) = lock_any(tx, actor, slug).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let before = own_rsvp(tx, actor, &locked.event).await?;
    let taken = locked.taken().await?;
    let decided = decide(&locked, taken, before.as_ref())?;
    // A seat online is confirmed at once, so nothing could be held until the answers are there.
    let goes_online = decided.is_some_and(|change| change.online_meanwhile)
        && before.as_ref().is_some_and(|before| !before.online_meanwhile);
    if let Some(me) = permit.by().filter(|_| goes_online)
        && questions::needs_answers(tx, locked.event.id.0, me).await?
    {
        return Err(Refusal::AnswersNeeded.into());
    }
    let Some(change) = decided else {
        // Opening the event may have expired other RSVPs.
        locked.settle().await?;
        return before
            .ok_or_else(|| StoreError::Corrupt("a decision kept an RSVP that doesn't exist".into()));
    };
    if let Some(booking) = booking {
        booking.check(tx, &locked.event).await?;
    }
    apply_own(locked, &permit, actor, before, change, action).await
}

/// Applies a decided change to a member's own RSVP, and settles the event. Returns the RSVP as it is then.
pub(super) async fn apply_own(
    mut locked: LockedEvent<'_>,
    permit: &Permit<ManageSeat>,
    actor: &Actor,
    before: Option<Rsvp>,
    change: Change,
    action: &'static str,
) -> Result<Rsvp, StoreError> {
    let tx = locked.tx;
    let is_new = before.is_none();
    let was = match before {
        Some(before) => moved::send_pending_change(&locked, before).await?,
        None => fresh(tx, actor, &locked.event),
    };
    let rsvp = locked.changed(was.clone(), change);
    if rsvp.state == RsvpState::Pending && was.state != RsvpState::Pending {
        requests::plan_notice(tx, &locked.event).await?;
    }
    let id = rsvp.id;
    locked.apply_and_settle(Authority::Member(permit), &was, rsvp, is_new, action).await?;
    // Settling may have promoted this RSVP, because a smaller party fits now.
    let row = rsvp::Entity::find_by_id(id.0).one(tx.db()).await?;
    rsvp_from_row(row.ok_or(StoreError::NotFound)?)
}

/// Gives up a seat, an offer, a request or a waitlist position. Returns the mode it was for. Does nothing if
/// there is none.
///
/// # Errors
/// `Refused` when the event is over or cancelled, `NotFound` for hidden and absent events.
pub async fn leave(store: &Store, actor: &Actor, slug: &Slug) -> Result<Mode, StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(leave_in(tx, actor, slug))).await
}

pub(super) async fn leave_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Mode, StoreError> {
    let permit = permit(actor, ManageSeat, Own)?;
    let (event, row) = lock_any(tx, actor, slug).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let was = own_rsvp(tx, actor, &locked.event).await?;
    let leaves = events::leave(&locked.event, was.as_ref(), tx.now())?;
    let mode = was.as_ref().map_or(Mode::default(), |rsvp| rsvp.mode);
    let Some(was) = was.filter(|_| leaves) else { return locked.settle().await.map(|()| mode) };
    let rsvp = locked.changed(was.clone(), Change::left(&was));
    locked.apply_and_settle(Authority::Member(&permit), &was, rsvp, false, "rsvp.leave").await?;
    Ok(mode)
}

/// The result of declining from a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declined {
    /// The seat, offer, request or waitlist position was given up, if there was one.
    GivenUp,
    /// The reply was to an older invitation than the newest one, which has this SEQUENCE. Nothing was changed.
    Outdated(u32),
}

/// Gives up the seat behind a calendar entry, for the member it was sent to (C1). A reply with an older
/// `sequence` than the newest calendar part is ignored (RFC 5546, 2.1.5): the event was moved since, or the
/// seat was given up and taken again.
///
/// # Errors
/// `NotFound` when no such entry was sent to that address; `Refused` as for [`leave`].
pub async fn decline(
    store: &Store,
    uid: RsvpId,
    address: &Address,
    sequence: u32,
) -> Result<Declined, StoreError> {
    store
        .write((uid, address.key(), sequence), |tx, (uid, key, sequence)| {
            Box::pin(async move {
                let (actor, slug) = owner(tx, *uid, Some(key)).await?;
                let (event, _) = lock_any(tx, &actor, &slug).await?;
                let newest =
                    own_rsvp(tx, &actor, &event).await?.map_or(0, |rsvp| rsvp.sequence.saturating_sub(1));
                if *sequence < newest {
                    return Ok(Declined::Outdated(newest));
                }
                leave_in(tx, &actor, &slug).await?;
                Ok(Declined::GivenUp)
            })
        })
        .await
}

/// What a link in an email can do with its seat (A6, A8, A10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByLink {
    /// Give up the seat, offer, request or waitlist position.
    Leave,
    /// Accept the offered seat.
    Claim,
    /// Accept fewer seats, with this many guests.
    Fewer(u8),
}

/// Does what an email link says, for the member of that RSVP. The signed link replaces signing in.
///
/// # Errors
/// `NotFound` when there is no such RSVP, `Refused` as for the member's own actions.
pub async fn by_link(store: &Store, id: RsvpId, act: ByLink) -> Result<(), StoreError> {
    store
        .write((id, act), |tx, (id, act)| {
            Box::pin(async move {
                let (actor, slug) = owner(tx, *id, None).await?;
                match act {
                    ByLink::Leave => leave_in(tx, &actor, &slug).await.map(drop),
                    ByLink::Claim => claim_in(tx, &actor, &slug).await.map(drop),
                    ByLink::Fewer(guests) => accept_fewer_in(tx, &actor, &slug, *guests).await.map(drop),
                }
            })
        })
        .await
}

/// The RSVP's member as a session-less actor, and the event's slug.
async fn owner(tx: &Tx, id: RsvpId, address_key: Option<&String>) -> Result<(Actor, Slug), StoreError> {
    let found = rsvp::Entity::find_by_id(id.0).find_also_related(event::Entity).one(tx.db()).await?;
    let Some((row, Some(event))) = found else { return Err(StoreError::NotFound) };
    let member = members::load(tx.db(), MemberId(row.member_id)).await?;
    if address_key.is_some() && member.address_key.as_ref() != address_key {
        return Err(StoreError::NotFound);
    }
    Ok((members::as_actor(member)?, event_from_row(event, None)?.slug))
}

pub(super) async fn own_rsvp(tx: &Tx, actor: &Actor, event: &Event) -> Result<Option<Rsvp>, StoreError> {
    let Some(member) = actor.member() else { return Ok(None) };
    let row = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .one(tx.db())
        .await?;
    row.map(rsvp_from_row).transpose()
}

pub(super) fn fresh(tx: &Tx, actor: &Actor, event: &Event) -> Rsvp {
    let member = actor.member().unwrap_or(MemberId(uuid::Uuid::nil()));
    Rsvp::unanswered(RsvpId(secrets::new_id()), event.id, member, tx.now())
}

/// Fills free seats and updates the counts of an event that was changed behind its lock.
pub(super) async fn settle(tx: &Tx, event: &Event, row: &event::Model) -> Result<(), StoreError> {
    LockedEvent::at(tx, event.clone(), row).settle().await
}
