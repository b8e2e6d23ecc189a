//! The recipient has another role in a group: co-organiser, organiser, or neither any more.

use super::prelude::*;
use crate::groups::GroupRole;

/// The recipient has another role in a group: co-organiser, organiser, or neither any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChanged {
    /// The group that it is about.
    pub group: GroupFacts,
    /// The role that they have now.
    pub role: GroupRole,
}

impl Kind for RoleChanged {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.group.path(""))
    }

    fn content(&self) -> Content {
        Content::new("email-role-changed-subject", "email-role-changed-heading")
            .about_group(&self.group)
            .choice("role", self.role.name())
            .preview(&["email-role-changed-lead"])
            .say("email-role-changed-lead")
            .say("email-role-changed-next")
            .button("email-open-group", Target::Path(self.group.path("")))
            .why("email-why-role-changed")
    }

    fn sample(sample: &Sample) -> Self {
        Self { group: sample.group("Supply chain"), role: GroupRole::CoOrganiser }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let with = |role| Self { role, ..Self::sample(sample) };
        vec![("organiser", with(GroupRole::Organiser)), ("member", with(GroupRole::Member))]
    }
}
