//! The member did not accept the offered seat in time, and it went to the next person.

use super::prelude::*;

/// The member did not accept the offered seat in time, and it went to the next person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferExpired {
    /// The event that it is about.
    pub event: EventFacts,
    /// Whether the member keeps a seat online.
    pub keeps_online: bool,
}

impl Kind for OfferExpired {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let facts = Facts::of(&self.event);
        let (facts, next) = match self.keeps_online {
            true => (facts, "email-offer-expired-online"),
            false => (facts.without_seat_link(), "email-offer-expired-next"),
        };
        Content::new("email-offer-expired-subject", "email-offer-expired-heading")
            .say("email-offer-expired-lead")
            .facts(facts)
            .say(next)
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), keeps_online: false }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("online", Self { keeps_online: true, ..Self::sample(sample) })]
    }
}
