//! A seat is held for the member until they accept it (A8).

use super::prelude::*;

/// A seat is held for the member until they accept it (A8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// When the offer expires.
    pub until: Instant,
}

impl Kind for Offer {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.until)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        Content::new("email-offer-subject", "email-offer-heading")
            .party(self.guests)
            .until(self.until)
            .say("email-offer-lead")
            .button("email-offer-button", Target::Seat(self.event.uid))
            .say("email-offer-until")
            .facts(Facts::of(&self.event).with_seats("email-seats-offered").asking(true))
            .say("email-offer-next")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), guests: 1, until: Sample::now() + Duration::hours(12) }
    }
}
