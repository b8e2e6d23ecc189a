//! An organiser says that the recipient is a speaker of a session (M28).

use uuid::Uuid;

use super::prelude::*;

/// An organiser says that the recipient is a speaker of a session (M28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerProposed {
    /// The event.
    pub event: Slug,
    /// The session.
    pub session: Uuid,
    /// The title of the session.
    pub title: String,
}

impl Kind for SpeakerProposed {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        Content::new("email-speaker-subject", "email-speaker-heading")
            .typed("session", &self.title, MAX_TITLE)
            .preview(&["email-speaker-lead"])
            .say("email-speaker-lead")
            .say("email-speaker-next")
            .button("email-speaker-button", Target::Path(self.path()))
            .why("email-why-speaker")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            event: Slug::of_title("Guild day", "event"),
            session: sample.meeting().uid.0,
            title: sample.text("Threat models that survive"),
        }
    }
}

impl SpeakerProposed {
    fn path(&self) -> String {
        format!("events/{}/sessions/{}", self.event, self.session)
    }
}
