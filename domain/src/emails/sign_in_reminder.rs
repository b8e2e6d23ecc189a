//! An admin asks the member to sign in. The email has no secret: the member gets a link of their own on the sign-in page.

use super::prelude::*;

/// An admin asks the member to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInReminder;

impl Kind for SignInReminder {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-sign-in-reminder-subject", "email-sign-in-reminder-heading")
            .preview(&["email-sign-in-reminder-lead", "email-sign-in-reminder-how"])
            .say("email-sign-in-reminder-lead")
            .say("email-sign-in-reminder-how")
            .button("email-sign-in-reminder-button", Target::path("sign-in"))
            .why("email-why-member")
    }

    fn sample(_: &Sample) -> Self {
        Self
    }
}
