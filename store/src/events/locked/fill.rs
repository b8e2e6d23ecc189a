//! Giving free seats to the waitlist.

use std::collections::HashSet;

use domain::events::{
    Change, FEWER_OFFER_LIFETIME, FewerOffer, Mode, Rsvp, RsvpState, Taken, fill, next_to_ask,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    super::{moved, rows::rsvp_from_row},
    Authority, LockedEvent, is_waiting,
};
use crate::{StoreError, entities::rsvp};

impl LockedEvent<'_> {
    /// Gives or offers free seats to the waitlist. Offers fewer seats to a party that is too big (A5, A6, A8,
    /// A9).
    pub(super) async fn fill(&mut self) -> Result<(), StoreError> {
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
        let offers = entry.state != RsvpState::Going && self.event.offers(pool, self.now());
        let (state, action) = match offers {
            true => (RsvpState::Offered, "rsvp.offer"),
            false => (RsvpState::Going, "rsvp.promote"),
        };
        let guests_waiting = if entry.state == RsvpState::Going { entry.guests_waiting } else { 0 };
        let change = Change {
            state,
            mode: entry.mode,
            guests: entry.guests + guests_waiting,
            guests_waiting: 0,
            // An offer is for a seat in the room, even if the member joins online until then.
            online_meanwhile: offers && entry.online_meanwhile,
            moves_to_back: false,
        };
        let mut rsvp = self.changed(entry.clone(), change);
        rsvp.holds_until = offers.then(|| self.event.holds_until(self.now()));
        self.apply(Authority::Automatic, &entry, rsvp, action).await
    }

    /// Asks a party to come with fewer guests. No seats are held: what is free when they reply counts (A6).
    async fn offer_fewer(&mut self, entry: Rsvp, free: u32) -> Result<(), StoreError> {
        let until = (self.now() + FEWER_OFFER_LIFETIME).min(self.event.ends_at);
        let entry = moved::send_pending_change(self, entry).await?;
        let rsvp = Rsvp { fewer_offer: Some(FewerOffer { seats: free, until }), ..entry.clone() };
        let (authority, action) = (Authority::Automatic, "rsvp.offer_fewer");
        if self.combined_email == Some(rsvp.id) {
            let (rsvp, _) = self.save(authority, &entry, rsvp, false).await?;
            return self.record(authority, &rsvp, action).await;
        }
        self.apply(authority, &entry, rsvp, action).await
    }
}
