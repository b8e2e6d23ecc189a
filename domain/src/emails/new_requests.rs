//! To everyone who can edit an event: there are new requests to attend (A11).

use super::prelude::*;

/// To everyone who can edit an event: there are new requests to attend (A11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRequests {
    /// Slug of the event.
    pub slug: Slug,
    /// Title of the event.
    pub title: String,
    /// Number of new requests.
    pub requests: u32,
    /// Names of the first people who requested a seat. People without a name are only counted.
    pub names: Vec<String>,
}

impl Kind for NewRequests {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(requests_path(&self.slug))
    }

    fn content(&self) -> Content {
        let more = self.requests.saturating_sub(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        let list =
            Part::List { lines: self.names.clone(), more: (more > 0).then_some("email-new-requests-more") };
        let content = Content::new("email-new-requests-subject", "email-new-requests-heading")
            .typed("title", &self.title, MAX_TITLE)
            .number("requests", self.requests)
            .number("more", more)
            .say("email-new-requests-lead");
        let content = if self.names.is_empty() { content } else { content.part(list) };
        content
            .say("email-new-requests-next")
            .button("email-new-requests-button", Target::Path(requests_path(&self.slug)))
            .why("email-why-host")
    }

    fn sample(sample: &Sample) -> Self {
        let names = vec![sample.text("Kofi Mensah"), sample.text("Leila Haddad")];
        let EventFacts { slug, title, .. } = sample.event();
        Self { slug, title, requests: 4, names }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("one", Self { requests: 1, names: vec![sample.text("Kofi Mensah")], ..Self::sample(sample) })]
    }
}
