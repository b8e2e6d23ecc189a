//! An event behind its lock: the one place where answers are written and seats change hands.

use std::collections::HashSet;

use chrono::Duration;
use domain::{
    Instant, RsvpId,
    emails::{Email, FreeNow},
    events::{
        Change, Event, EventStatus, FEWER_OFFER_LIFETIME, FewerOffer, Mode, REMIND_HOSTS_AFTER, Rsvp,
        RsvpState, Taken, expired, fill, next_to_ask,
    },
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::{
    moved,
    notify::{self, facts, facts_as},
    requests,
    rows::{Tally, rsvp_from_row, tally},
};
use crate::{
    StoreError, audit,
    entities::{event, rsvp},
    members, outbox,
    write::Tx,
};

/// An event behind its lock.
pub(super) struct LockedEvent<'a> {
    pub(super) tx: &'a Tx,
    pub(super) event: Event,
    next_place: i64,
    next_seat: i64,
    /// An answer whose member gets an email about their place on the waitlist in the same step: that one says how
    /// many seats are free, and no second email does.
    told_in_one: Option<RsvpId>,
}

/// Who stands in a waitlist of an event.
pub(super) fn in_line() -> Condition {
    let more_guests = Condition::all()
        .add(rsvp::Column::State.eq(RsvpState::Going.name()))
        .add(rsvp::Column::GuestsWaiting.gt(0));
    Condition::any().add(rsvp::Column::State.eq(RsvpState::Waiting.name())).add(more_guests)
}

impl<'a> LockedEvent<'a> {
    /// As the rows are.
    pub(super) fn at(tx: &'a Tx, event: Event, row: &event::Model) -> Self {
        Self { tx, event, next_place: row.next_place, next_seat: row.next_seat, told_in_one: None }
    }

    /// As time has left it: what is due is done before anything is decided, so that nobody gets a seat
    /// that has passed on to somebody else (A8).
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

    /// The seats that are taken, from the rows.
    pub(super) async fn taken(&self) -> Result<Taken, StoreError> {
        Ok(self.tally().await?.going)
    }

    async fn tally(&self) -> Result<Tally, StoreError> {
        tally(self.tx.db(), self.event.id.0, self.event.hybrid()).await
    }

    /// An answer as a change makes it.
    pub(super) fn changed(&mut self, mut answer: Rsvp, change: Change) -> Rsvp {
        let holds = |state| matches!(state, RsvpState::Going | RsvpState::Offered);
        let same_way = answer.mode == change.mode;
        let keeps_seat = holds(answer.state) && same_way;
        if (holds(change.state) && !keeps_seat) || (change.online_meanwhile && !answer.online_meanwhile) {
            answer.seat_seq = self.next_seat;
            self.next_seat += 1;
        }
        if change.moves_to_back {
            answer.waitlist_seq = self.next_place;
            self.next_place += 1;
        }
        // A request does not become younger by being changed (A11).
        if answer.state != change.state || (!same_way && change.state != RsvpState::Pending) {
            answer.since = self.now();
            answer.skips = 0;
        }
        if answer.state != change.state || answer.guests != change.guests {
            answer.fewer_offer = None;
        }
        answer.holds_until = answer.holds_until.filter(|_| change.state == RsvpState::Offered);
        answer.message.clear();
        answer.state = change.state;
        answer.mode = change.mode;
        answer.guests = change.guests;
        answer.guests_waiting = change.guests_waiting;
        answer.online_meanwhile = change.online_meanwhile;
        answer
    }

