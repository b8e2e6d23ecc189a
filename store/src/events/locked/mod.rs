//! A locked event: the only place that writes RSVPs and reassigns seats.

mod emails;
mod fill;
mod holds;
mod one_mode;
mod order;
mod save;
mod timers;

use domain::{
    Instant, RsvpId,
    events::{Change, Event, Rsvp, RsvpState, Taken},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _,
};

pub(super) use save::Authority;

use super::rows::{Tally, tally};
use crate::{
    StoreError,
    entities::{event, rsvp},
    write::Tx,
};

/// An event whose row is locked until the transaction ends.
pub(super) struct LockedEvent<'a> {
    pub(super) tx: &'a Tx,
    pub(super) event: Event,
    next_waitlist_seq: i64,
    next_seat_seq: i64,
    /// The counted seats. Nobody else changes them behind the lock, so they are counted from the rows once and
    /// every saved RSVP keeps them up to date.
    tally: Option<Tally>,
    /// An RSVP whose member gets a waitlist email in the same step. That email also says how many seats are
    /// free, so `offer_fewer` sends none of its own.
    combined_email: Option<RsvpId>,
    /// When this verb expired what was due.
    expired_at: Option<Instant>,
}

/// RSVPs on a waitlist of an event, including those with a seat that wait for more guests.
pub(super) fn is_waiting() -> Condition {
    let more_guests = Condition::all()
        .add(rsvp::Column::State.eq(RsvpState::Going.name()))
        .add(rsvp::Column::GuestsWaiting.gt(0));
    Condition::any().add(rsvp::Column::State.eq(RsvpState::Waiting.name())).add(more_guests)
}

/// How many RSVPs are on the same waitlist before this one.
pub(super) async fn count_before(db: &impl ConnectionTrait, rsvp: &Rsvp) -> Result<u32, StoreError> {
    let before = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(rsvp.event.0))
        .filter(rsvp::Column::Mode.eq(rsvp.mode.name()))
        .filter(is_waiting())
        .filter(rsvp::Column::WaitlistSeq.lt(rsvp.waitlist_seq))
        .count(db)
        .await?;
    Ok(u32::try_from(before).unwrap_or(u32::MAX - 1))
}

impl<'a> LockedEvent<'a> {
    /// The event as its rows say, without expiring anything.
    pub(super) fn at(tx: &'a Tx, event: Event, row: &event::Model) -> Self {
        Self {
            tx,
            event,
            next_waitlist_seq: row.next_waitlist_seq,
            next_seat_seq: row.next_seat_seq,
            tally: None,
            combined_email: None,
            expired_at: None,
        }
    }

    /// The event after expiring what is due. Expiring first keeps a member from taking a seat that has already
    /// passed to somebody else (A8).
    pub(super) async fn open(tx: &'a Tx, event: Event, row: &event::Model) -> Result<Self, StoreError> {
        let mut locked = Self::at(tx, event, row);
        if locked.expire_due().await? {
            locked.fill().await?;
        }
        Ok(locked)
    }

    pub(super) fn now(&self) -> Instant {
        self.tx.now()
    }

    /// The taken seats, counted from the rows.
    pub(super) async fn taken(&mut self) -> Result<Taken, StoreError> {
        Ok(self.tally().await?.going)
    }

    async fn tally(&mut self) -> Result<Tally, StoreError> {
        match self.tally {
            Some(tally) => Ok(tally),
            None => {
                let counted = tally(self.tx.db(), self.event.id.0, self.event.is_hybrid()).await?;
                Ok(*self.tally.insert(counted))
            }
        }
    }

    /// Applies a change to an RSVP, and gives it new sequence numbers where it needs them.
    pub(super) fn changed(&mut self, mut rsvp: Rsvp, change: Change) -> Rsvp {
        let holds = |state| matches!(state, RsvpState::Going | RsvpState::Offered);
        let same_mode = rsvp.mode == change.mode;
        let keeps_seat = holds(rsvp.state) && same_mode;
        if (holds(change.state) && !keeps_seat) || (change.online_meanwhile && !rsvp.online_meanwhile) {
            rsvp.seat_seq = self.next_seat_seq;
            self.next_seat_seq += 1;
        }
        if change.moves_to_back {
            rsvp.waitlist_seq = self.next_waitlist_seq;
            self.next_waitlist_seq += 1;
        }
        // Changing a request doesn't move it back in the order of requests (A11).
        if rsvp.state != change.state || (!same_mode && change.state != RsvpState::Pending) {
            rsvp.since = self.now();
            rsvp.skips = 0;
        }
        if rsvp.state != change.state || rsvp.guests != change.guests {
            rsvp.fewer_offer = None;
        }
        rsvp.holds_until = rsvp.holds_until.filter(|_| change.state == RsvpState::Offered);
        rsvp.message.clear();
        rsvp.state = change.state;
        rsvp.mode = change.mode;
        rsvp.guests = change.guests;
        rsvp.guests_waiting = change.guests_waiting;
        rsvp.online_meanwhile = change.online_meanwhile;
        rsvp
    }

    /// Fills free seats, then updates the counts that pages show (A3, A5). Call this after every change of
    /// seats or capacity.
    pub(super) async fn settle(mut self) -> Result<(), StoreError> {
        self.settle_seats().await
    }

    /// Like `settle`, for a caller that goes on with the locked event.
    pub(in crate::events) async fn settle_seats(&mut self) -> Result<(), StoreError> {
        self.expire_due().await?;
        self.fill().await?;
        let tally = self.tally().await?;
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let row = event::ActiveModel {
            id: Set(self.event.id.0),
            going: Set(number(tally.going.room)),
            waiting: Set(number(tally.waiting.room)),
            online_going: Set(number(tally.going.online)),
            online_waiting: Set(number(tally.waiting.online)),
            next_waitlist_seq: Set(self.next_waitlist_seq),
            next_seat_seq: Set(self.next_seat_seq),
            ..Default::default()
        };
        row.update_without_returning(self.tx.db()).await?;
        Ok(())
    }
}
