//! A mentoring round was cancelled. Everybody who signed up for it is told.

use super::prelude::*;

/// A mentoring round was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundCancelled {
    /// Name of the programme.
    pub programme: String,
    /// Name of the round.
    pub round: String,
}

impl Kind for RoundCancelled {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("mentoring".to_owned())
    }

    fn content(&self) -> Content {
        Content::new("email-round-cancelled-subject", "email-round-cancelled-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .typed("round", &self.round, MAX_TITLE)
            .preview(&["email-round-cancelled-lead"])
            .say("email-round-cancelled-lead")
            .say("email-round-cancelled-next")
            .button("email-not-matched-button", Target::path("mentoring"))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { programme: sample.programme(), round: sample.text("Spring 2027") }
    }
}
