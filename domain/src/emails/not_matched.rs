//! A mentee has no mentor yet (M9).

use super::prelude::*;

/// A mentee has no mentor yet (M9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMatched {
    /// Name of the programme.
    pub programme: String,
    /// Whether the mentee had as many proposals as one round allows, so that a coordinator looks for another
    /// way (M14).
    #[serde(default)]
    pub had_enough: bool,
}

impl Kind for NotMatched {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("mentoring".to_owned())
    }

    fn content(&self) -> Content {
        let (lead, next) = match self.had_enough {
            false => ("email-not-matched-lead", "email-not-matched-next"),
            true => ("email-not-matched-enough", "email-not-matched-another-way"),
        };
        Content::new("email-not-matched-subject", "email-not-matched-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .say(next)
            .button("email-not-matched-button", Target::path("mentoring"))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { programme: sample.programme(), had_enough: false }
    }
}
