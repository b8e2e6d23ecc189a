//! A mentee has no mentor yet (M9).

use super::prelude::*;

/// A mentee has no mentor yet (M9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMatched {
    /// Name of the programme.
    pub programme: String,
}

impl Kind for NotMatched {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-not-matched-subject", "email-not-matched-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .preview(&["email-not-matched-lead"])
            .say("email-not-matched-lead")
            .say("email-not-matched-next")
            .button("email-not-matched-button", Target::path("mentoring"))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { programme: sample.programme() }
    }
}
