//! The group approved or declined a request to join.

use super::prelude::*;

/// The group approved or declined a request to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinDecided {
    /// The group that it is about.
    pub group: GroupFacts,
    /// Whether the request was approved.
    pub accepted: bool,
    /// The organiser's message; may be empty.
    pub words: String,
}

impl Kind for JoinDecided {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.group.path(""))
    }

    fn content(&self) -> Content {
        let (subject, heading, lead) = match self.accepted {
            true => {
                ("email-join-accepted-subject", "email-join-accepted-heading", "email-join-accepted-lead")
            }
            false => {
                ("email-join-declined-subject", "email-join-declined-heading", "email-join-declined-lead")
            }
        };
        Content::new(subject, heading)
            .about_group(&self.group)
            .preview(&[lead])
            .say(lead)
            .message("email-organiser-message", &self.words)
            .button("email-open-group", Target::Path(self.group.path("")))
            .why("email-why-group-request")
    }

    fn sample(sample: &Sample) -> Self {
        Self { group: sample.group("Supply chain"), accepted: true, words: sample.join_message() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("no", Self { accepted: false, words: String::new(), ..Self::sample(sample) })]
    }
}
