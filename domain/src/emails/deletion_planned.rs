//! The account will be deleted at a set time, and the member can cancel that until then (F1).

use super::prelude::*;

/// The account will be deleted at a set time, and the member can cancel that until then (F1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionPlanned {
    /// When the account is deleted.
    pub at: Instant,
}

impl Kind for DeletionPlanned {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("profile/data".to_owned())
    }

    fn content(&self) -> Content {
        Content::new("email-deletion-subject", "email-deletion-heading")
            .arg("at", Value::FullTime(self.at))
            .arg("city", Value::City)
            .preview(&["email-deletion-lead", "email-deletion-until", "email-deletion-undo"])
            .say("email-deletion-lead")
            .say("email-deletion-until")
            .say("email-deletion-undo")
            .button("email-deletion-button", Target::path("profile/data"))
            .why("email-why-member")
    }

    fn sample(_: &Sample) -> Self {
        Self { at: Sample::at("2026-11-27T09:00:00Z") }
    }
}
