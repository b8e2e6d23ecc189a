//! A host removed the member from the attendees or from the waitlist (A15).

use super::prelude::*;

/// A host removed the member from the attendees or from the waitlist (A15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRemoved {
    /// The event that it is about.
    pub event: EventFacts,
    /// The host's reason; may be empty.
    pub message: String,
    /// SEQUENCE of the calendar cancellation; `None` when they had no seat.
    pub sequence: Option<u32>,
}

impl Kind for SeatRemoved {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        Calendar::cancel(&self.event, self.sequence)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let lead = match self.sequence {
            Some(_) => "email-seat-removed-lead",
            None => "email-seat-removed-lead-waiting",
        };
        Content::new("email-seat-removed-subject", "email-seat-removed-heading")
            .say(lead)
            .message("email-message-from-organiser", &self.message)
            .facts(Facts::of(&self.event).without_seat_link())
            .say("email-seat-removed-next")
    }

    fn sample(sample: &Sample) -> Self {
        let message = sample.text("We had to move to a smaller room.\nPlease come to the next one.");
        Self { event: sample.waiting(), message, sequence: Some(2) }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("waiting", Self { message: String::new(), sequence: None, ..Self::sample(sample) })]
    }
}
