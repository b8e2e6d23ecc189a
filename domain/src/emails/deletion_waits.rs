//! The account could not be deleted, because groups or the community would be left without anybody to
//! run them (F1).

use super::prelude::*;

/// The account could not be deleted, because groups or the community would be left without anybody to
/// run them (F1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionWaits {
    /// Names of the groups without another organiser; empty for the last administrator.
    pub groups: Vec<String>,
}

impl Kind for DeletionWaits {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some("profile/data".to_owned())
    }

    fn content(&self) -> Content {
        let lead = match self.groups.is_empty() {
            true => "email-deletion-waits-last",
            false => "email-deletion-waits-groups",
        };
        Content::new("email-deletion-waits-subject", "email-deletion-waits-heading")
            .preview(&[lead])
            .say(lead)
            .quote(&self.groups.join("\n"))
            .say("email-deletion-waits-next")
            .button("email-deletion-waits-button", Target::path("profile/data"))
            .why("email-why-member")
    }

    fn sample(sample: &Sample) -> Self {
        Self { groups: vec![sample.text("Pipeline champions"), sample.text("Rust guild")] }
    }

    fn variants(_: &Sample) -> Vec<(&'static str, Self)> {
        vec![("last", Self { groups: Vec::new() })]
    }
}