    /// Writes an answer down. Every way here leads past a permit, or follows from what one did.
    pub(super) async fn save(&self, answer: &Rsvp, new: bool) -> Result<(), StoreError> {
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let asked =
            answer.fewer_offer.filter(|_| answer.can_accept_fewer(self.now())).map(|asked| asked.until);
        let patience = answer.since + REMIND_HOSTS_AFTER;
        let due_at = match answer.state {
            RsvpState::Offered => Set(answer.holds_until),
            // Later, the host has been reminded.
            RsvpState::Pending if self.now() >= patience => NotSet,
            RsvpState::Pending => Set(Some(patience)),
            RsvpState::Waiting => Set(asked),
            RsvpState::Going | RsvpState::Left | RsvpState::Declined => Set(None),
        };
        let row = rsvp::ActiveModel {
            id: Set(answer.id.0),
            event_id: Set(answer.event.0),
            member_id: Set(answer.member.0),
            state: Set(answer.state.name().to_owned()),
            mode: Set(answer.mode.name().to_owned()),
            guests: Set(i32::from(answer.guests)),
            guests_waiting: Set(i32::from(answer.guests_waiting)),
            online_meanwhile: Set(answer.online_meanwhile),
            waitlist_seq: Set(answer.waitlist_seq),
            seat_seq: Set(answer.seat_seq),
            sequence: Set(number(answer.sequence)),
            answered_at: Set(answer.since),
            holds_until: Set(answer.holds_until),
            fewer_offer_until: Set(answer.fewer_offer.map(|asked| asked.until)),
            fewer_offer_seats: Set(answer.fewer_offer.map_or(0, |asked| number(asked.seats))),
            skips: Set(number(answer.skips)),
            message: Set(answer.message.clone()),
            due_at,
            hidden: NotSet,
        };
        if new {
            row.insert(self.tx.db()).await?;
        } else {
            row.update(self.tx.db()).await?;
        }
        Ok(())
    }

    /// Posts a letter to whose answer it is.
    pub(super) async fn notify(&self, answer: &Rsvp, email: &Email) -> Result<(), StoreError> {
        let member = members::load(self.tx.db(), answer.member).await?;
        match members::recipient(&member) {
            Some(to) => outbox::post(self.tx, Some(answer.member), &to, email).await,
            None => Ok(()),
        }
    }

    /// Saves an answer that moved by itself, tells its member, writes it down.
    async fn moved(&self, answer: &Rsvp, email: &Email, action: &'static str) -> Result<(), StoreError> {
        self.save(answer, false).await?;
        self.notify(answer, email).await?;
        audit::record_by(self.tx, Some(answer.member), action, Some(answer.id.0)).await
    }

    /// How many stand in line before an answer.
    pub(super) async fn before(&self, answer: &Rsvp) -> Result<u32, StoreError> {
        before(self.tx.db(), answer).await
    }

    /// Offers and questions whose time is up, and requests that nobody answered: whether there were any.
    async fn expire_due(&mut self) -> Result<bool, StoreError> {
        if self.event.status != EventStatus::Published {
            return Ok(false);
        }
        let now = self.now();
        let rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .filter(rsvp::Column::DueAt.lte(now))
            .order_by_asc(rsvp::Column::DueAt)
            .order_by_asc(rsvp::Column::SeatSeq)
            .all(self.tx.db())
            .await?;
        let (some, mut requests) = (!rows.is_empty(), 0);
        for row in rows {
            let answer = rsvp_from_row(row)?;
            if let Some(change) = expired(&answer, now) {
                let answer = self.changed(answer, change);
                let email =
                    Email::OfferExpired { event: facts(&self.event, &answer), keeps_online: answer.seated() };
                if now < self.event.ends_at {
                    self.moved(&answer, &email, "rsvp.expire").await?;
                } else {
                    self.save(&answer, false).await?;
                }
                continue;
            }
            requests += u32::from(answer.state == RsvpState::Pending);
            let done = rsvp::ActiveModel { id: Set(answer.id.0), due_at: Set(None), ..Default::default() };
            done.update(self.tx.db()).await?;
        }
        if requests > 0 && now < self.event.ends_at {
            requests::remind_hosts(self.tx, &self.event, requests).await?;
        }
        Ok(some)
    }

    /// Gives or offers free seats to those who wait, and asks who is too many (A5, A6, A8, A9).
    async fn fill(&mut self) -> Result<(), StoreError> {
        if self.event.open(self.now()).is_err() {
            return Ok(());
        }
        // The room first: who gets a seat there may free one online.
        for mode in self.event.pools() {
            let tally = self.tally().await?;
            let pool = self.event.pool(*mode);
            if tally.waiting.of(pool) > 0 && self.event.free(pool, tally.going) != Some(0) {
                self.fill_pool(pool, tally.going).await?;
            }
        }
        Ok(())
    }

