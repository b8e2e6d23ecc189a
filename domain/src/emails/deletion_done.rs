//! The account is deleted. This is the last email to its owner (F1).

use super::prelude::*;

/// The account is deleted. This is the last email to its owner (F1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionDone;

impl Kind for DeletionDone {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-deleted-subject", "email-deleted-heading")
            .preview(&["email-deleted-lead", "email-deleted-last"])
            .say("email-deleted-lead")
            .say("email-deleted-last")
            .why("email-why-deleted")
    }

    fn sample(_: &Sample) -> Self {
        Self
    }
}
