//! A member's own seat: take it, change it, claim an offer, give it up. Rules are in `domain::events`.

use domain::{
    Actor, MemberId, Refusal, RsvpId, Slug,
    emails::{self, Email, EventFacts, WaitlistReason},
    events::{self, Change, Event, EventStatus, Mode, Rsvp, RsvpRequest, RsvpState, Taken},
    members::Address,
    policy::{Own, Permit, groups::RemoveGroupMember, permit, seats::ManageSeat},
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
    store
        .write((*actor, slug.clone(), request.into()), |tx, (actor, slug, request)| {
            Box::pin(change_own(tx, actor, slug, "rsvp.take", |locked, taken, rsvp| {
                events::rsvp(&locked.event, taken, rsvp, *request, locked.now())
            }))
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
    let (event, row) = lock(tx, actor, slug).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let before = own_rsvp(tx, actor, &locked.event).await?;
    let Some(change) = decide(&locked, locked.taken().await?, before.as_ref())? else {
        // Opening the event may have expired other RSVPs.
        locked.settle().await?;
        return before
            .ok_or_else(|| StoreError::Corrupt("a decision kept an RSVP that doesn't exist".into()));
    };
    let new = before.is_none();
    let was = match before {
        Some(before) => moved::send_pending_change(&locked, before).await?,
        None => fresh(tx, actor, &locked.event),
    };
    let mut rsvp = locked.changed(was.clone(), change);
    let email = email_for(&locked, &was, &mut rsvp).await?;
    locked.save(&rsvp, new).await?;
    if rsvp.state == RsvpState::Pending && was.state != RsvpState::Pending {
        requests::plan_notice(tx, &locked.event).await?;
    }
    locked.settle_and_notify(&rsvp, email).await?;
    audit::record(tx, &permit, action, rsvp.id.0).await?;
    // A smaller party may fit now. Then settling has promoted this RSVP.
    rsvp::Entity::find_by_id(rsvp.id.0).one(tx.db()).await?.map_or(Ok(rsvp), rsvp_from_row)
}

/// The email that a change calls for. A calendar part takes the next SEQUENCE. A changed number of guests
/// on the waitlist sends no email: the page shows it.
async fn email_for(
    locked: &LockedEvent<'_>,
    was: &Rsvp,
    rsvp: &mut Rsvp,
) -> Result<Option<Email>, StoreError> {
    let event = facts(&locked.event, rsvp);
    let guests = rsvp.guests;
    let moved = was.state != rsvp.state || was.mode != rsvp.mode;
    Ok(match rsvp.state {
        RsvpState::Pending if was.state != RsvpState::Pending => {
            Some(Email::from(emails::Requested { event, guests }))
        }
        RsvpState::Going if moved || was.guests != guests => {
            let sequence = notify::next_sequence(rsvp);
            let guests_before = (!moved).then_some(was.guests);
            Some(Email::from(emails::Confirmed { event, guests, sequence, in_line: false, guests_before }))
        }
        RsvpState::Waiting if moved => {
            let because =
                if rsvp.online_meanwhile { WaitlistReason::KeepsOnline } else { WaitlistReason::Full };
            // This RSVP isn't saved yet, so it doesn't count itself.
            let position = 1 + locked.count_before(rsvp).await?;
            let offers = locked.event.offers(rsvp.mode, locked.now());
            Some(Email::from(emails::Waitlisted { event, guests, position, because, offers, free: None }))
        }
        RsvpState::Waiting | RsvpState::Offered if rsvp.online_meanwhile && !was.online_meanwhile => {
            let sequence = notify::next_sequence(rsvp);
            Some(Email::from(emails::Confirmed {
                event,
                guests,
                sequence,
                in_line: true,
                guests_before: None,
            }))
        }
        _ => None,
    })
}

/// Gives up a seat, an offer, a request or a waitlist position. Returns the mode it was for. Does nothing if
/// there is none.
///
/// # Errors
/// `Refused` when the event is over or cancelled, `NotFound` for hidden and absent events.
pub async fn leave(store: &Store, actor: &Actor, slug: &Slug) -> Result<Mode, StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(leave_in(tx, actor, slug))).await
}

