//! To the reporter: the report was decided (F3).

use super::prelude::*;

/// To the reporter: the report was decided (F3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDecided {
    /// Whether action was taken.
    pub acted: bool,
    /// The reason that the administrator gave.
    pub reason: String,
    /// Whether this is the decision on an appeal, which is final.
    pub last: bool,
}

impl Kind for ReportDecided {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("reports".to_owned())
    }

    fn content(&self) -> Content {
        let lead = if self.acted { "email-report-acted" } else { "email-report-not-acted" };
        Content::new("email-report-decided-subject", "email-report-decided-heading")
            .preview(&[lead])
            .say(lead)
            .quote(&self.reason)
            .say_if(self.last, "email-report-last")
            .say_if(!self.last && !self.acted, "email-report-appeal")
            .button("email-report-button", Target::path("reports"))
            .why("email-why-member")
    }

    fn sample(sample: &Sample) -> Self {
        Self { acted: true, reason: sample.reason(), last: false }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let nothing = |last| Self { acted: false, last, ..Self::sample(sample) };
        vec![("nothing", nothing(false)), ("last", nothing(true))]
    }
}
