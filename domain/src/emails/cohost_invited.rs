//! A host asks a member to co-host an event (F9).

use super::prelude::*;

/// A host asks a member to co-host an event (F9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohostInvited {
    /// The event.
    pub event: EventFacts,
    /// Name of the host who asks; may be empty.
    pub from: String,
}

impl Kind for CohostInvited {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let from = match self.from.trim() {
            "" => Value::Sentence("email-organisers"),
            name => Value::Typed(name.to_owned(), MAX_NAME),
        };
        Content::new("email-cohost-invited-subject", "email-cohost-invited-heading")
            .arg("from", from)
            .preview(&["email-cohost-invited-lead"])
            .say_all(&["email-cohost-invited-lead", "email-cohost-invited-what"])
            .facts(Facts::of(&self.event).without_seat_link())
            .button("email-cohost-invited-button", Target::Path(self.event.path()))
            .why("email-why-cohost")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            event: EventFacts { uid: RsvpId(Uuid::nil()), ..sample.waiting() },
            from: sample.text("Grace Lindqvist"),
        }
    }
}
