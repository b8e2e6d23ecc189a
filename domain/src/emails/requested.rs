//! The member has requested a seat, and the host will decide (A11).

use super::prelude::*;

/// The member has requested a seat, and the host will decide (A11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
}

impl Kind for Requested {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn confirms_own_change(&self) -> bool {
        true
    }

    fn content(&self) -> Content {
        Content::new("email-requested-subject", "email-requested-heading")
            .party(self.guests)
            .say("email-requested-lead")
            .facts(Facts::of(&self.event).with_seats("email-seats-waiting"))
            .say("email-requested-next")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), guests: 1 }
    }
}
