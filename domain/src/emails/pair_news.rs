//! Something happened in a mentorship, or should happen next (M15, M19, M21).

use super::prelude::*;
use crate::MentorshipId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairEvent {
    /// A week without a meeting (M15).
    Quiet,
    /// The other one cancelled proposed times before one was agreed (M17).
    TimesCancelled,
    /// The other one takes a break.
    Paused,
    /// The other one goes on.
    Resumed,
    /// The other one wants to extend the term.
    ExtensionAsked,
    /// Both wanted it, and the term is longer.
    Extended,
    /// The term is over, and the two choose how it ends.
    TermOver,
    /// It is finished. Feedback can be given (M21).
    Finished,
    /// They go on as peers. Feedback can be given (M21).
    Peers,
    /// The other one's feedback can be read.
    FeedbackReleased,
}

/// Something happened in a mentorship, or should happen next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairNews {
    /// The mentorship.
    pub mentorship: MentorshipId,
    /// Name of the other one.
    pub partner: String,
    /// What happened.
    pub what: PairEvent,
}

impl Kind for PairNews {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(mentorship_path(self.mentorship))
    }

    fn content(&self) -> Content {
        let (subject, lead, next) = match self.what {
            PairEvent::Quiet => ("email-pair-quiet-subject", "email-pair-quiet", "email-pair-quiet-next"),
            PairEvent::TimesCancelled => {
                ("email-pair-times-subject", "email-pair-times", "email-pair-times-next")
            }
            PairEvent::Paused => ("email-pair-paused-subject", "email-pair-paused", "email-pair-paused-next"),
            PairEvent::Resumed => {
                ("email-pair-resumed-subject", "email-pair-resumed", "email-pair-resumed-next")
            }
            PairEvent::ExtensionAsked => {
                ("email-pair-extend-subject", "email-pair-extend", "email-pair-extend-next")
            }
            PairEvent::Extended => {
                ("email-pair-extended-subject", "email-pair-extended", "email-pair-extended-next")
            }
            PairEvent::TermOver => ("email-pair-term-subject", "email-pair-term", "email-pair-term-next"),
            PairEvent::Finished => {
                ("email-pair-finished-subject", "email-pair-finished", "email-pair-feedback-next")
            }
            PairEvent::Peers => ("email-pair-peers-subject", "email-pair-peers", "email-pair-feedback-next"),
            PairEvent::FeedbackReleased => {
                ("email-pair-released-subject", "email-pair-released", "email-pair-released-next")
            }
        };
        Content::new(subject, "email-pair-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .say(next)
            .button("email-mentorship-button", Target::Path(mentorship_path(self.mentorship)))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self { mentorship: meeting.mentorship, partner: meeting.partner, what: PairEvent::Quiet }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [
            ("times_cancelled", PairEvent::TimesCancelled),
            ("paused", PairEvent::Paused),
            ("resumed", PairEvent::Resumed),
            ("extension_asked", PairEvent::ExtensionAsked),
            ("extended", PairEvent::Extended),
            ("term_over", PairEvent::TermOver),
            ("finished", PairEvent::Finished),
            ("peers", PairEvent::Peers),
            ("feedback_released", PairEvent::FeedbackReleased),
        ]
        .map(|(name, what)| (name, Self { what, ..Self::sample(sample) }))
        .into()
    }
}
