//! The code that proves that an address belongs to the member.

use super::prelude::*;

/// The code that proves that an address belongs to the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProveAddress {
    /// The code, eight digits.
    pub code: String,
    /// When the code expires.
    pub expires_at: Instant,
}

impl Kind for ProveAddress {
    fn category(&self) -> EmailCategory {
        EmailCategory::Security
    }

    fn is_secret(&self) -> bool {
        true
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.expires_at)
    }

    fn content(&self) -> Content {
        Content::new("email-prove-subject", "email-prove-heading")
            .arg("code", Value::Code(self.code.clone()))
            .preview(&["email-prove-lead"])
            .say("email-prove-lead")
            .part(Part::Code(self.code.clone()))
            .say("email-prove-where")
            .button("email-prove-button", Target::path("profile/address"))
            .say("email-prove-not-you")
            .why("email-why-address")
    }

    fn sample(_: &Sample) -> Self {
        Self { code: "12345678".to_owned(), expires_at: Sample::now() + Duration::days(1) }
    }
}
