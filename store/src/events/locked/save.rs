//! Writing an RSVP, with the email and the audit entry that follow.

use domain::{
    MemberId, Refusal,
    emails::Email,
    events::{Cause, REMIND_HOSTS_AFTER, Rsvp, RsvpState, email_after},
    policy::{Permit, events::EditEvent, seats::ManageSeat},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    EntityTrait as _,
};

use super::{
    super::{promoted_dates, questions, release, workshops},
    LockedEvent,
};
use crate::{StoreError, audit, entities::rsvp};

/// What allows a change of an RSVP.
#[derive(Clone, Copy)]
pub(in crate::events) enum Authority<'a> {
    /// Its member may manage their own seat.
    Member(&'a Permit<ManageSeat>),
    /// A host may edit the event.
    Host(&'a Permit<EditEvent>),
    /// Nobody asked for it. It follows from an earlier change or from the time: a seat became free, or an offer
    /// expired.
    Automatic,
    /// Nobody asked for it. Its member can no longer see the event, or their account ends.
    AccessLost,
}

impl Authority<'_> {
    fn cause(self) -> Cause {
        match self {
            Self::Member(_) => Cause::Member,
            Self::Host(_) => Cause::Host,
            Self::Automatic => Cause::Automatic,
            Self::AccessLost => Cause::AccessLost,
        }
    }

    /// The member in the audit log. What nobody asked for is recorded with the RSVP's own member.
    fn by(self, rsvp: &Rsvp) -> Option<MemberId> {
        match self {
            Self::Member(permit) => permit.by(),
            Self::Host(permit) => permit.by(),
            Self::Automatic | Self::AccessLost => Some(rsvp.member),
        }
    }
}

impl LockedEvent<'_> {
    /// Saves a changed RSVP, emails its member as [`email_after`] says, and writes the audit log.
    pub(in crate::events) async fn apply(
        &mut self,
        authority: Authority<'_>,
        was: &Rsvp,
        rsvp: Rsvp,
        action: &'static str,
    ) -> Result<(), StoreError> {
        let (rsvp, email) = self.save(authority, was, rsvp, false).await?;
        if let Some(email) = email {
            // Several dates of a series may give or offer their seats at once.
            let is_seat = matches!(email, Email::Promoted(_) | Email::Offer(_));
            let waits = is_seat && promoted_dates::tell_later(self.tx, &rsvp).await?;
            if !waits {
                self.notify(&rsvp, &email).await?;
            }
        }
        self.record(authority, &rsvp, action).await
    }

    /// Like `apply`, and settles the event. A waitlist email also says how many seats are free then, because two
    /// emails in the same second would contradict each other (A6). `is_new` for an RSVP without a row.
    pub(in crate::events) async fn apply_and_settle(
        mut self,
        authority: Authority<'_>,
        was: &Rsvp,
        rsvp: Rsvp,
        is_new: bool,
        action: &'static str,
    ) -> Result<(), StoreError> {
        let (rsvp, email) = self.save(authority, was, rsvp, is_new).await?;
        self.record(authority, &rsvp, action).await?;
        match email {
            Some(Email::Waitlisted(mut email)) => {
                self.combined_email = Some(rsvp.id);
                self.settle_seats().await?;
                email.free = self.free_for(rsvp.id).await?;
                self.notify(&rsvp, &email.into()).await
            }
            Some(email) => {
                self.notify(&rsvp, &email).await?;
                self.settle_seats().await
            }
            None => self.settle_seats().await,
        }
    }

    /// Writes an RSVP. Returns it with the email that follows, which takes the next SEQUENCE if it changes the
    /// calendar.
    pub(in crate::events) async fn save(
        &mut self,
        authority: Authority<'_>,
        was: &Rsvp,
        mut rsvp: Rsvp,
        is_new: bool,
    ) -> Result<(Rsvp, Option<Email>), StoreError> {
        self.hold_for_answers(authority, was, &mut rsvp).await?;
        let email = email_after(was, &rsvp, authority.cause());
        let sequence = rsvp.sequence;
        if email.is_some_and(|email| email.changes_calendar()) {
            rsvp.sequence += 1;
        }
        self.write(&rsvp, is_new).await?;
        self.follow_workshops(authority, was, &rsvp).await?;
        let hybrid = self.event.is_hybrid();
        self.tally = self.tally.map(|tally| tally.after(was, &rsvp, hybrid));
        let email = match email {
            Some(email) => Some(self.compose(was, &rsvp, email, sequence).await?),
            None => None,
        };
        Ok((rsvp, email))
    }

    /// Without a seat at the event there is none at its workshops. Whoever takes part in a workshop has its session in their
    /// own agenda (D7).
    async fn follow_workshops(
        &self,
        authority: Authority<'_>,
        was: &Rsvp,
        rsvp: &Rsvp,
    ) -> Result<(), StoreError> {
        if self.event.parent.is_some() {
            let takes_part = |rsvp: &Rsvp| RsvpState::ACTIVE.contains(&rsvp.state);
            let (before, now) = (takes_part(was), takes_part(rsvp));
            return match before == now {
                true => Ok(()),
                false => workshops::save_session(self.tx, self.event.id, rsvp.member, now).await,
            };
        }
        // A member who loses access gives up everything at once, and gets one email at most.
        let lost = was.state == RsvpState::Going && rsvp.state != RsvpState::Going;
        match lost && !matches!(authority, Authority::AccessLost) {
            true => release::give_up_workshops(self.tx, self.event.id, rsvp.member).await,
            false => Ok(()),
        }
    }

    /// No seat is confirmed before its member has answered the required questions. Until then it is held like an offer, and
    /// passes on like one (A8).
    async fn hold_for_answers(
        &self,
        authority: Authority<'_>,
        was: &Rsvp,
        rsvp: &mut Rsvp,
    ) -> Result<(), StoreError> {
        let is_confirmed = rsvp.state == RsvpState::Going && was.state != RsvpState::Going;
        // Whoever lets an offer expire keeps the seat online that they have.
        let expires = was.state == RsvpState::Offered && matches!(authority, Authority::Automatic);
        if !is_confirmed || expires || !questions::needs_answers(self.tx, rsvp.event.0, rsvp.member).await? {
            return Ok(());
        }
        if was.state == RsvpState::Offered {
            return Err(Refusal::AnswersNeeded.into());
        }
        rsvp.state = RsvpState::Offered;
        rsvp.holds_until = Some(self.event.holds_until(self.now()));
        // They keep a seat online until then.
        rsvp.online_meanwhile = was.online_meanwhile;
        Ok(())
    }

    pub(in crate::events) async fn record(
        &self,
        authority: Authority<'_>,
        rsvp: &Rsvp,
        action: &'static str,
    ) -> Result<(), StoreError> {
        audit::record_by(self.tx, authority.by(rsvp), action, Some(rsvp.id.0)).await
    }

    async fn write(&self, rsvp: &Rsvp, is_new: bool) -> Result<(), StoreError> {
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
            no_show_at: NotSet,
        };
        if is_new {
            rsvp::Entity::insert(row).exec_without_returning(self.tx.db()).await?;
        } else {
            row.update_without_returning(self.tx.db()).await?;
        }
        Ok(())
    }
}
