//! To everyone who can edit an event: requests have been open for three days.

use super::prelude::*;

/// To everyone who can edit an event: requests have been open for three days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestWaits {
    /// Slug of the event.
    pub slug: Slug,
    /// Title of the event.
    pub title: String,
    /// Number of open requests.
    pub requests: u32,
}

impl Kind for RequestWaits {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(requests_path(&self.slug))
    }

    fn content(&self) -> Content {
        Content::new("email-request-waits-subject", "email-request-waits-heading")
            .typed("title", &self.title, MAX_TITLE)
            .number("requests", self.requests)
            .say("email-request-waits-lead")
            .button("email-request-waits-button", Target::Path(requests_path(&self.slug)))
            .why("email-why-host")
    }

    fn sample(sample: &Sample) -> Self {
        let EventFacts { slug, title, .. } = sample.event();
        Self { slug, title, requests: 2 }
    }
}
