//! For an address without an account that was used to sign in while new people need an invitation.

use super::prelude::*;

/// For an address without an account that was used to sign in while new people need an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoAccount;

impl Kind for NoAccount {
    fn category(&self) -> EmailCategory {
        EmailCategory::Security
    }

    fn content(&self) -> Content {
        Content::new("email-no-account-subject", "email-no-account-heading")
            .preview(&["email-no-account-what"])
            .say("email-no-account-lead")
            .say("email-no-account-what")
            .button("email-no-account-button", Target::path("/request-invitation"))
            .say("email-no-account-not-you")
            .why("email-why-address")
    }

    fn sample(_: &Sample) -> Self {
        Self
    }
}
