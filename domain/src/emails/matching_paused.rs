//! Somebody left two proposals unanswered and is paused (M13).

use super::prelude::*;

/// Somebody left two proposals unanswered and is paused (M13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchingPaused {
    /// Name of the programme.
    pub programme: String,
    /// The round in which they can resume.
    pub round: RoundId,
}

impl MatchingPaused {
    fn path(&self) -> String {
        format!("mentoring/resume/{}", self.round)
    }
}

impl Kind for MatchingPaused {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        Content::new("email-matching-paused-subject", "email-matching-paused-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .preview(&["email-matching-paused-lead"])
            .say("email-matching-paused-lead")
            .say("email-matching-paused-next")
            .button("email-matching-paused-button", Target::Path(self.path()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { programme: sample.programme(), round: RoundId(Uuid::from_u128(9)) }
    }
}
