//! Which RSVPs an email is about, and whether its recipient has no account.

use chrono::Duration;

use super::{Email, EventFacts};
use crate::RsvpId;

/// How many emails about a member's own changes to one RSVP are sent at once within [`RSVP_EMAILS_WINDOW`].
pub const MAX_RSVP_EMAILS: u64 = 3;
/// After [`MAX_RSVP_EMAILS`] emails, the next one waits until the oldest is this old.
pub const RSVP_EMAILS_WINDOW: Duration = Duration::minutes(10);

impl Email {
    /// Whether it only confirms what the member just did with their own RSVP.
    #[must_use]
    pub fn answers_rsvp(&self) -> bool {
        matches!(
            self,
            Self::Confirmed { .. } | Self::Waitlisted { .. } | Self::Requested { .. } | Self::Left { .. }
        )
    }

    /// This email, as a replacement for one about the same RSVP that was never sent. The number of guests
    /// before the change comes from the last email that the recipient did get.
    #[must_use]
    pub fn in_place_of(mut self, unsent: &Self) -> Self {
        if let Self::Confirmed { guests, guests_before, .. } = &mut self
            && let Self::Confirmed { guests_before: known, .. } = unsent
            && guests_before.is_some()
        {
            *guests_before = known.filter(|known| known != guests);
        }
        self
    }

    /// Whether its recipient has no account. Text that people typed must not become a link there, and the
    /// email offers to stop such emails.
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

    /// The recipient's RSVPs that it is about; empty in emails to people without an RSVP.
    #[must_use]
    pub fn rsvps(&self) -> Vec<RsvpId> {
        let of = |event: &EventFacts| Some(event.uid).filter(|uid| !uid.0.is_nil());
        match self {
            Self::Confirmed { event, .. }
            | Self::Waitlisted { event, .. }
            | Self::Requested { event, .. }
            | Self::Approved { event, .. }
            | Self::SeatDeclined { event, .. }
            | Self::Offer { event, .. }
            | Self::OfferExpired { event, .. }
            | Self::FewerOffered { event, .. }
            | Self::MovedBack { event, .. }
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
