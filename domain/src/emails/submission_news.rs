//! Something happened to a proposal (D1). Questions and comments are on the page only, because admins read emails.

use super::{co_speaker_invited::submission_path, prelude::*};
use crate::SubmissionId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionEvent {
    /// To the speakers: it was sent.
    Received,
    /// To the speakers: the organisers ask a question.
    InfoNeeded,
    /// To the speakers: it was accepted. They confirm until some time.
    Accepted {
        /// Until when the speaker is asked to confirm.
        confirm_by: Instant,
    },
    /// To the speakers: they have not confirmed, and the time is almost over.
    ConfirmSoon {
        /// Until when the speaker is asked to confirm.
        confirm_by: Instant,
    },
    /// To the speakers: it was rejected.
    Rejected,
    /// To the organiser: the speaker has answered a question.
    Answered,
    /// To the organiser: the speaker does not come.
    Declined,
}

/// Something happened to a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionNews {
    /// The call.
    pub call: Slug,
    /// The title of the call.
    pub call_title: String,
    /// The submission.
    pub submission: SubmissionId,
    /// The title of the proposal.
    pub title: String,
    /// What happened.
    pub what: SubmissionEvent,
}

impl Kind for SubmissionNews {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(submission_path(&self.call, self.submission))
    }

    fn content(&self) -> Content {
        let (subject, lead, next) = match self.what {
            SubmissionEvent::Received => (
                "email-submission-received-subject",
                "email-submission-received",
                "email-submission-received-next",
            ),
            SubmissionEvent::InfoNeeded => (
                "email-submission-info-needed-subject",
                "email-submission-info-needed",
                "email-submission-info-needed-next",
            ),
            SubmissionEvent::Accepted { .. } => {
                ("email-submission-accepted-subject", "email-submission-accepted", "email-submission-confirm")
            }
            SubmissionEvent::ConfirmSoon { .. } => (
                "email-submission-confirm-soon-subject",
                "email-submission-confirm-soon",
                "email-submission-confirm",
            ),
            SubmissionEvent::Rejected => (
                "email-submission-rejected-subject",
                "email-submission-rejected",
                "email-submission-rejected-next",
            ),
            SubmissionEvent::Answered => (
                "email-submission-answered-subject",
                "email-submission-answered",
                "email-submission-answered-next",
            ),
            SubmissionEvent::Declined => (
                "email-submission-declined-subject",
                "email-submission-declined",
                "email-submission-declined-next",
            ),
        };
        let content = Content::new(subject, "email-submission-heading")
            .typed("session", &self.title, MAX_TITLE)
            .typed("call", &self.call_title, MAX_TITLE);
        let content = match self.what {
            SubmissionEvent::Accepted { confirm_by } | SubmissionEvent::ConfirmSoon { confirm_by } => {
                content.until(confirm_by)
            }
            _ => content,
        };
        let path = submission_path(&self.call, self.submission);
        content
            .preview(&[lead])
            .say(lead)
            .say(next)
            .button("email-submission-button", Target::Path(path))
            .why(match self.what {
                SubmissionEvent::Answered | SubmissionEvent::Declined => "email-why-call",
                _ => "email-why-submission",
            })
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            call: Slug::of_title("Guild day", "call"),
            call_title: sample.text("Guild day: call for proposals"),
            submission: SubmissionId(sample.meeting().uid.0),
            title: sample.text("Threat models that survive"),
            what: SubmissionEvent::Received,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let confirm_by = Sample::now() + Duration::days(14);
        [
            ("info_needed", SubmissionEvent::InfoNeeded),
            ("accepted", SubmissionEvent::Accepted { confirm_by }),
            ("confirm_soon", SubmissionEvent::ConfirmSoon { confirm_by }),
            ("rejected", SubmissionEvent::Rejected),
            ("answered", SubmissionEvent::Answered),
            ("declined", SubmissionEvent::Declined),
        ]
        .map(|(name, what)| (name, Self { what, ..Self::sample(sample) }))
        .into()
    }
}
