//! The host approved the request, and the member has a seat.

use super::prelude::*;

/// The host approved the request, and the member has a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// SEQUENCE of the calendar invitation.
    pub sequence: u32,
}

impl Kind for Approved {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        Calendar::request(&self.event, Some(self.sequence))
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        Content::new("email-approved-subject", "email-approved-heading")
            .party(self.guests)
            .say("email-approved-lead")
            .facts(Facts::of(&self.event).with_seats("email-seats"))
            .say("email-give-up-seat")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.event(), guests: 1, sequence: 0 }
    }
}