    async fn fill_pool(&mut self, pool: Mode, taken: Taken) -> Result<(), StoreError> {
        let now = self.now();
        let mut rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .filter(in_line())
            .order_by_asc(rsvp::Column::WaitlistSeq);
        if self.event.hybrid() {
            rows = rows.filter(rsvp::Column::Mode.eq(pool.name()));
        }
        let rows = rows.all(self.tx.db()).await?;
        let line = rows.into_iter().map(rsvp_from_row).collect::<Result<Vec<_>, _>>()?;
        let filled = fill(&self.event, pool, taken, &line, now);
        for entry in &filled.promoted {
            self.promote(entry, pool).await?;
        }
        for entry in &filled.skipped {
            let skips = i32::try_from(entry.skips + 1).unwrap_or(i32::MAX);
            let row = rsvp::ActiveModel { id: Set(entry.id.0), skips: Set(skips), ..Default::default() };
            row.update(self.tx.db()).await?;
        }
        let promoted: HashSet<_> = filled.promoted.iter().map(|entry| entry.id).collect();
        let left = line.iter().filter(|entry| !promoted.contains(&entry.id));
        if now < self.event.starts_at
            && let Some(entry) = next_to_ask(left, filled.free, now)
        {
            let skipped = filled.skipped.iter().any(|skipped| skipped.id == entry.id);
            let entry = Rsvp { skips: entry.skips + u32::from(skipped), ..entry.clone() };
            self.ask(entry, filled.free).await?;
        }
        Ok(())
    }

    async fn promote(&mut self, entry: &Rsvp, pool: Mode) -> Result<(), StoreError> {
        let entry = moved::tell_first(self, entry.clone()).await?;
        let change = |guests| Change {
            state: RsvpState::Going,
            mode: entry.mode,
            guests,
            guests_waiting: 0,
            online_meanwhile: false,
            moves_to_back: false,
        };
        if entry.state == RsvpState::Going {
            let mut answer = self.changed(entry.clone(), change(entry.guests + entry.guests_waiting));
            let sequence = notify::next_sequence(&mut answer);
            let email = Email::Confirmed {
                event: facts(&self.event, &answer),
                guests: answer.guests,
                sequence,
                in_line: false,
                guests_before: Some(entry.guests),
            };
            return self.moved(&answer, &email, "rsvp.promote").await;
        }
        if self.event.offers(pool, self.now()) {
            let until = self.event.holds_until(self.now());
            let offer = Change {
                state: RsvpState::Offered,
                online_meanwhile: entry.online_meanwhile,
                ..change(entry.guests)
            };
            let answer = Rsvp { holds_until: Some(until), ..self.changed(entry.clone(), offer) };
            // Of the seat that is offered: a room's, even for who comes online meanwhile.
            let event = facts_as(&self.event, answer.id, answer.mode, false);
            let email = Email::Offer { event, guests: answer.guests, until };
            return self.moved(&answer, &email, "rsvp.offer").await;
        }
        let mut answer = self.changed(entry.clone(), change(entry.guests));
        let sequence = notify::next_sequence(&mut answer);
        let email = Email::Promoted {
            event: facts(&self.event, &answer),
            guests: answer.guests,
            sequence,
            by_host: false,
        };
        self.moved(&answer, &email, "rsvp.promote").await
    }

    /// Come with fewer? Nothing is held: what is free when they answer counts (A6).
    async fn ask(&self, entry: Rsvp, free: u32) -> Result<(), StoreError> {
        let until = (self.now() + FEWER_OFFER_LIFETIME).min(self.event.ends_at);
        let entry = moved::tell_first(self, entry).await?;
        let answer = Rsvp { fewer_offer: Some(FewerOffer { seats: free, until }), ..entry };
        if self.told_in_one == Some(answer.id) {
            self.save(&answer, false).await?;
            return audit::record_by(self.tx, Some(answer.member), "rsvp.offer_fewer", Some(answer.id.0))
                .await;
        }
        let event = facts_as(&self.event, answer.id, answer.mode, false);
        let email = Email::FewerOffered { event, guests: answer.guests, free, until };
        self.moved(&answer, &email, "rsvp.offer_fewer").await
    }

    /// Gives on what is free, then keeps the numbers that pages show (A3, A5). Called after every change
    /// of seats or capacity.
    pub(super) async fn settle(mut self) -> Result<(), StoreError> {
        self.settle_seats().await
    }