async fn leave_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Mode, StoreError> {
    let permit = permit(actor, ManageSeat, Own)?;
    let (event, row) = lock(tx, actor, slug).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let rsvp = own_rsvp(tx, actor, &locked.event).await?;
    let leaves = events::leave(&locked.event, rsvp.as_ref(), tx.now())?;
    let mode = rsvp.as_ref().map_or(Mode::default(), |rsvp| rsvp.mode);
    let Some(mut rsvp) = rsvp.filter(|_| leaves) else { return locked.settle().await.map(|()| mode) };
    let sequence = rsvp.is_seated().then(|| notify::next_sequence(&mut rsvp));
    let email = Email::from(emails::Left { event: facts(&locked.event, &rsvp), sequence });
    let out = Change::left(&rsvp);
    let rsvp = locked.changed(rsvp, out);
    locked.save(&rsvp, false).await?;
    locked.notify(&rsvp, &email).await?;
    audit::record(tx, &permit, "rsvp.leave", rsvp.id.0).await?;
    locked.settle().await.map(|()| mode)
}

/// Gives up a member's RSVP at an event that they may no longer see (A10), and fills the seat. Returns what an
/// email needs: the event, and the SEQUENCE of the cancelling calendar part if they had a seat. The caller
/// has checked the permit.
pub(crate) async fn give_up_for(
    tx: &Tx,
    permit: &Permit<RemoveGroupMember>,
    member: MemberId,
    event: uuid::Uuid,
) -> Result<Option<(EventFacts, Option<u32>)>, StoreError> {
    let Some(given_up) = give_up(tx, member, event).await? else { return Ok(None) };
    audit::record(tx, permit, "rsvp.leave", given_up.rsvp.0).await?;
    Ok(given_up.notice)
}

/// An RSVP that was given up on behalf of its member.
pub(super) struct GivenUpRsvp {
    pub(super) rsvp: RsvpId,
    /// The event, and the SEQUENCE of the cancelling calendar part. `None` when the member needs no email.
    pub(super) notice: Option<(EventFacts, Option<u32>)>,
}

/// Gives up a member's RSVP and fills the seat, without an email to them and without an audit entry.
pub(super) async fn give_up(
    tx: &Tx,
    member: MemberId,
    event: uuid::Uuid,
) -> Result<Option<GivenUpRsvp>, StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(event)).await? else { return Ok(None) };
    let found = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(row.id))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part());
    let Some(rsvp) = found.one(tx.db()).await? else { return Ok(None) };
    let mut rsvp = rsvp_from_row(rsvp)?;
    let mut locked = LockedEvent::at(tx, event, &row);
    // Attendees of a cancelled event were emailed, and the calendar entry is gone.
    let notifies = locked.event.status == EventStatus::Published
        || notices::cancels_quietly(tx, locked.event.id).await?;
    let sequence = (notifies && rsvp.is_seated()).then(|| notify::next_sequence(&mut rsvp));
    let facts = facts(&locked.event, &rsvp);
    let out = Change::left(&rsvp);
    let rsvp = locked.changed(rsvp, out);
    locked.save(&rsvp, false).await?;
    locked.settle().await?;
    Ok(Some(GivenUpRsvp { rsvp: rsvp.id, notice: notifies.then_some((facts, sequence)) }))
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
                let (event, _) = lock(tx, &actor, &slug).await?;
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

async fn own_rsvp(tx: &Tx, actor: &Actor, event: &Event) -> Result<Option<Rsvp>, StoreError> {
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

/// Fills free seats and updates the counts of an event that was changed behind its lock.
pub(super) async fn settle(tx: &Tx, event: &Event, row: &event::Model) -> Result<(), StoreError> {
    LockedEvent::at(tx, event.clone(), row).settle().await
}
