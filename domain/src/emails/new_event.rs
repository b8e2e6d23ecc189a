//! A group has published a new event.

use super::prelude::*;

/// A group has published a new event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvent {
    /// The event that it is about.
    pub event: EventFacts,
    /// Summary in one line; may be empty.
    pub summary: String,
    /// The member and group for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for NewEvent {
    fn category(&self) -> EmailCategory {
        EmailCategory::NewEvents
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        Vec::new()
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let content =
            Content::new("email-new-event-subject", "email-new-event-heading").say("email-new-event-lead");
        let content = match self.summary.trim() {
            "" => content,
            summary => content.part(Part::Typed(summary.to_owned())),
        };
        content.facts(Facts::of(&self.event)).say("email-new-event-next").why("email-why-new-event")
    }

    fn sample(sample: &Sample) -> Self {
        let summary = sample.text("An evening of attacks on a café.");
        Self { event: sample.waiting(), summary, mailing: sample.group_mailing() }
    }
}
