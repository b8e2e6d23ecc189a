//! The host declined the request.

use super::prelude::*;

/// The host declined the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatDeclined {
    /// The event that it is about.
    pub event: EventFacts,
    /// The host's message; may be empty.
    pub words: String,
}

impl Kind for SeatDeclined {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        Content::new("email-seat-declined-subject", "email-seat-declined-heading")
            .say("email-seat-declined-lead")
            .message("email-message-from-organiser", &self.words)
            .facts(Facts::of(&self.event).without_seat_link())
            .say("email-seat-declined-next")
    }

    fn sample(sample: &Sample) -> Self {
        let words = sample.text("This one is for people who run a service.\nPlease come to the next.");
        Self { event: sample.waiting(), words }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("silent", Self { words: String::new(), ..Self::sample(sample) })]
    }
}
