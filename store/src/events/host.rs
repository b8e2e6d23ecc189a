//! What hosts do with the seats of others: accept, reject, move the last back to the waitlist.

use domain::{
    Actor, Refusal, RsvpId, Slug,
    emails::{Email, WaitlistReason},
    events::{self, Event, Mode, Rsvp, RsvpState, WhenFull},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    locked::{LockedEvent, in_line},
    moved,
    notify::{self, facts, facts_as},
    rows::{edit_permit, lock, rsvp_from_row},
};
use crate::{Store, StoreError, audit, entities::rsvp, write::Tx};

/// Accepts a request, or gives a seat over the capacity to somebody who waits (A11). Answers with where
/// they stand now; accepting again changes nothing.
///
/// # Errors
/// `Refused(FullChoose)` when there is no seat and `when_full` does not say what then, `NotFound` for
/// hidden and absent events and answers.
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

async fn approve_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    when_full: WhenFull,
) -> Result<RsvpState, StoreError> {
    let (event, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    let was = theirs(tx, &locked.event, id).await?;
    let taken = locked.taken().await?;
    let Some(change) = events::approve(&locked.event, taken, &was, when_full, locked.now())? else {
        locked.settle().await?;
        return Ok(was.state);
    };
    let was = moved::tell_first(&locked, was).await?;
    // A seat that was held for them is theirs already.
    let over = change.state == RsvpState::Going
        && was.state != RsvpState::Offered
        && !locked.event.fits(was.mode, taken, was.seats());
    let in_line = matches!(was.state, RsvpState::Waiting | RsvpState::Offered);
    let mut answer = locked.changed(was, change);
    let guests = answer.guests;
    let email = if answer.state == RsvpState::Waiting {
        let position = 1 + locked.before(&answer).await?;
        let offers = locked.event.offers(answer.mode, locked.now());
        let event = facts(&locked.event, &answer);
        Email::Waitlisted { event, guests, position, because: WaitlistReason::Accepted, offers, free: None }
    } else {
        let sequence = notify::next_sequence(&mut answer);
        let event = facts(&locked.event, &answer);
        match in_line {
            true => Email::Promoted { event, guests, sequence, by_host: true },
            false => Email::Approved { event, guests, sequence },
        }
    };
    locked.save(&answer, false).await?;
    locked.settle_and_tell(&answer, Some(email)).await?;
    audit::record(tx, &permit, if over { "rsvp.override" } else { "rsvp.approve" }, id.0).await?;
    Ok(answer.state)
}

/// Says no to a request, with `words` or without (A11); saying it again changes nothing.
///
/// # Errors
/// `Refused(NotAsking)`, `NotFound` for hidden and absent events and answers.
pub async fn decline_request(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    words: &str,
) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), id, words.to_owned()), |tx, (actor, slug, id, words)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let mut locked = LockedEvent::open(tx, event, &row).await?;
                let was = theirs(tx, &locked.event, *id).await?;
                if let Some(change) = events::decline_request(&locked.event, &was, locked.now())? {
                    let answer = Rsvp { message: words.clone(), ..locked.changed(was, change) };
                    let event = facts(&locked.event, &answer);
                    locked.save(&answer, false).await?;
                    locked.notify(&answer, &Email::SeatDeclined { event, words: words.clone() }).await?;
                    audit::record(tx, &permit, "rsvp.decline", id.0).await?;
                }
                locked.settle().await
            })
        })
        .await
}

async fn theirs(tx: &Tx, event: &Event, id: RsvpId) -> Result<Rsvp, StoreError> {
    let row =
        rsvp::Entity::find_by_id(id.0).filter(rsvp::Column::EventId.eq(event.id.0)).one(tx.db()).await?;
    rsvp_from_row(row.ok_or(StoreError::NotFound)?)
}

/// The answers that hold a seat of a pool, who came last first, as many as could be over.
pub(super) async fn last_seated(
    db: &impl sea_orm::ConnectionTrait,
    event: &Event,
    pool: Mode,
    max: u32,
) -> Result<Vec<Rsvp>, StoreError> {
    let seats = Condition::all()
        .add(rsvp::Column::State.is_in([RsvpState::Going, RsvpState::Offered].map(RsvpState::name)))
        .add_option(event.hybrid().then(|| rsvp::Column::Mode.eq(pool.name())));
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

/// Moves those who came last to the top of the waitlist, until a pool is no longer over its capacity
/// (A4). `typed` is by how many seats it is over, as the host read and typed it. Answers with how many
/// people were moved.
///
/// # Errors
/// `Refused(NumberDiffers)` with the number that is true now, `NotFound` for hidden and absent events.
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
    let (event, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    event.open(tx.now())?;
    let locked = LockedEvent::open(tx, event, &row).await?;
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
        .filter(in_line())
        .order_by_asc(rsvp::Column::WaitlistSeq)
        .one(tx.db())
        .await?;
    let mut top = first.map_or(row.next_place, |first| first.waitlist_seq);
    let last = events::last_seated(&seated, over);
    for entry in &last {
        // Who came last stands behind those who came before them.
        top -= 1;
        move_one_back(&locked, entry, pool, top).await?;
        audit::record(tx, &permit, "rsvp.move_back", entry.id.0).await?;
    }
    let moved = u32::try_from(last.len()).unwrap_or(u32::MAX);
    locked.settle().await?;
    Ok(moved)
}

async fn move_one_back(
    locked: &LockedEvent<'_>,
    entry: &Rsvp,
    pool: Mode,
    top: i64,
) -> Result<(), StoreError> {
    let entry = moved::tell_first(locked, entry.clone()).await?;
    let mut answer = entry.clone();
    // Of the seat that is lost.
    let event =
        facts_as(&locked.event, answer.id, if locked.event.hybrid() { pool } else { answer.mode }, false);
    if answer.online_meanwhile && pool == Mode::Online {
        // They stand in line for the room already.
        answer.online_meanwhile = false;
    } else {
        answer = Rsvp {
            state: RsvpState::Waiting,
            guests_waiting: 0,
            waitlist_seq: top,
            since: locked.now(),
            holds_until: None,
            fewer_offer: None,
            skips: 0,
            ..answer
        };
    }
    // Who is only moved back in the line for the room and joins online as before keeps the calendar entry.
    let lost = entry.seated() && !answer.seated();
    let sequence = lost.then(|| notify::next_sequence(&mut answer));
    let email = Email::MovedBack { event, guests: answer.guests, sequence };
    locked.save(&answer, false).await?;
    locked.notify(&answer, &email).await
}
