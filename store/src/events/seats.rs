//! Seats: take, change, claim, leave. One lock per event, decisions in `domain::events`.

use domain::{
    Actor, MemberId, Refusal, RsvpId, Slug,
    emails::{Email, EventFacts, WaitlistReason},
    events::{self, Change, Event, EventStatus, Mode, Rsvp, RsvpRequest, RsvpState, Taken},
    members::Address,
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{
    locked::LockedEvent,
    moved, notices,
    notify::{self, facts},
    requests,
    rows::{event_from_row, lock, locked, rsvp_from_row, takes_part},
};
use crate::{
    Store, StoreError, audit,
    entities::{event, rsvp},
    members, secrets,
    write::Tx,
};

/// Takes a seat, or a place on the waitlist when the wish does not fit, or asks the host for one; asking
/// again for the same changes nothing and answers with what stands (A1, A2, A11, A12).
///
/// # Errors
/// `Refused` with the reason, `NotFound` for hidden and absent events.
pub async fn rsvp(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    request: impl Into<RsvpRequest>,
) -> Result<Rsvp, StoreError> {
    store
        .write((*actor, slug.clone(), request.into()), |tx, (actor, slug, request)| {
            Box::pin(answer(tx, actor, slug, "rsvp.take", |locked, taken, mine| {
                events::rsvp(&locked.event, taken, mine, *request, locked.now())
            }))
        })
        .await
}

/// Takes the seat that is held (A8).
///
/// # Errors
/// `Refused(OfferExpired)`, `NotFound` for hidden and absent events.
pub async fn claim(store: &Store, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(claim_in(tx, actor, slug))).await
}

async fn claim_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    answer(tx, actor, slug, "rsvp.claim", |locked, _, mine| events::claim(&locked.event, mine, locked.now()))
        .await
}

