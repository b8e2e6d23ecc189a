//! To the organisers of a group: somebody requests to join it.

use super::prelude::*;

/// To the organisers of a group: somebody requests to join it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequested {
    /// The group that it is about.
    pub group: GroupFacts,
    /// Name of the person who requests to join.
    #[serde(alias = "who")]
    pub name: String,
    /// The person's message; may be empty.
    pub words: String,
}

impl Kind for JoinRequested {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.group.path("/members"))
    }

    fn content(&self) -> Content {
        Content::new("email-join-requested-subject", "email-join-requested-heading")
            .about_group(&self.group)
            .typed("who", &self.name, MAX_NAME)
            .preview(&["email-join-requested-lead"])
            .say("email-join-requested-lead")
            .message("email-join-requested-message", &self.words)
            .button("email-join-requested-button", Target::Path(self.group.path("/members")))
            .why("email-why-group-organiser")
    }

    fn sample(sample: &Sample) -> Self {
        let (name, words) = (sample.text("Grace Lindqvist"), sample.join_message());
        Self { group: sample.group("Supply chain"), name, words }
    }
}
