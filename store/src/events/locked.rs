//! A locked event: the only place that writes RSVPs and reassigns seats.

use std::collections::HashSet;

use chrono::Duration;
use domain::{
    Instant, RsvpId,
    emails::{self, Email, FreeNow},
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

/// An event whose row is locked until the transaction ends.
pub(super) struct LockedEvent<'a> {
    pub(super) tx: &'a Tx,
    pub(super) event: Event,
    next_waitlist_seq: i64,
    next_seat_seq: i64,
    /// An RSVP whose member gets a waitlist email in the same step. That email also says how many seats are
    /// free, so `offer_fewer` sends none of its own.
    combined_email: Option<RsvpId>,
}

/// RSVPs on a waitlist of an event, including those with a seat that wait for more guests.
pub(super) fn is_waiting() -> Condition {
    let more_guests = Condition::all()
        .add(rsvp::Column::State.eq(RsvpState::Going.name()))
        .add(rsvp::Column::GuestsWaiting.gt(0));
    Condition::any().add(rsvp::Column::State.eq(RsvpState::Waiting.name())).add(more_guests)
}

impl<'a> LockedEvent<'a> {
    /// The event as its rows say, without expiring anything.
    pub(super) fn at(tx: &'a Tx, event: Event, row: &event::Model) -> Self {
        Self {
            tx,
            event,
            next_waitlist_seq: row.next_waitlist_seq,
            next_seat_seq: row.next_seat_seq,
            combined_email: None,
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
    pub(super) async fn taken(&self) -> Result<Taken, StoreError> {
        Ok(self.tally().await?.going)
    }

    async fn tally(&self) -> Result<Tally, StoreError> {
        tally(self.tx.db(), self.event.id.0, self.event.is_hybrid()).await
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

    /// Writes an RSVP. Every caller holds a permit or carries out a consequence of a permitted change.
    pub(super) async fn save(&self, rsvp: &Rsvp, new: bool) -> Result<(), StoreError> {
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let offer = rsvp.fewer_offer.filter(|_| rsvp.can_accept_fewer(self.now())).map(|offer| offer.until);
        let remind_at = rsvp.since + REMIND_HOSTS_AFTER;
        let due_at = match rsvp.state {
            RsvpState::Offered => Set(rsvp.holds_until),
            // After that time the hosts have been reminded already, so the column keeps its value.
            RsvpState::Pending if self.now() >= remind_at => NotSet,
            RsvpState::Pending => Set(Some(remind_at)),
            RsvpState::Waiting => Set(offer),
            RsvpState::Going | RsvpState::Left | RsvpState::Declined => Set(None),
        };
        let row = rsvp::ActiveModel {
            id: Set(rsvp.id.0),
            event_id: Set(rsvp.event.0),
            member_id: Set(rsvp.member.0),
            state: Set(rsvp.state.name().to_owned()),
            mode: Set(rsvp.mode.name().to_owned()),
            guests: Set(i32::from(rsvp.guests)),
            guests_waiting: Set(i32::from(rsvp.guests_waiting)),
            online_meanwhile: Set(rsvp.online_meanwhile),
            waitlist_seq: Set(rsvp.waitlist_seq),
            seat_seq: Set(rsvp.seat_seq),
            sequence: Set(number(rsvp.sequence)),
            answered_at: Set(rsvp.since),
            holds_until: Set(rsvp.holds_until),
            fewer_offer_until: Set(rsvp.fewer_offer.map(|offer| offer.until)),
            fewer_offer_seats: Set(rsvp.fewer_offer.map_or(0, |offer| number(offer.seats))),
            skips: Set(number(rsvp.skips)),
            message: Set(rsvp.message.clone()),
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

    /// Queues an email to the member of an RSVP. Does nothing if they have no address.
    pub(super) async fn notify(&self, rsvp: &Rsvp, email: &Email) -> Result<(), StoreError> {
        let member = members::load(self.tx.db(), rsvp.member).await?;
        match members::recipient(&member) {
            Some(to) => outbox::post(self.tx, Some(rsvp.member), &to, email).await,
            None => Ok(()),
        }
    }

    /// Saves an RSVP that changed without its member, emails the member and writes the audit log.
    async fn save_and_notify(
        &self,
        rsvp: &Rsvp,
        email: &Email,
        action: &'static str,
    ) -> Result<(), StoreError> {
        self.save(rsvp, false).await?;
        self.notify(rsvp, email).await?;
        audit::record_by(self.tx, Some(rsvp.member), action, Some(rsvp.id.0)).await
    }

    /// How many RSVPs are on the waitlist before this one.
    pub(super) async fn count_before(&self, rsvp: &Rsvp) -> Result<u32, StoreError> {
        count_before(self.tx.db(), rsvp).await
    }

    /// Expires offers whose time is up, and reminds hosts of old requests. Returns whether any were due.
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
        let (any_due, mut requests) = (!rows.is_empty(), 0);
        for row in rows {
            let rsvp = rsvp_from_row(row)?;
            if let Some(change) = expired(&rsvp, now) {
                let rsvp = self.changed(rsvp, change);
                let email = Email::from(emails::OfferExpired {
                    event: facts(&self.event, &rsvp),
                    keeps_online: rsvp.is_seated(),
                });
                if now < self.event.ends_at {
                    self.save_and_notify(&rsvp, &email, "rsvp.expire").await?;
                } else {
                    self.save(&rsvp, false).await?;
                }
                continue;
            }
            requests += u32::from(rsvp.state == RsvpState::Pending);
            let done = rsvp::ActiveModel { id: Set(rsvp.id.0), due_at: Set(None), ..Default::default() };
            done.update(self.tx.db()).await?;
        }
        if requests > 0 && now < self.event.ends_at {
            requests::remind_hosts(self.tx, &self.event, requests).await?;
        }
        Ok(any_due)
    }

    /// Gives or offers free seats to the waitlist. Offers fewer seats to a party that is too big (A5, A6, A8,
    /// A9).
    async fn fill(&mut self) -> Result<(), StoreError> {
        if self.event.open(self.now()).is_err() {
            return Ok(());
        }
        // On-site first: a person who gets a seat there may free one online.
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
            .filter(is_waiting())
            .order_by_asc(rsvp::Column::WaitlistSeq);
        if self.event.is_hybrid() {
            rows = rows.filter(rsvp::Column::Mode.eq(pool.name()));
        }
        let rows = rows.all(self.tx.db()).await?;
        let waitlist = rows.into_iter().map(rsvp_from_row).collect::<Result<Vec<_>, _>>()?;
        let filled = fill(&self.event, pool, taken, &waitlist, now);
        for entry in &filled.promoted {
            self.promote(entry, pool).await?;
        }
        for entry in &filled.skipped {
            let skips = i32::try_from(entry.skips + 1).unwrap_or(i32::MAX);
            let row = rsvp::ActiveModel { id: Set(entry.id.0), skips: Set(skips), ..Default::default() };
            row.update(self.tx.db()).await?;
        }
        let promoted: HashSet<_> = filled.promoted.iter().map(|entry| entry.id).collect();
        let still_waiting = waitlist.iter().filter(|entry| !promoted.contains(&entry.id));
        if now < self.event.starts_at
            && let Some(entry) = next_to_ask(still_waiting, filled.free, now)
        {
            let skipped = filled.skipped.iter().any(|skipped| skipped.id == entry.id);
            let entry = Rsvp { skips: entry.skips + u32::from(skipped), ..entry.clone() };
            self.offer_fewer(entry, filled.free).await?;
        }
        Ok(())
    }

    async fn promote(&mut self, entry: &Rsvp, pool: Mode) -> Result<(), StoreError> {
        let entry = moved::send_pending_change(self, entry.clone()).await?;
        let change = |guests| Change {
            state: RsvpState::Going,
            mode: entry.mode,
            guests,
            guests_waiting: 0,
            online_meanwhile: false,
            moves_to_back: false,
        };
        if entry.state == RsvpState::Going {
            let mut rsvp = self.changed(entry.clone(), change(entry.guests + entry.guests_waiting));
            let sequence = notify::next_sequence(&mut rsvp);
            let email = Email::from(emails::Confirmed {
                event: facts(&self.event, &rsvp),
                guests: rsvp.guests,
                sequence,
                in_line: false,
                guests_before: Some(entry.guests),
            });
            return self.save_and_notify(&rsvp, &email, "rsvp.promote").await;
        }
        if self.event.offers(pool, self.now()) {
            let until = self.event.holds_until(self.now());
            let offer = Change {
                state: RsvpState::Offered,
                online_meanwhile: entry.online_meanwhile,
                ..change(entry.guests)
            };
            let rsvp = Rsvp { holds_until: Some(until), ..self.changed(entry.clone(), offer) };
            // An offer is for an on-site seat, even if the member joins online until then.
            let event = facts_as(&self.event, rsvp.id, rsvp.mode, false);
            let email = Email::from(emails::Offer { event, guests: rsvp.guests, until });
            return self.save_and_notify(&rsvp, &email, "rsvp.offer").await;
        }
        let mut rsvp = self.changed(entry.clone(), change(entry.guests));
        let sequence = notify::next_sequence(&mut rsvp);
        let email = Email::from(emails::Promoted {
            event: facts(&self.event, &rsvp),
            guests: rsvp.guests,
            sequence,
            by_host: false,
        });
        self.save_and_notify(&rsvp, &email, "rsvp.promote").await
    }

    /// Asks a party to come with fewer guests. No seats are held: what is free when they reply counts (A6).
    async fn offer_fewer(&self, entry: Rsvp, free: u32) -> Result<(), StoreError> {
        let until = (self.now() + FEWER_OFFER_LIFETIME).min(self.event.ends_at);
        let entry = moved::send_pending_change(self, entry).await?;
        let rsvp = Rsvp { fewer_offer: Some(FewerOffer { seats: free, until }), ..entry };
        if self.combined_email == Some(rsvp.id) {
            self.save(&rsvp, false).await?;
            return audit::record_by(self.tx, Some(rsvp.member), "rsvp.offer_fewer", Some(rsvp.id.0)).await;
        }
        let event = facts_as(&self.event, rsvp.id, rsvp.mode, false);
        let email = Email::from(emails::FewerOffered { event, guests: rsvp.guests, free, until });
        self.save_and_notify(&rsvp, &email, "rsvp.offer_fewer").await
    }

    /// Fills free seats, then updates the counts that pages show (A3, A5). Call this after every change of
    /// seats or capacity.
    pub(super) async fn settle(mut self) -> Result<(), StoreError> {
        self.settle_seats().await
    }

    /// Like `settle`, after an RSVP was saved, and sends its member `email`. A waitlist email also says how
    /// many seats are free now, because two emails in the same second would contradict each other (A6).
    pub(super) async fn settle_and_notify(
        mut self,
        rsvp: &Rsvp,
        email: Option<Email>,
    ) -> Result<(), StoreError> {
        match email {
            Some(Email::Waitlisted(email)) => {
                self.combined_email = Some(rsvp.id);
                self.settle_seats().await?;
                let free = self.free_for(rsvp.id).await?;
                let email = Email::from(emails::Waitlisted { free, ..email });
                self.notify(rsvp, &email).await
            }
            Some(email) => {
                self.notify(rsvp, &email).await?;
                self.settle_seats().await
            }
            None => self.settle_seats().await,
        }
    }

    /// The open offer of fewer seats, if the RSVP has one.
    async fn free_for(&self, id: RsvpId) -> Result<Option<FreeNow>, StoreError> {
        let row = rsvp::Entity::find_by_id(id.0).one(self.tx.db()).await?;
        let offer = row.map(rsvp_from_row).transpose()?.filter(|rsvp| rsvp.can_accept_fewer(self.now()));
        let offer = offer.and_then(|rsvp| rsvp.fewer_offer);
        Ok(offer.map(|offer| FreeNow { seats: offer.seats, until: offer.until }))
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
            next_waitlist_seq: Set(self.next_waitlist_seq),
            next_seat_seq: Set(self.next_seat_seq),
            ..Default::default()
        };
        row.update(self.tx.db()).await?;
        Ok(())
    }

    /// Moves every RSVP to the only mode that is left. Everyone keeps their seat (A12).
    pub(super) async fn collapse_to_one_mode(&self) -> Result<(), StoreError> {
        if self.event.is_hybrid() {
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
        let mode = self.event.effective_mode(Mode::OnSite).name();
        of_event()
            .set(rsvp::ActiveModel { mode: Set(mode.to_owned()), ..Default::default() })
            .filter(rsvp::Column::Mode.ne(mode))
            .exec(self.tx.db())
            .await?;
        Ok(())
    }

    /// Restarts timers after a cancelled event is reinstated. Offers that have run out go back to the waitlist,
    /// and hosts get the full time again to decide on requests.
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

    /// Postpones due timers of an event that isn't taking place until its end.
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

/// How many RSVPs are on the same waitlist before this one.
pub(super) async fn count_before(db: &impl sea_orm::ConnectionTrait, rsvp: &Rsvp) -> Result<u32, StoreError> {
    let before = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(rsvp.event.0))
        .filter(rsvp::Column::Mode.eq(rsvp.mode.name()))
        .filter(is_waiting())
        .filter(rsvp::Column::WaitlistSeq.lt(rsvp.waitlist_seq))
        .count(db)
        .await?;
    Ok(u32::try_from(before).unwrap_or(u32::MAX - 1))
}