/// Comes with fewer, as was asked (A6).
///
/// # Errors
/// `Refused` when the question does not stand any more or somebody was faster, `NotFound` for hidden and
/// absent events.
pub async fn accept_fewer(store: &Store, actor: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, StoreError> {
    store
        .write((*actor, slug.clone(), guests), |tx, (actor, slug, guests)| {
            Box::pin(accept_fewer_in(tx, actor, slug, *guests))
        })
        .await
}

async fn accept_fewer_in(tx: &Tx, actor: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, StoreError> {
    answer(tx, actor, slug, "rsvp.accept_fewer", |locked, taken, mine| {
        events::accept_fewer(&locked.event, taken, mine, guests, locked.now())
    })
    .await
}

/// Comes online while waiting for the room, and keeps the place in line (A12).
///
/// # Errors
/// `Refused` with the reason, `NotFound` for hidden and absent events.
pub async fn also_online(store: &Store, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    store
        .write((*actor, slug.clone()), |tx, (actor, slug)| {
            Box::pin(answer(tx, actor, slug, "rsvp.online", |locked, taken, mine| {
                events::also_online(&locked.event, taken, mine, locked.now())
            }))
        })
        .await
}

/// One member's own answer changes as `decide` says.
async fn answer(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    action: &'static str,
    decide: impl FnOnce(&LockedEvent<'_>, Taken, Option<&Rsvp>) -> Result<Option<Change>, Refusal>,
) -> Result<Rsvp, StoreError> {
    let permit = permit(actor, Action::Rsvp, Relation::Own)?;
    let (event, row) = lock(tx, actor, slug).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let mine = mine(tx, actor, &locked.event).await?;
    let Some(change) = decide(&locked, locked.taken().await?, mine.as_ref())? else {
        // Time may have moved others.
        locked.settle().await?;
        return mine
            .ok_or_else(|| StoreError::Corrupt("an answer that is not there stayed as it was".into()));
    };
    let new = mine.is_none();
    let was = match mine {
        Some(mine) => moved::tell_first(&locked, mine).await?,
        None => fresh(tx, actor, &locked.event),
    };
    let mut answer = locked.changed(was.clone(), change);
    let email = email_for(&locked, &was, &mut answer).await?;
    locked.save(&answer, new).await?;
    if answer.state == RsvpState::Pending && was.state != RsvpState::Pending {
        requests::note(tx, &locked.event).await?;
    }
    locked.settle_and_tell(&answer, email).await?;
    audit::record(tx, &permit, action, answer.id.0).await?;
    // A smaller party may fit now: then the promotion has changed this very answer.
    rsvp::Entity::find_by_id(answer.id.0).one(tx.db()).await?.map_or(Ok(answer), rsvp_from_row)
}

/// The letter that a change calls for; a calendar part takes the next SEQUENCE. What only changes a
/// number of those who wait is seen on the page.
async fn email_for(
    locked: &LockedEvent<'_>,
    was: &Rsvp,
    answer: &mut Rsvp,
) -> Result<Option<Email>, StoreError> {
    let event = facts(&locked.event, answer);
    let guests = answer.guests;
    let moved = was.state != answer.state || was.mode != answer.mode;
    Ok(match answer.state {
        RsvpState::Pending if was.state != RsvpState::Pending => Some(Email::Requested { event, guests }),
        RsvpState::Going if moved || was.guests != guests => {
            let sequence = notify::next_sequence(answer);
            let guests_before = (!moved).then_some(was.guests);
            Some(Email::Confirmed { event, guests, sequence, in_line: false, guests_before })
        }
        RsvpState::Waiting if moved => {
            let because =
                if answer.online_meanwhile { WaitlistReason::KeepsOnline } else { WaitlistReason::Full };
            // Its own row is not saved yet, and would not be before itself.
            let position = 1 + locked.before(answer).await?;
            let offers = locked.event.offers(answer.mode, locked.now());
            Some(Email::Waitlisted { event, guests, position, because, offers, free: None })
        }
        RsvpState::Waiting | RsvpState::Offered if answer.online_meanwhile && !was.online_meanwhile => {
            let sequence = notify::next_sequence(answer);
            Some(Email::Confirmed { event, guests, sequence, in_line: true, guests_before: None })
        }
        _ => None,
    })
}

/// Gives up a seat, an offer, a request or a place on the waitlist, and answers with the way of coming that
/// it was for; leaving what one does not have changes nothing.
///
/// # Errors
/// `Refused` when the event is over or cancelled, `NotFound` for hidden and absent events.
pub async fn leave(store: &Store, actor: &Actor, slug: &Slug) -> Result<Mode, StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(leave_in(tx, actor, slug))).await
}

async fn leave_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Mode, StoreError> {
    let permit = permit(actor, Action::Rsvp, Relation::Own)?;
    let (event, row) = lock(tx, actor, slug).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let mine = mine(tx, actor, &locked.event).await?;
    let leaves = events::leave(&locked.event, mine.as_ref(), tx.now())?;
    let mode = mine.as_ref().map_or(Mode::default(), |mine| mine.mode);
    let Some(mut mine) = mine.filter(|_| leaves) else { return locked.settle().await.map(|()| mode) };
    let sequence = mine.seated().then(|| notify::next_sequence(&mut mine));
    let email = Email::Left { event: facts(&locked.event, &mine), sequence };
    let out = Change::left(&mine);
    let answer = locked.changed(mine, out);
    locked.save(&answer, false).await?;
    locked.notify(&answer, &email).await?;
    audit::record(tx, &permit, "rsvp.leave", answer.id.0).await?;
    locked.settle().await.map(|()| mode)
}

/// Gives up what a member has at an event that they may no longer see (A10), and promotes. Answers with
/// what there is to tell: the event, and the SEQUENCE of its cancelling calendar part for who had a seat.
/// Only who has a permit gets here.
pub(crate) async fn give_up_for(
    tx: &Tx,
    permit: &Permit,
    member: MemberId,
    event: uuid::Uuid,
) -> Result<Option<(EventFacts, Option<u32>)>, StoreError> {
    let Some(given_up) = give_up(tx, member, event).await? else { return Ok(None) };
    audit::record(tx, permit, "rsvp.leave", given_up.answer.0).await?;
    Ok(given_up.told)
}

/// What somebody had at an event, given up for them.
pub(super) struct GaveUp {
    pub(super) answer: RsvpId,
    /// The event, and the SEQUENCE of its cancelling calendar part; none when they know already.
    pub(super) told: Option<(EventFacts, Option<u32>)>,
}

/// Gives up what a member has at an event, and promotes. Nobody is told, nothing is written to the audit log.
pub(super) async fn give_up(
    tx: &Tx,
    member: MemberId,
    event: uuid::Uuid,
) -> Result<Option<GaveUp>, StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(event)).await? else { return Ok(None) };
    let found = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(row.id))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part());
    let Some(answer) = found.one(tx.db()).await? else { return Ok(None) };
    let mut answer = rsvp_from_row(answer)?;
    let mut locked = LockedEvent::at(tx, event, &row);
    // People who had a seat at a cancelled event were told, and its calendar entry is gone.
    let tells = locked.event.status == EventStatus::Published
        || notices::cancels_quietly(tx, locked.event.id).await?;
    let sequence = (tells && answer.seated()).then(|| notify::next_sequence(&mut answer));
    let facts = facts(&locked.event, &answer);
    let out = Change::left(&answer);
    let answer = locked.changed(answer, out);
    locked.save(&answer, false).await?;
    locked.settle().await?;
    Ok(Some(GaveUp { answer: answer.id, told: tells.then_some((facts, sequence)) }))
}

