//! A host removed a co-host (F9).

use super::prelude::*;

/// A host removed a co-host, or withdrew the invitation (F9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohostRemoved {
    /// The event.
    pub event: EventFacts,
}

impl Kind for CohostRemoved {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        Content::new("email-cohost-removed-subject", "email-cohost-removed-heading")
            .preview(&["email-cohost-removed-lead"])
            .say_all(&["email-cohost-removed-lead", "email-cohost-removed-what"])
            .facts(Facts::of(&self.event).without_seat_link())
            .button("email-cohost-removed-button", Target::Path(self.event.path()))
            .why("email-why-cohost-removed")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: EventFacts { uid: RsvpId(Uuid::nil()), ..sample.waiting() } }
    }
}
