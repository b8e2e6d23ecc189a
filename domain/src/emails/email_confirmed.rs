//! Emails to a member bounced, and they confirmed that their address works again.

use super::prelude::*;

/// Emails to a member bounced, and they confirmed that their address works again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailConfirmed;

impl Kind for EmailConfirmed {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-confirmed-again-subject", "email-confirmed-again-heading")
            .preview(&["email-confirmed-again-lead", "email-confirmed-again-next"])
            .say("email-confirmed-again-lead")
            .say("email-confirmed-again-next")
            .why("email-why-member")
    }

    fn sample(_: &Sample) -> Self {
        Self
    }
}
