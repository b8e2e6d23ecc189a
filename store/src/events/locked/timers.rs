//! What happens to RSVPs as time passes: offers expire, and hosts are reminded of requests.

use chrono::Duration;
use domain::events::{EventStatus, REMIND_HOSTS_AFTER, RsvpState, expired};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    super::{requests, rows::rsvp_from_row},
    Authority, LockedEvent,
};
use crate::{StoreError, entities::rsvp};

impl LockedEvent<'_> {
    /// Expires offers and registrations whose time is up, and reminds hosts of old requests. Returns whether any
    /// were due.
    pub(super) async fn expire_due(&mut self) -> Result<bool, StoreError> {
        // Nothing that a verb does is due at once.
        if self.expired_at.replace(self.now()) == Some(self.now()) {
            return Ok(false);
        }
        let registrations = self.expire_registrations().await?;
        if self.event.status != EventStatus::Published {
            return Ok(registrations);
        }
        let now = self.now();
        let rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .filter(rsvp::Column::DueAt.lte(now))
            .order_by_asc(rsvp::Column::DueAt)
            .order_by_asc(rsvp::Column::SeatSeq)
            .all(self.tx.db())
            .await?;
        let (any_due, mut requests) = (registrations || !rows.is_empty(), 0);
        for row in rows {
            let was = rsvp_from_row(row)?;
            if let Some(change) = expired(&was, now) {
                let rsvp = self.changed(was.clone(), change);
                if now < self.event.ends_at {
                    self.apply(Authority::Automatic, &was, rsvp, "rsvp.expire").await?;
                } else {
                    // After the event nobody needs an email about an offer.
                    self.save(Authority::Automatic, &was, rsvp, false).await?;
                }
                continue;
            }
            requests += u32::from(was.state == RsvpState::Pending);
            let done = rsvp::ActiveModel { id: Set(was.id.0), due_at: Set(None), ..Default::default() };
            done.update(self.tx.db()).await?;
        }
        if requests > 0 && now < self.event.ends_at {
            requests::remind_hosts(self.tx, &self.event, requests).await?;
        }
        Ok(any_due)
    }

    /// Restarts timers after a cancelled event is reinstated. Offers that have run out go back to the waitlist,
    /// and hosts get the full time again to decide on requests.
    pub(in crate::events) async fn resume_timers(&mut self) -> Result<(), StoreError> {
        self.tally = None;
        self.expired_at = None;
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
    pub(in crate::events) async fn suspend_timers(&self) -> Result<(), StoreError> {
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
