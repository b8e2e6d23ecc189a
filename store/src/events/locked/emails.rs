//! The facts of the emails that follow a change of an RSVP. Which email follows is decided in `domain::events`.

use domain::{
    RsvpId,
    emails::{self, Email, FreeNow},
    events::{Mode, Rsvp, RsvpEmail},
};
use sea_orm::EntityTrait as _;

use super::{
    super::{
        notify::{facts, facts_as},
        questions,
        rows::rsvp_from_row,
    },
    LockedEvent, count_before,
};
use crate::{StoreError, entities::rsvp, members, outbox};

impl LockedEvent<'_> {
    /// Queues an email to the member of an RSVP. Does nothing if they have no address.
    pub(in crate::events) async fn notify(&self, rsvp: &Rsvp, email: &Email) -> Result<(), StoreError> {
        let member = members::load(self.tx.db(), rsvp.member).await?;
        match members::recipient(&member) {
            Some(to) => outbox::post(self.tx, Some(rsvp.member), &to, email).await,
            None => Ok(()),
        }
    }

    /// An email about the change of an RSVP from `was` to `rsvp`. `sequence` is for its calendar part.
    pub(super) async fn compose(
        &self,
        was: &Rsvp,
        rsvp: &Rsvp,
        email: RsvpEmail,
        sequence: u32,
    ) -> Result<Email, StoreError> {
        let event = facts(&self.event, rsvp);
        // People who have no seat yet are told about the seat that they wait for, without the link to join.
        let wanted = facts_as(&self.event, rsvp.id, rsvp.mode, false);
        let guests = rsvp.guests;
        Ok(match email {
            RsvpEmail::Requested => emails::Requested { event, guests }.into(),
            RsvpEmail::Confirmed { guests_before, while_waiting } => {
                emails::Confirmed { event, guests, sequence, in_line: while_waiting, guests_before }.into()
            }
            RsvpEmail::Waitlisted(because) => {
                let position = 1 + count_before(self.tx.db(), rsvp).await?;
                let offers = self.event.offers(rsvp.mode, self.now());
                emails::Waitlisted { event, guests, position, because, offers, free: None }.into()
            }
            RsvpEmail::Promoted { by_host } => emails::Promoted { event, guests, sequence, by_host }.into(),
            RsvpEmail::Approved => emails::Approved { event, guests, sequence }.into(),
            RsvpEmail::Declined => emails::SeatDeclined { event, words: rsvp.message.clone() }.into(),
            RsvpEmail::Removed { cancels_entry } => {
                let event = facts(&self.event, was);
                let (message, sequence) = (rsvp.message.clone(), cancels_entry.then_some(sequence));
                emails::SeatRemoved { event, message, sequence }.into()
            }
            RsvpEmail::MovedBack { cancels_entry } => {
                let loses_online = was.online_meanwhile && !rsvp.online_meanwhile;
                let mode = if loses_online { Mode::Online } else { was.mode };
                let event = facts_as(&self.event, rsvp.id, mode, false);
                let sequence = cancels_entry.then_some(sequence);
                emails::MovedBack { event, guests, sequence, position: None }.into()
            }
            RsvpEmail::Offer => {
                let until = rsvp.holds_until.unwrap_or_else(|| self.now());
                let questions = questions::is_missing(self.tx.db(), rsvp.event.0, rsvp.member).await?;
                emails::Offer { event: wanted, guests, until, questions }.into()
            }
            RsvpEmail::OfferExpired { keeps_online } => emails::OfferExpired { event, keeps_online }.into(),
            RsvpEmail::FewerOffered => {
                let (free, until) =
                    rsvp.fewer_offer.map_or_else(|| (0, self.now()), |offer| (offer.seats, offer.until));
                emails::FewerOffered { event: wanted, guests, free, until }.into()
            }
            RsvpEmail::Left { cancels_entry } => {
                let event = facts(&self.event, was);
                emails::Left { event, sequence: cancels_entry.then_some(sequence) }.into()
            }
        })
    }

    /// The open offer of fewer seats, if the RSVP has one.
    pub(super) async fn free_for(&self, id: RsvpId) -> Result<Option<FreeNow>, StoreError> {
        let row = rsvp::Entity::find_by_id(id.0).one(self.tx.db()).await?;
        let offer = row.map(rsvp_from_row).transpose()?.filter(|rsvp| rsvp.can_accept_fewer(self.now()));
        let offer = offer.and_then(|rsvp| rsvp.fewer_offer);
        Ok(offer.map(|offer| FreeNow { seats: offer.seats, until: offer.until }))
    }
}
