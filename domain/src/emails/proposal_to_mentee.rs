//! A mentee is proposed a mentor (M9).

use super::prelude::*;

/// A mentee is proposed a mentor (M9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalToMentee {
    /// The proposal. Its partner is the mentor.
    pub facts: ProposalFacts,
    /// The topics that the mentee asks for and the mentor teaches.
    pub topics: Vec<String>,
    /// Whole hours a week that both have time.
    pub hours: u32,
}

impl Kind for ProposalToMentee {
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
        let content = Content::new("email-proposal-mentee-subject", "email-proposal-mentee-heading")
            .about_proposal(&self.facts)
            .number("hours", self.hours)
            .preview(&["email-proposal-mentee-lead"])
            .say("email-proposal-mentee-lead")
            .say_if(self.hours > 0, "email-proposal-hours")
            .say_if(!self.topics.is_empty(), "email-proposal-mentee-topics");
        let content = match self.topics.is_empty() {
            true => content,
            false => content.part(Part::List { lines: self.topics.clone(), more: None }),
        };
        content
            .button("email-proposal-button", Target::Proposal(self.facts.proposal, SignUpRole::Mentee))
            .paragraph(&["email-proposal-until", "email-proposal-mentee-next"])
            .say("email-proposal-decline")
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { facts: sample.proposal("Grace Lindqvist"), topics: sample.topics(), hours: 4 }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("wish", Self { topics: Vec::new(), hours: 1, ..Self::sample(sample) })]
    }
}
