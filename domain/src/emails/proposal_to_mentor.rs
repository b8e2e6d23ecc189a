//! A mentor is proposed a mentee (M9).

use super::prelude::*;

/// A mentor is proposed a mentee (M9). The mentee's goal is on the page behind the link only, because admins can
/// read emails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalToMentor {
    /// The proposal. Its partner is the mentee.
    pub facts: ProposalFacts,
    /// The topics that the mentee asks for and the mentor teaches.
    pub topics: Vec<String>,
    /// Whole hours a week that both have time.
    pub hours: u32,
}

impl Kind for ProposalToMentor {
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
        let content = Content::new("email-proposal-mentor-subject", "email-proposal-mentor-heading")
            .about_proposal(&self.facts)
            .number("hours", self.hours)
            .preview(&["email-proposal-mentor-lead"])
            .say("email-proposal-mentor-lead")
            .say_if(!self.topics.is_empty(), "email-proposal-mentor-topics");
        let content = match self.topics.is_empty() {
            true => content,
            false => content.part(Part::List { lines: self.topics.clone(), more: None }),
        };
        content
            .say_if(self.hours > 0, "email-proposal-hours")
            .say("email-proposal-mentor-goal")
            .button("email-proposal-button", Target::Proposal(self.facts.proposal, SignUpRole::Mentor))
            .paragraph(&["email-proposal-until", "email-proposal-mentor-next"])
            .say("email-proposal-decline")
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { facts: sample.proposal("Priya Nair"), topics: sample.topics(), hours: 4 }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("wish", Self { topics: Vec::new(), hours: 1, ..Self::sample(sample) })]
    }
}
