//! The member got a seat from the waitlist.

use super::prelude::*;

/// The member got a seat from the waitlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promoted {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// SEQUENCE of the calendar invitation.
    pub sequence: u32,
    /// Whether the host gave the seat, beyond the capacity or out of the waitlist's order.
    #[serde(default)]
    pub by_host: bool,
}

impl Kind for Promoted {
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
        Content::new("email-promoted-subject", "email-promoted-heading")
            .party(self.guests)
            .yes_or_no("host", self.by_host)
            .say("email-promoted-lead")
            .facts(Facts::of(&self.event).with_seats("email-seats"))
            .paragraph(&["email-promoted-cannot", "email-give-up-seat"])
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.event(), guests: 0, sequence: 1, by_host: false }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("by_host", Self { by_host: true, ..Self::sample(sample) })]
    }
}