    /// The same after an answer was saved, with the email to its member. An email about a place on the waitlist
    /// also says whether fewer seats are free at once: two emails in the same second would contradict each other
    /// (A6).
    pub(super) async fn settle_and_tell(
        mut self,
        answer: &Rsvp,
        email: Option<Email>,
    ) -> Result<(), StoreError> {
        match email {
            Some(Email::Waitlisted { event, guests, position, because, offers, .. }) => {
                self.told_in_one = Some(answer.id);
                self.settle_seats().await?;
                let free = self.free_for(answer.id).await?;
                let email = Email::Waitlisted { event, guests, position, because, offers, free };
                self.notify(answer, &email).await
            }
            Some(email) => {
                self.notify(answer, &email).await?;
                self.settle_seats().await
            }
            None => self.settle_seats().await,
        }
    }

    /// What an answer is asked to take instead of what it waits for.
    async fn free_for(&self, id: RsvpId) -> Result<Option<FreeNow>, StoreError> {
        let row = rsvp::Entity::find_by_id(id.0).one(self.tx.db()).await?;
        let asked = row.map(rsvp_from_row).transpose()?.filter(|answer| answer.can_accept_fewer(self.now()));
        let asked = asked.and_then(|answer| answer.fewer_offer);
        Ok(asked.map(|asked| FreeNow { seats: asked.seats, until: asked.until }))
    }

    async fn settle_seats(&mut self) -> Result<(), StoreError> {
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
            next_place: Set(self.next_place),
            next_seat: Set(self.next_seat),
            ..Default::default()
        };
        row.update(self.tx.db()).await?;
        Ok(())
    }

    /// Where there is only one way left to come, everybody takes that one; nobody loses a seat (A12).
    pub(super) async fn collapse_to_one_mode(&self) -> Result<(), StoreError> {
        if self.event.hybrid() {
            return Ok(());
        }
        let of_event = || rsvp::Entity::update_many().filter(rsvp::Column::EventId.eq(self.event.id.0));
        of_event()
            .set(rsvp::ActiveModel {
                state: Set(RsvpState::Going.name().to_owned()),
                online_meanwhile: Set(false),
                holds_until: Set(None),
                due_at: Set(None),
                ..Default::default()
            })
            .filter(rsvp::Column::OnlineMeanwhile.eq(true))
            .exec(self.tx.db())
            .await?;
        let mode = self.event.way(Mode::OnSite).name();
        of_event()
            .set(rsvp::ActiveModel { mode: Set(mode.to_owned()), ..Default::default() })
            .filter(rsvp::Column::Mode.ne(mode))
            .exec(self.tx.db())
            .await?;
        Ok(())
    }

    /// A cancelled event comes back: what ran out meanwhile is as if it had not been offered, and hosts
    /// have time again to answer requests.
    pub(super) async fn resume_timers(&self) -> Result<(), StoreError> {
        let of_event = || rsvp::Entity::update_many().filter(rsvp::Column::EventId.eq(self.event.id.0));
        of_event()
            .set(rsvp::ActiveModel {
                state: Set(RsvpState::Waiting.name().to_owned()),
                holds_until: Set(None),
                due_at: Set(None),
                ..Default::default()
            })
            .filter(rsvp::Column::State.eq(RsvpState::Offered.name()))
            .filter(rsvp::Column::HoldsUntil.lte(self.now()))
            .exec(self.tx.db())
            .await?;
        of_event()
            .set(rsvp::ActiveModel {
                due_at: Set(Some(self.now() + REMIND_HOSTS_AFTER)),
                ..Default::default()
            })
            .filter(rsvp::Column::State.eq(RsvpState::Pending.name()))
            .exec(self.tx.db())
            .await?;
        Ok(())
    }

    /// What is due of an event that does not take place is looked at again when it would be over.
    pub(super) async fn suspend_timers(&self) -> Result<(), StoreError> {
        let over = self.event.ends_at;
        let again = Some(over).filter(|over| self.now() < *over);
        rsvp::Entity::update_many()
            .set(rsvp::ActiveModel { due_at: Set(again), ..Default::default() })
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .filter(rsvp::Column::DueAt.lte(self.now() + Duration::seconds(1)))
            .exec(self.tx.db())
            .await?;
        Ok(())
    }
}

/// How many stand in line before an answer.
pub(super) async fn before(db: &impl sea_orm::ConnectionTrait, answer: &Rsvp) -> Result<u32, StoreError> {
    let before = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(answer.event.0))
        .filter(rsvp::Column::Mode.eq(answer.mode.name()))
        .filter(in_line())
        .filter(rsvp::Column::WaitlistSeq.lt(answer.waitlist_seq))
        .count(db)
        .await?;
    Ok(u32::try_from(before).unwrap_or(u32::MAX - 1))
}
