//! To the member whose content was reported: the decision (F3).

use super::prelude::*;

/// To the member whose content was reported: the decision (F3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedDecided {
    /// Whether some of their content is hidden.
    pub hidden: bool,
    /// Whether action was taken; `false` after a successful appeal.
    pub acted: bool,
    /// The reason that the administrator gave.
    pub reason: String,
    /// Whether this is the decision on an appeal, which is final.
    pub last: bool,
}

impl Kind for ReportedDecided {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("reports".to_owned())
    }

    fn content(&self) -> Content {
        let lead = match (self.hidden, self.acted) {
            (true, _) => "email-reported-hidden",
            (false, true) => "email-reported-warned",
            (false, false) => "email-reported-cleared",
        };
        Content::new("email-reported-subject", "email-reported-heading")
            .preview(&[lead])
            .say(lead)
            .quote(&self.reason)
            .say_if(self.last, "email-report-last")
            .say_if(!self.last && self.acted, "email-reported-appeal")
            .button("email-report-button", Target::path("reports"))
            .why("email-why-member")
    }

    fn sample(sample: &Sample) -> Self {
        Self { hidden: true, acted: true, reason: sample.reason(), last: false }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let with = |acted, last| Self { hidden: false, acted, last, ..Self::sample(sample) };
        vec![("warned", with(true, false)), ("cleared", with(false, true))]
    }
}
