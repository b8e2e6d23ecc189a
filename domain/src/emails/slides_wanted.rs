//! The session of the recipient has no slides (D8).

use super::prelude::*;

/// The session of the recipient has no slides (D8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlidesWanted {
    /// The event.
    pub event: Slug,
    /// The session.
    pub session: Uuid,
    /// The title of the session.
    pub title: String,
    /// Whether the session is over. That is the second reminder and the last.
    pub is_over: bool,
}

impl Kind for SlidesWanted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let lead = if self.is_over { "email-slides-after" } else { "email-slides-before" };
        let then = if self.is_over { "email-slides-last" } else { "email-slides-optional" };
        Content::new("email-slides-subject", "email-slides-heading")
            .typed("session", &self.title, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .say(then)
            .button("email-slides-button", Target::Path(format!("{}#material", self.path())))
            .why("email-why-slides")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            event: Slug::of_title("Guild day", "event"),
            session: sample.meeting().uid.0,
            title: sample.text("Threat models that survive"),
            is_over: false,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("after", Self { is_over: true, ..Self::sample(sample) })]
    }
}

impl SlidesWanted {
    fn path(&self) -> String {
        format!("events/{}/sessions/{}", self.event, self.session)
    }
}
