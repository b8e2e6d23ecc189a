//! Seats: take, change, leave, promote. One lock per event, decisions in `domain::events`.

use domain::{
    Actor, MemberId, RsvpId, SessionId, Slug,
    events::{self, Decision, Event, EventStatus, Rsvp, RsvpState},
    letters::{EventFacts, Letter},
    members::Address,
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::{
    rows::{event_from_row, lock, locked, rsvp_from_row, seats_of},
    tell::{self, facts},
};
use crate::{
    Fault, Store, audit,
    entities::{event, rsvp},
    members, outbox, secrets,
    write::Tx,
};

/// Takes a seat with `guests`, or a place on the waitlist when they do not fit; asking again with the
/// same number changes nothing and answers with what stands (A1, A2).
///
/// # Errors
/// `Refused` with the reason, `NotFound` for hidden and absent events.
pub async fn rsvp(store: &Store, who: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, Fault> {
    let args = (*who, slug.clone(), guests);
    store.write(args, |tx, (who, slug, guests)| Box::pin(rsvp_in(tx, who, slug, *guests))).await
}

async fn rsvp_in(tx: &Tx, who: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, Fault> {
    let permit = permit(who, Action::Rsvp, Relation::Own)?;
    let (event, row) = lock(tx, who, slug).await?;
    let going = seats_of(tx.db(), row.id, RsvpState::Going).await?;
    let mine = mine(tx, who, &row).await?;
    let decision = events::rsvp(&event, going, mine.as_ref(), guests, tx.now())?;
    if decision == Decision::Unchanged {
        return mine.ok_or_else(|| Fault::Broken("an answer that is not there stayed as it was".into()));
    }
    let mut answer = mine.clone().unwrap_or_else(|| fresh(who, &event));
    answer.guests = guests;
    match decision {
        Decision::Unchanged | Decision::Resize { .. } => {}
        Decision::Seat { .. } => answer.state = RsvpState::Going,
        Decision::Wait { .. } => {
            answer.state = RsvpState::Waiting;
            answer.place = row.next_place;
        }
    }
    let letter = letter_for(tx, &event, &mut answer, decision).await?;
    save(tx, &permit, &answer, mine.is_none()).await?;
    if let Some(letter) = letter {
        tell_one(tx, &answer, &letter).await?;
    }
    let next_place = row.next_place + i64::from(matches!(decision, Decision::Wait { .. }));
    settle(tx, &event, next_place).await?;
    audit::note(tx, &permit, "rsvp.take", answer.id.0).await?;
    // A smaller party may fit now: then the promotion has changed this very answer.
    rsvp::Entity::find_by_id(answer.id.0).one(tx.db()).await?.map_or(Ok(answer), rsvp_from_row)
}

/// The letter that a decision calls for; a calendar part takes the next SEQUENCE.
async fn letter_for(
    tx: &Tx,
    event: &Event,
    answer: &mut Rsvp,
    decision: Decision,
) -> Result<Option<Letter>, Fault> {
    let facts = facts(event, answer);
    Ok(match (decision, answer.state) {
        (Decision::Unchanged, _) | (_, RsvpState::Left) => None,
        // Who waits with another number of guests keeps the place and sees it on the page.
        (Decision::Resize { .. }, RsvpState::Waiting) => None,
        (_, RsvpState::Going) => {
            let sequence = tell::next_sequence(answer);
            Some(Letter::Confirmed { event: facts, guests: answer.guests, sequence })
        }
        (_, RsvpState::Waiting) => {
            let position = 1 + waiting_before(tx, answer).await?;
            Some(Letter::Waitlisted { event: facts, guests: answer.guests, position })
        }
    })
}

async fn waiting_before(tx: &Tx, answer: &Rsvp) -> Result<u32, Fault> {
    let before = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(answer.event.0))
        .filter(rsvp::Column::State.eq(RsvpState::Waiting.name()))
        .filter(rsvp::Column::Place.lt(answer.place))
        .count(tx.db())
        .await?;
    Ok(u32::try_from(before).unwrap_or(u32::MAX - 1))
}

/// Gives up a seat or a place on the waitlist; leaving what one does not have changes nothing.
///
/// # Errors
/// `Refused` when the event is over or cancelled, `NotFound` for hidden and absent events.
pub async fn leave(store: &Store, who: &Actor, slug: &Slug) -> Result<(), Fault> {
    store.write((*who, slug.clone()), |tx, (who, slug)| Box::pin(leave_in(tx, who, slug))).await
}

async fn leave_in(tx: &Tx, who: &Actor, slug: &Slug) -> Result<(), Fault> {
    let permit = permit(who, Action::Rsvp, Relation::Own)?;
    let (event, row) = lock(tx, who, slug).await?;
    let mine = mine(tx, who, &row).await?;
    if !events::leave(&event, mine.as_ref(), tx.now())? {
        return Ok(());
    }
    let Some(mut answer) = mine else { return Ok(()) };
    let had_seat = answer.state == RsvpState::Going;
    let sequence = had_seat.then(|| tell::next_sequence(&mut answer));
    let letter = Letter::Left { event: facts(&event, &answer), sequence };
    answer.state = RsvpState::Left;
    save(tx, &permit, &answer, false).await?;
    tell_one(tx, &answer, &letter).await?;
    audit::note(tx, &permit, "rsvp.leave", answer.id.0).await?;
    settle(tx, &event, row.next_place).await
}

/// Gives up what a member has at an event that they may no longer see (A10), and promotes. Answers with
/// what there is to tell: the event, and the SEQUENCE of its cancelling calendar part for who had a seat.
/// Only who has a permit gets here.
pub(crate) async fn give_up_for(
    tx: &Tx,
    permit: &Permit,
    member: MemberId,
    event: uuid::Uuid,
) -> Result<Option<(EventFacts, Option<u32>)>, Fault> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(event)).await? else { return Ok(None) };
    let found = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(row.id))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(rsvp::Column::State.ne(RsvpState::Left.name()));
    let Some(answer) = found.one(tx.db()).await? else { return Ok(None) };
    let mut answer = rsvp_from_row(answer)?;
    // Who had a seat at a cancelled event was told, and its calendar entry is gone.
    let tells = event.status == EventStatus::Published;
    let sequence = (tells && answer.state == RsvpState::Going).then(|| tell::next_sequence(&mut answer));
    let facts = facts(&event, &answer);
    answer.state = RsvpState::Left;
    save(tx, permit, &answer, false).await?;
    audit::note(tx, permit, "rsvp.leave", answer.id.0).await?;
    settle(tx, &event, row.next_place).await?;
    Ok(tells.then_some((facts, sequence)))
}

