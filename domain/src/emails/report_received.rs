//! To the reporter: their report has arrived (F3).

use super::prelude::*;

/// To the reporter: their report has arrived (F3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportReceived {
    /// What the reporter wrote.
    pub words: String,
}

impl Kind for ReportReceived {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn content(&self) -> Content {
        Content::new("email-report-received-subject", "email-report-received-heading")
            .preview(&["email-report-received-lead"])
            .say("email-report-received-lead")
            .quote(&self.words)
            .say("email-report-received-next")
            .why("email-why-member")
    }

    fn sample(sample: &Sample) -> Self {
        Self { words: sample.reason() }
    }
}
