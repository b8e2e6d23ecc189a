//! What a member wants to learn became an event (B10).

use super::prelude::*;

/// What a member wants to learn became an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandScheduled {
    /// The event.
    pub event: EventFacts,
    /// The title of the learning request.
    pub demand: String,
    /// The recipient.
    pub mailing: Mailing,
}

impl Kind for DemandScheduled {
    fn category(&self) -> EmailCategory {
        EmailCategory::Demands
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
        Content::new("email-demand-scheduled-subject", "email-demand-scheduled-heading")
            .typed("demand", &self.demand, MAX_TITLE)
            .say("email-demand-scheduled-lead")
            .facts(Facts::of(&self.event))
            .say("email-demand-scheduled-next")
            .why("email-why-demand")
    }

    fn sample(sample: &Sample) -> Self {
        let demand = sample.text("Threat models for small teams");
        Self { event: sample.waiting(), demand, mailing: Mailing { group: None, ..sample.mailing() } }
    }
}
