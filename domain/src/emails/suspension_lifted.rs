//! The member is no longer suspended.

use super::prelude::*;

/// The member is no longer suspended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuspensionLifted;

impl Kind for SuspensionLifted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-lifted-subject", "email-lifted-heading")
            .preview(&["email-lifted-lead", "email-lifted-seats"])
            .say("email-lifted-lead")
            .say("email-lifted-seats")
            .why("email-why-member")
    }

    fn sample(_: &Sample) -> Self {
        Self
    }
}
