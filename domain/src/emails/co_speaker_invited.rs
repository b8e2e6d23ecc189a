//! A speaker invites the recipient to speak together (D1).

use super::prelude::*;
use crate::SubmissionId;

/// A speaker invites the recipient to speak together (D1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoSpeakerInvited {
    /// The call.
    pub call: Slug,
    /// The submission.
    pub submission: SubmissionId,
    /// The title of the proposal.
    pub title: String,
    /// Name of the speaker.
    pub from: String,
}

impl Kind for CoSpeakerInvited {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(submission_path(&self.call, self.submission))
    }

    fn content(&self) -> Content {
        Content::new("email-co-speaker-subject", "email-co-speaker-heading")
            .typed("session", &self.title, MAX_TITLE)
            .typed("from", &self.from, MAX_NAME)
            .preview(&["email-co-speaker-lead"])
            .say("email-co-speaker-lead")
            .say("email-co-speaker-next")
            .button("email-co-speaker-button", Target::Path(submission_path(&self.call, self.submission)))
            .why("email-why-co-speaker")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            call: Slug::of_title("Guild day", "call"),
            submission: SubmissionId(sample.meeting().uid.0),
            title: sample.text("Threat models that survive"),
            from: sample.text("Mei Tanaka"),
        }
    }
}

/// The path of a submission's page.
pub(super) fn submission_path(call: &Slug, submission: SubmissionId) -> String {
    format!("proposals/{call}/submissions/{submission}")
}
