//! The other person's account is gone. The email says only that it ended, and not whose account it was.

use super::prelude::*;

/// A mentorship or a proposal has ended, because the other person's account is gone. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorshipEnded {
    /// Name of the programme.
    pub programme: String,
    /// Whether the mentorship had begun. If not, only a proposal has ended.
    pub had_begun: bool,
}

impl Kind for MentorshipEnded {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        let lead = match self.had_begun {
            true => "email-mentorship-ended-lead",
            false => "email-mentorship-ended-proposal",
        };
        Content::new("email-mentorship-ended-subject", "email-mentorship-ended-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .yes_or_no("begun", self.had_begun)
            .preview(&[lead])
            .say(lead)
            .button("email-not-matched-button", Target::path("mentoring"))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { programme: sample.programme(), had_begun: true }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("proposal", Self { had_begun: false, ..Self::sample(sample) })]
    }
}
