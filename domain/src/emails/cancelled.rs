//! The event is cancelled.

use super::prelude::*;

/// The event is cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The event that it is about.
    pub event: EventFacts,
    /// The organiser's reason; may be empty.
    pub reason: String,
    /// SEQUENCE of the calendar cancellation; `None` for people without a seat.
    pub sequence: Option<u32>,
}

impl Kind for Cancelled {
    fn category(&self) -> EmailCategory {
        EmailCategory::Changes
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
        let next = match self.sequence {
            Some(_) => "email-cancelled-calendar",
            None => "email-cancelled-waiting",
        };
        Content::new("email-cancelled-subject", "email-cancelled-heading")
            .say("email-cancelled-lead")
            .message("email-message-from-organiser", &self.reason)
            .facts(Facts::of(&self.event).without_seat_link())
            .say(next)
    }

    fn sample(sample: &Sample) -> Self {
        let reason = sample.text("The speaker is ill.\nWe will find another evening.");
        Self { event: sample.waiting(), reason, sequence: Some(4) }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("waiting", Self { reason: String::new(), sequence: None, ..Self::sample(sample) })]
    }
}
