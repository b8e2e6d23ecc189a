//! An administrator declined a request for an invitation.

use super::prelude::*;

/// An administrator declined a request for an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDeclined {
    /// The administrator's message; may be empty.
    pub words: String,
}

impl Kind for RequestDeclined {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn is_to_stranger(&self) -> bool {
        true
    }

    fn content(&self) -> Content {
        let before: &[_] = match self.words.is_empty() {
            true => &["email-declined-lead"],
            false => &["email-declined-lead", "email-declined-message"],
        };
        Content::new("email-declined-subject", "email-declined-heading")
            .preview(before)
            .say_all(before)
            .quote(&self.words)
            .say("email-declined-again")
            .why("email-why-requested")
    }

    fn sample(sample: &Sample) -> Self {
        Self { words: sample.reason() }
    }

    fn variants(_: &Sample) -> Vec<(&'static str, Self)> {
        vec![("silent", Self { words: String::new() })]
    }
}
