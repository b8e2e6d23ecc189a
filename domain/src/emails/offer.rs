//! A seat is held for the member until they accept it (A8).

use super::prelude::*;

/// A seat is held for the member until they accept it (A8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// When the offer expires.
    pub until: Instant,
    /// Whether they have to answer questions first.
    #[serde(default)]
    pub questions: bool,
}

impl Offer {
    /// Where the member accepts it, and the label of the link.
    #[must_use]
    pub fn accept(&self) -> (&'static str, Target) {
        match self.questions {
            true => ("email-offer-questions-button", Target::Path(format!("{}/answers", self.event.path()))),
            false => ("email-offer-button", Target::Seat(self.event.uid)),
        }
    }
}

impl Kind for Offer {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.until)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let (button, target) = self.accept();
        Content::new("email-offer-subject", "email-offer-heading")
            .party(self.guests)
            .until(self.until)
            .say(if self.questions { "email-offer-questions" } else { "email-offer-lead" })
            .button(button, target)
            .say(if self.questions { "email-offer-questions-until" } else { "email-offer-until" })
            .facts(Facts::of(&self.event).with_seats("email-seats-offered").asking(true))
            .say("email-offer-next")
    }

    fn sample(sample: &Sample) -> Self {
        let until = Sample::now() + Duration::hours(12);
        Self { event: sample.waiting(), guests: 1, until, questions: false }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("questions", Self { questions: true, guests: 0, ..Self::sample(sample) })]
    }
}
