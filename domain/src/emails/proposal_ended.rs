//! A proposal has ended without a mentorship (M12, M13).

use super::prelude::*;

/// A proposal has ended without a mentorship (M12, M13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalEnded {
    /// Name of the programme.
    pub programme: String,
    /// Name of the other one.
    pub partner: String,
    /// Whether the recipient is the mentee.
    pub is_mentee: bool,
    /// Why it ended.
    pub because: EndedBecause,
}

impl Kind for ProposalEnded {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("mentoring".to_owned())
    }

    fn content(&self) -> Content {
        let lead = match self.because {
            EndedBecause::NotWanted => "email-proposal-ended-lead",
            EndedBecause::Expired => "email-proposal-ended-expired",
            EndedBecause::Full => "email-proposal-ended-full",
            EndedBecause::Rematched => "email-proposal-ended-rematched",
            EndedBecause::RoundOver => "email-proposal-ended-over",
        };
        let next = match (self.because, self.is_mentee) {
            (EndedBecause::RoundOver, _) => "email-proposal-ended-nothing",
            (_, true) => "email-proposal-ended-mentee",
            (_, false) => "email-proposal-ended-mentor",
        };
        Content::new("email-proposal-ended-subject", "email-proposal-ended-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .typed("partner", &self.partner, MAX_NAME)
            .preview(&[lead])
            .say(lead)
            .say(next)
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            programme: sample.programme(),
            partner: sample.proposal("Grace Lindqvist").partner,
            is_mentee: true,
            because: EndedBecause::NotWanted,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let because = |because| Self { because, ..Self::sample(sample) };
        vec![
            ("expired", because(EndedBecause::Expired)),
            ("full", because(EndedBecause::Full)),
            ("rematched", because(EndedBecause::Rematched)),
            ("round_over", because(EndedBecause::RoundOver)),
            ("mentor", Self { is_mentee: false, ..Self::sample(sample) }),
        ]
    }
}
