//! What hosts do with other people's seats: approve and decline requests, and move people back to the waitlist.

use domain::{
    Actor, Refusal, RsvpId, Slug,
    events::{self, Event, Mode, Rsvp, RsvpState, WhenFull},
    policy::{Permit, events::EditEvent},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    locked::{Authority, LockedEvent, is_waiting},
    moved,
    rows::{edit_permit, lock, lock_any, rsvp_from_row},
};
use crate::{Store, StoreError, entities::rsvp, write::Tx};

/// Approves a request, or gives a waiting person a seat even over capacity (A11). Returns the RSVP's new
/// state. Approving again changes nothing.
///
/// # Errors
/// `Refused(FullChoose)` when no seat is free and `when_full` doesn't say what to do then, `NotFound` for
/// hidden and absent events and RSVPs.
pub async fn approve(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    when_full: WhenFull,
) -> Result<RsvpState, StoreError> {
    store
        .write((*actor, slug.clone(), id, when_full), |tx, (actor, slug, id, when_full)| {
            Box::pin(approve_in(tx, actor, slug, *id, *when_full))
        })
        .await
}

pub(super) async fn approve_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    when_full: WhenFull,
) -> Result<RsvpState, StoreError> {
    let (event, row) = lock_any(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let was = find_rsvp(tx, &locked.event, id).await?;
    let taken = locked.taken().await?;
    let Some(change) = events::approve(&locked.event, taken, &was, when_full, locked.now())? else {
        locked.settle().await?;
        return Ok(was.state);
    };
    let was = moved::send_pending_change(&locked, was).await?;
    // An offered seat is already counted as taken, so it doesn't exceed the capacity.
    let over = change.state == RsvpState::Going
        && was.state != RsvpState::Offered
        && !locked.event.fits(was.mode, taken, was.seats());
    let rsvp = locked.changed(was.clone(), change);
    let action = if over { "rsvp.override" } else { "rsvp.approve" };
    locked.apply_and_settle(Authority::Host(&permit), &was, rsvp, false, action).await?;
    // The seat may be held until the member has answered the questions (A8).
    let row = rsvp::Entity::find_by_id(id.0).one(tx.db()).await?;
    Ok(rsvp_from_row(row.ok_or(StoreError::NotFound)?)?.state)
}

/// Declines a request with an optional `message`, which may be empty (A11). Declining again changes nothing.
///
/// # Errors
/// `Refused(NotAsking)`, `NotFound` for hidden and absent events and RSVPs.
pub async fn decline_request(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    message: &str,
) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), id, message.to_owned()), |tx, (actor, slug, id, message)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let mut locked = LockedEvent::open(tx, event, &row).await?;
                let was = find_rsvp(tx, &locked.event, *id).await?;
                if let Some(change) = events::decline_request(&locked.event, &was, locked.now())? {
                    let rsvp = Rsvp { message: message.clone(), ..locked.changed(was.clone(), change) };
                    locked.apply(Authority::Host(&permit), &was, rsvp, "rsvp.decline").await?;
                }
                locked.settle().await
            })
        })
        .await
}

pub(super) async fn find_rsvp(tx: &Tx, event: &Event, id: RsvpId) -> Result<Rsvp, StoreError> {
    let row =
        rsvp::Entity::find_by_id(id.0).filter(rsvp::Column::EventId.eq(event.id.0)).one(tx.db()).await?;
    rsvp_from_row(row.ok_or(StoreError::NotFound)?)
}

/// RSVPs that hold a seat of a pool, the newest seat first, at most `max` of them.
pub(super) async fn last_seated(
    db: &impl sea_orm::ConnectionTrait,
    event: &Event,
    pool: Mode,
    max: u32,
) -> Result<Vec<Rsvp>, StoreError> {
    let seats = Condition::all()
        .add(rsvp::Column::State.is_in([RsvpState::Going, RsvpState::Offered].map(RsvpState::name)))
        .add_option(event.is_hybrid().then(|| rsvp::Column::Mode.eq(pool.name())));
    let online = (pool == Mode::Online).then(|| rsvp::Column::OnlineMeanwhile.eq(true));
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(Condition::any().add(seats).add_option(online))
        .order_by_desc(rsvp::Column::SeatSeq)
        .order_by_desc(rsvp::Column::Id)
        .limit(u64::from(max))
        .all(db)
        .await?;
    rows.into_iter().map(rsvp_from_row).collect()
}

/// Moves the newest RSVPs to the top of the waitlist until a pool is within its capacity (A4). `typed` is the
/// number of seats over capacity that the host read on the page and typed to confirm. Returns how many
/// RSVPs moved.
///
/// # Errors
/// `Refused(NumberDiffers)` with the current number, `NotFound` for hidden and absent events.
pub async fn move_back(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    pool: Mode,
    typed: u32,
) -> Result<u32, StoreError> {
    store
        .write((*actor, slug.clone(), pool, typed), |tx, (actor, slug, pool, typed)| {
            Box::pin(move_back_in(tx, actor, slug, *pool, *typed))
        })
        .await
}

async fn move_back_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    pool: Mode,
    typed: u32,
) -> Result<u32, StoreError> {
    let (event, row) = lock_any(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    event.open(tx.now())?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let pool = locked.event.pool(pool);
    let taken = locked.taken().await?.of(pool);
    let over = locked.event.capacity(pool).map_or(0, |capacity| taken.saturating_sub(capacity));
    if over == 0 {
        locked.settle().await?;
        return Ok(0);
    }
    if over != typed {
        return Err(Refusal::NumberDiffers { over: i64::from(over) }.into());
    }
    let seated = last_seated(tx.db(), &locked.event, pool, over).await?;
    let first = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(locked.event.id.0))
        .filter(is_waiting())
        .order_by_asc(rsvp::Column::WaitlistSeq)
        .one(tx.db())
        .await?;
    let mut top = first.map_or(row.next_waitlist_seq, |first| first.waitlist_seq);
    let to_move = events::last_seated(&seated, over);
    for entry in &to_move {
        // Each one goes before the one moved previously, so the order of their seats is kept.
        top -= 1;
        move_one_back(&mut locked, &permit, entry, pool, top).await?;
    }
    let moved = u32::try_from(to_move.len()).unwrap_or(u32::MAX);
    locked.settle().await?;
    Ok(moved)
}

async fn move_one_back(
    locked: &mut LockedEvent<'_>,
    permit: &Permit<EditEvent>,
    entry: &Rsvp,
    pool: Mode,
    top: i64,
) -> Result<(), StoreError> {
    let was = moved::send_pending_change(locked, entry.clone()).await?;
    let rsvp = if was.online_meanwhile && pool == Mode::Online {
        // The member is on the on-site waitlist already.
        Rsvp { online_meanwhile: false, ..was.clone() }
    } else {
        Rsvp {
            state: RsvpState::Waiting,
            guests_waiting: 0,
            waitlist_seq: top,
            since: locked.now(),
            holds_until: None,
            fewer_offer: None,
            skips: 0,
            ..was.clone()
        }
    };
    locked.apply(Authority::Host(permit), &was, rsvp, "rsvp.move_back").await
}
