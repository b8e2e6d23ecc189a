//! An invitation to the community.

use super::prelude::*;

/// An invitation to the community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Name of the member who sent it; may be empty.
    pub by: String,
    /// Their message; may be empty.
    pub note: String,
    /// When the invitation expires.
    pub until: Instant,
    /// Path and secret of the link that accepts the invitation.
    #[serde(default)]
    pub link: String,
}

impl Kind for Invitation {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn is_to_stranger(&self) -> bool {
        true
    }

    fn is_secret(&self) -> bool {
        !self.link.is_empty()
    }

    fn expires_at(&self) -> Option<Instant> {
        // The link is a secret, which is erased from the outbox once it is sent.
        Some(self.until)
    }

    fn content(&self) -> Content {
        let lead = if self.by.trim().is_empty() { "email-invitation-lead" } else { "email-invitation-by" };
        let mut before = vec![lead, "email-invitation-what"];
        if !self.note.is_empty() {
            before.push("email-invitation-message");
        }
        let link = if self.link.is_empty() { "sign-in" } else { &self.link };
        Content::new("email-invitation-subject", "email-invitation-heading")
            .typed("by", &self.by, MAX_NAME)
            .arg("until", Value::Day(self.until))
            .preview(&before)
            .say_all(&before)
            .quote(&self.note)
            .say("email-invitation-how")
            .say("email-invitation-not")
            .button("email-invitation-button", Target::path(link))
            .why("email-why-invitation")
    }

    fn sample(sample: &Sample) -> Self {
        let note = sample.text("You asked about our review evenings.\nCome and see one.");
        let until = Sample::at("2026-12-05T09:00:00Z");
        Self { by: sample.text("Ada Okonkwo"), note, until, link: Sample::accept_path() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("bare", Self { by: String::new(), note: String::new(), ..Self::sample(sample) })]
    }
}
