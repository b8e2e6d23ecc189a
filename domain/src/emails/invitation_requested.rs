//! Somebody requested an invitation with this address.

use super::prelude::*;

/// Somebody requested an invitation with this address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRequested {
    /// Whether the address has an account already, so that its owner needs no invitation.
    pub member: bool,
}

impl Kind for InvitationRequested {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn is_to_stranger(&self) -> bool {
        !self.member
    }

    fn content(&self) -> Content {
        let content = match self.member {
            true => Content::new("email-requested-member-subject", "email-requested-member-heading")
                .preview(&["email-requested-by-you", "email-requested-member-lead"])
                .say_all(&[
                    "email-requested-by-you",
                    "email-requested-member-lead",
                    "email-requested-not-you",
                ])
                .button("email-requested-member-button", Target::path("sign-in")),
            false => Content::new("email-requested-invitation-subject", "email-requested-invitation-heading")
                .preview(&["email-requested-by-you", "email-requested-invitation-next"])
                .say_all(&[
                    "email-requested-by-you",
                    "email-requested-invitation-next",
                    "email-requested-not-you",
                ]),
        };
        content.why("email-why-requested")
    }

    fn sample(_: &Sample) -> Self {
        Self { member: false }
    }

    fn variants(_: &Sample) -> Vec<(&'static str, Self)> {
        vec![("member", Self { member: true })]
    }
}
