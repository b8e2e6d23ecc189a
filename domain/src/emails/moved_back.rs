//! The host reduced the seats, and the member moved back to the top of the waitlist (A4).

use super::prelude::*;

/// The host reduced the seats, and the member moved back to the top of the waitlist (A4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedBack {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// SEQUENCE of the calendar cancellation; `None` when the seat was only offered.
    pub sequence: Option<u32>,
}

impl Kind for MovedBack {
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
        Content::new("email-moved-back-subject", "email-moved-back-heading")
            .party(self.guests)
            .say("email-moved-back-lead")
            .facts(Facts::of(&self.event).with_seats("email-seats-waiting"))
            .say("email-moved-back-next")
            .say_if(self.sequence.is_some(), "email-moved-back-calendar")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), guests: 1, sequence: Some(2) }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("held", Self { guests: 0, sequence: None, ..Self::sample(sample) })]
    }
}