/// What became of a calendar's no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declined {
    /// Whatever there was is given up.
    GivenUp,
    /// It answers an invitation that a newer one, with this SEQUENCE, has replaced: nothing was done.
    Outdated(u32),
}

/// Gives up the seat behind a calendar entry, for whoever it was sent to (C1). A no to an older `sequence`
/// than that of the newest calendar part came late and says nothing of it (RFC 5546, 2.1.5): the event was
/// moved meanwhile, or the seat was given up and taken again.
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
                let (event, _) = lock(tx, &actor, &slug).await?;
                let newest =
                    mine(tx, &actor, &event).await?.map_or(0, |mine| mine.sequence.saturating_sub(1));
                if *sequence < newest {
                    return Ok(Declined::Outdated(newest));
                }
                leave_in(tx, &actor, &slug).await?;
                Ok(Declined::GivenUp)
            })
        })
        .await
}

/// What a link in a mail may do with its seat (A6, A8, A10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByLink {
    /// Give up whatever there is.
    Leave,
    /// Take what is held.
    Claim,
    /// Come with so many guests, as was asked.
    Fewer(u8),
}

/// Does what the button behind a link in a mail says, for whose seat it is. The link is the proof.
///
/// # Errors
/// `NotFound` when there is no such seat, `Refused` as for the member's own verbs.
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

/// Whose answer it is, as an actor who may do what they may through no session of theirs, and where.
async fn owner(tx: &Tx, id: RsvpId, address_key: Option<&String>) -> Result<(Actor, Slug), StoreError> {
    let found = rsvp::Entity::find_by_id(id.0).find_also_related(event::Entity).one(tx.db()).await?;
    let Some((row, Some(event))) = found else { return Err(StoreError::NotFound) };
    let member = members::load(tx.db(), MemberId(row.member_id)).await?;
    if address_key.is_some() && member.address_key.as_ref() != address_key {
        return Err(StoreError::NotFound);
    }
    Ok((members::as_actor(member)?, event_from_row(event, None)?.slug))
}

async fn mine(tx: &Tx, actor: &Actor, event: &Event) -> Result<Option<Rsvp>, StoreError> {
    let Some(member) = actor.member() else { return Ok(None) };
    let row = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .one(tx.db())
        .await?;
    row.map(rsvp_from_row).transpose()
}

fn fresh(tx: &Tx, actor: &Actor, event: &Event) -> Rsvp {
    let member = actor.member().unwrap_or(MemberId(uuid::Uuid::nil()));
    Rsvp::unanswered(RsvpId(secrets::new_id()), event.id, member, tx.now())
}

/// Gives on what is free and keeps the numbers of an event that was changed behind its lock.
pub(super) async fn settle(tx: &Tx, event: &Event, row: &event::Model) -> Result<(), StoreError> {
    LockedEvent::at(tx, event.clone(), row).settle().await
}