/// Gives up the seat behind a calendar entry, for whoever it was sent to (C1).
///
/// # Errors
/// `NotFound` when no such entry was sent to that address; `Refused` as for [`leave`].
pub async fn decline(store: &Store, uid: RsvpId, address: &Address) -> Result<(), Fault> {
    store
        .write((uid, address.key()), |tx, (uid, key)| {
            Box::pin(async move {
                let found =
                    rsvp::Entity::find_by_id(uid.0).find_also_related(event::Entity).one(tx.db()).await?;
                let Some((row, Some(event))) = found else { return Err(Fault::NotFound) };
                let member = members::load(tx.db(), MemberId(row.member_id)).await?;
                if member.address_key.as_ref() != Some(key) {
                    return Err(Fault::NotFound);
                }
                let member = members::from_row(member)?;
                // It may do what they may, through no session of theirs.
                let session = SessionId(uuid::Uuid::nil());
                let who = Actor::Member { id: member.id, role: member.role, session };
                leave_in(tx, &who, &event_from_row(event, None)?.slug).await
            })
        })
        .await
}

async fn mine(tx: &Tx, who: &Actor, event: &event::Model) -> Result<Option<Rsvp>, Fault> {
    let Some(member) = who.member() else { return Ok(None) };
    let row = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .one(tx.db())
        .await?;
    row.map(rsvp_from_row).transpose()
}

fn fresh(who: &Actor, event: &Event) -> Rsvp {
    Rsvp {
        id: RsvpId(secrets::new_id()),
        event: event.id,
        member: who.member().unwrap_or(MemberId(uuid::Uuid::nil())),
        state: RsvpState::Left,
        guests: 0,
        place: 0,
        sequence: 0,
    }
}

/// Writes an answer down. Only who has a permit gets here.
async fn save(tx: &Tx, _permit: &Permit, answer: &Rsvp, new: bool) -> Result<(), Fault> {
    let row = rsvp::ActiveModel {
        id: Set(answer.id.0),
        event_id: Set(answer.event.0),
        member_id: Set(answer.member.0),
        state: Set(answer.state.name().to_owned()),
        guests: Set(i32::from(answer.guests)),
        place: Set(answer.place),
        sequence: Set(i32::try_from(answer.sequence).unwrap_or(i32::MAX)),
        answered_at: Set(tx.now()),
        hidden: NotSet,
    };
    if new {
        row.insert(tx.db()).await?;
    } else {
        row.update(tx.db()).await?;
    }
    Ok(())
}

async fn tell_one(tx: &Tx, answer: &Rsvp, letter: &Letter) -> Result<(), Fault> {
    let member = members::load(tx.db(), answer.member).await?;
    match members::recipient(&member) {
        Some(to) => outbox::post(tx, Some(answer.member), &to, letter).await,
        None => Ok(()),
    }
}

/// Promotes whom the free seats fit, then keeps the numbers that pages show (A3, A5). Called after
/// every change of seats or capacity, behind the event's lock. Needs no permit: it follows from one.
pub(super) async fn settle(tx: &Tx, event: &Event, next_place: i64) -> Result<(), Fault> {
    let going = seats_of(tx.db(), event.id.0, RsvpState::Going).await?;
    if event.free(going).is_none_or(|free| free > 0) {
        promote(tx, event, going).await?;
    }
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let row = event::ActiveModel {
        id: Set(event.id.0),
        going: Set(number(seats_of(tx.db(), event.id.0, RsvpState::Going).await?)),
        waiting: Set(number(seats_of(tx.db(), event.id.0, RsvpState::Waiting).await?)),
        next_place: Set(next_place),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}

async fn promote(tx: &Tx, event: &Event, going: u32) -> Result<(), Fault> {
    let rows = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::State.eq(RsvpState::Waiting.name()))
        .order_by_asc(rsvp::Column::Place)
        .all(tx.db())
        .await?;
    let waiting = rows.into_iter().map(rsvp_from_row).collect::<Result<Vec<_>, _>>()?;
    for entry in events::promotable(event, going, &waiting, tx.now()) {
        let mut answer = entry.clone();
        let sequence = tell::next_sequence(&mut answer);
        answer.state = RsvpState::Going;
        let row = rsvp::ActiveModel {
            id: Set(answer.id.0),
            state: Set(answer.state.name().to_owned()),
            sequence: Set(i32::try_from(answer.sequence).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        row.update(tx.db()).await?;
        let letter = Letter::Promoted { event: facts(event, &answer), guests: answer.guests, sequence };
        tell_one(tx, &answer, &letter).await?;
        audit::note_by(tx, Some(answer.member), "rsvp.promote", Some(answer.id.0)).await?;
    }
    Ok(())
}
