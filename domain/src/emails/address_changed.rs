//! To a member's previous address: their account now uses another one.

use super::prelude::*;

/// To a member's previous address: their account now uses another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressChanged;

impl Kind for AddressChanged {
    fn category(&self) -> EmailCategory {
        EmailCategory::Security
    }

    fn content(&self) -> Content {
        Content::new("email-address-changed-subject", "email-address-changed-heading")
            .preview(&["email-address-changed-lead", "email-address-changed-not-you"])
            .say("email-address-changed-lead")
            .say("email-address-changed-not-you")
            .why("email-why-address-changed")
    }

    fn sample(_: &Sample) -> Self {
        Self
    }
}
