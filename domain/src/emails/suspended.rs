//! The member is suspended.

use super::prelude::*;

/// The member is suspended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// The reason that the administrator gave.
    pub reason: String,
}

impl Kind for Suspended {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-suspended-subject", "email-suspended-heading")
            .preview(&["email-suspended-lead"])
            .say("email-suspended-lead")
            .quote(&self.reason)
            .say("email-suspended-means")
            .say("email-suspended-answer")
            .why("email-why-member")
    }

    fn sample(sample: &Sample) -> Self {
        Self { reason: sample.reason() }
    }
}
