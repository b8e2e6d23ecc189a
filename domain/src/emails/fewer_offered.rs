//! Fewer seats are free than requested: would the member come with fewer guests? (A6)

use super::prelude::*;

/// Fewer seats are free than requested: would the member come with fewer guests? (A6)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FewerOffered {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests that the member asked for.
    pub guests: u8,
    /// Number of free seats, including the member's own.
    pub free: u32,
    /// When the question expires.
    pub until: Instant,
}

impl Kind for FewerOffered {
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
        Content::new("email-fewer-offered-subject", "email-fewer-offered-heading")
            .party(self.guests)
            .free_seats(self.free, self.guests, self.until)
            .say("email-fewer-offered-lead")
            .button("email-fewer-offered-button", Target::Seat(self.event.uid))
            .say("email-fewer-offered-until")
            .facts(Facts::of(&self.event).with_seats("email-seats-waiting").asking(true))
            .say("email-fewer-offered-next")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), guests: 2, free: 1, until: Sample::now() + Duration::hours(12) }
    }
}
