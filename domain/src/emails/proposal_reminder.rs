//! A proposal waits for an answer: on day 3 and on day 6 (M10).

use super::prelude::*;

/// A proposal waits for an answer: on day 3 and on day 6 (M10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalReminder {
    /// The proposal.
    pub facts: ProposalFacts,
    /// Whether the recipient is the mentee.
    pub is_mentee: bool,
}

impl Kind for ProposalReminder {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.facts.until)
    }

    fn notification(&self) -> Option<String> {
        Some(self.facts.path())
    }

    fn content(&self) -> Content {
        let (lead, side) = match self.is_mentee {
            true => ("email-proposal-reminder-mentee", SignUpRole::Mentee),
            false => ("email-proposal-reminder-mentor", SignUpRole::Mentor),
        };
        Content::new("email-proposal-reminder-subject", "email-proposal-reminder-heading")
            .about_proposal(&self.facts)
            .preview(&[lead])
            .say(lead)
            .button("email-proposal-button", Target::Proposal(self.facts.proposal, side))
            .say("email-proposal-until")
            .say("email-proposal-decline")
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { facts: sample.proposal("Grace Lindqvist"), is_mentee: true }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("mentor", Self { is_mentee: false, ..Self::sample(sample) })]
    }
}
