//! The member gave up their seat or left the waitlist.

use super::prelude::*;

/// The member gave up their seat or left the waitlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The event that it is about.
    pub event: EventFacts,
    /// SEQUENCE of the calendar cancellation; `None` when they had no seat.
    pub sequence: Option<u32>,
}

impl Kind for Left {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn confirms_own_change(&self) -> bool {
        true
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        Calendar::cancel(&self.event, self.sequence)
    }

    fn content(&self) -> Content {
        let content = match self.sequence {
            Some(_) => Content::new("email-left-subject", "email-left-heading").say("email-left-lead"),
            None => Content::new("email-left-subject-waiting", "email-left-heading-waiting")
                .say("email-left-lead-waiting"),
        };
        content.facts(Facts::of(&self.event).without_seat_link()).say("email-left-again")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), sequence: Some(2) }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("waiting", Self { sequence: None, ..Self::sample(sample) })]
    }
}
