//! An invitation to a group. The recipient need not be a member of the community.

use super::prelude::*;

/// An invitation to a group. The recipient need not be a member of the community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupInvitation {
    /// The group that it is about.
    pub group: GroupFacts,
    /// The group's purpose; may be empty.
    pub purpose: String,
    /// Name of the member who sent the invitation.
    pub from: String,
    /// The link that accepts it, only for people without an account. Members answer on their own pages.
    #[serde(default)]
    pub link: Option<AcceptLink>,
}

impl Kind for GroupInvitation {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn is_to_stranger(&self) -> bool {
        self.link.is_some()
    }

    fn is_secret(&self) -> bool {
        self.link.is_some()
    }

    fn expires_at(&self) -> Option<Instant> {
        self.link.as_ref().map(|link| link.until)
    }

    fn notification(&self) -> Option<String> {
        self.link.is_none().then(|| self.group.path("/invitation"))
    }

    fn content(&self) -> Content {
        let page =
            self.link.as_ref().map_or_else(|| self.group.path("/invitation"), |link| link.path.clone());
        Content::new("email-group-invitation-subject", "email-group-invitation-heading")
            .about_group(&self.group)
            .typed("who", &self.from, MAX_NAME)
            .preview(&["email-group-invitation-lead"])
            .say("email-group-invitation-lead")
            .message("email-group-invitation-about", &self.purpose)
            .button("email-group-invitation-button", Target::Path(page))
            .say("email-group-invitation-no")
            .why("email-why-invited")
    }

    fn sample(sample: &Sample) -> Self {
        let (from, purpose) = (sample.text("Grace Lindqvist"), sample.join_message());
        Self { group: sample.group("Supply chain"), purpose, from, link: None }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let link = AcceptLink { path: Sample::accept_path(), until: Sample::at("2026-12-20T09:00:00Z") };
        vec![("stranger", Self { link: Some(link), ..Self::sample(sample) })]
    }
}
