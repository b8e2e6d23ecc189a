//! Whose RSVP an email is about, and whether it goes to somebody who is no member.

use chrono::Duration;

use super::{Email, EventFacts};
use crate::RsvpId;

/// How many emails that answer one RSVP go out at once within [`RSVP_EMAILS_WINDOW`].
pub const MAX_RSVP_EMAILS: u64 = 3;
/// After [`MAX_RSVP_EMAILS`] emails the next waits until the oldest is this old.
pub const RSVP_EMAILS_WINDOW: Duration = Duration::minutes(10);

impl Email {
    /// Whether it only tells members what they just did with their own RSVP.
    #[must_use]
    pub fn answers_rsvp(&self) -> bool {
        matches!(
            self,
            Self::Confirmed { .. } | Self::Waitlisted { .. } | Self::Requested { .. } | Self::Left { .. }
        )
    }

    /// The same email in place of one about the same RSVP that was never sent. A changed number of guests is
    /// compared with the last one that its recipient was told.
    #[must_use]
    pub fn in_place_of(mut self, unsent: &Self) -> Self {
        if let Self::Confirmed { guests, guests_before, .. } = &mut self
            && let Self::Confirmed { guests_before: told, .. } = unsent
            && guests_before.is_some()
        {
            *guests_before = told.filter(|told| told != guests);
        }
        self
    }

    /// Whether its recipient is no member: what people typed must not become a link there, and it offers to stop
    /// such emails.
    #[must_use]
    pub fn is_to_stranger(&self) -> bool {
        matches!(
            self,
            Self::Invitation { .. }
                | Self::GroupInvitation { link: Some(_), .. }
                | Self::InvitationRequested { member: false }
                | Self::RequestDeclined { .. }
        )
    }

    /// The recipient's RSVPs that it is about; none in emails to people who have not answered.
    #[must_use]
    pub fn rsvps(&self) -> Vec<RsvpId> {
        let of = |event: &EventFacts| Some(event.uid).filter(|uid| !uid.0.is_nil());
        match self {
            Self::Confirmed { event, .. }
            | Self::Waitlisted { event, .. }
            | Self::Requested { event, .. }
            | Self::Approved { event, .. }
            | Self::Rejected { event, .. }
            | Self::Offer { event, .. }
            | Self::OfferExpired { event, .. }
            | Self::Fewer { event, .. }
            | Self::Bumped { event, .. }
            | Self::Promoted { event, .. }
            | Self::Left { event, .. }
            | Self::Rescheduled { event, .. }
            | Self::Cancelled { event, .. }
            | Self::Reinstated { event, .. }
            | Self::Reminder { event, .. }
            | Self::Announcement { event, .. } => of(event).into_iter().collect(),
            Self::GroupLeft { events, .. } => events.iter().filter_map(|given| of(&given.event)).collect(),
            _ => Vec::new(),
        }
    }
}
