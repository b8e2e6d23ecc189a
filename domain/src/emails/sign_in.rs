//! The link and the code for signing in.

use super::prelude::*;

/// The link and the code for signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Path and secret, relative to the public address.
    pub link: String,
    /// The code, eight digits.
    pub code: String,
    /// When both expire.
    pub expires_at: Instant,
}

impl Kind for SignIn {
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
        Content::new("email-sign-in-subject", "email-sign-in-heading")
            .arg("code", Value::Code(self.code.clone()))
            .arg("minutes", Value::MinutesUntil(self.expires_at))
            .preview(&["email-sign-in-how-long"])
            .say("email-sign-in-lead")
            .button("email-sign-in-button", Target::Path(self.link.clone()))
            .say("email-sign-in-code")
            .part(Part::Code(self.code.clone()))
            .say("email-sign-in-how-long")
            .say("email-sign-in-not-you")
            .why("email-why-address")
    }

    fn sample(_: &Sample) -> Self {
        Self {
            link: "/sign-in/link/q5w8zKcX0yqYkq7m3Zr4Ow".to_owned(),
            code: "12345678".to_owned(),
            expires_at: Sample::now() + Duration::minutes(10),
        }
    }
}
