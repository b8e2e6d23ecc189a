//! A host moved the member from a seat back to the waitlist: to its top because there are fewer seats (A4), or to its end
//! (A16).

use super::prelude::*;

/// A host moved the member from a seat back to the waitlist (A4, A16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedBack {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// SEQUENCE of the calendar cancellation; `None` when the seat was only offered.
    pub sequence: Option<u32>,
    /// Position on the waitlist, from 1, if the host chose this person. `None` if the event has fewer seats, and the last
    /// people moved to the top.
    #[serde(default)]
    pub position: Option<u32>,
}

impl Kind for MovedBack {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        Calendar::cancel(&self.event, self.sequence)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let (lead, next) = match self.position {
            Some(_) => ("email-moved-back-chosen", "email-moved-back-chosen-next"),
            None => ("email-moved-back-lead", "email-moved-back-next"),
        };
        Content::new("email-moved-back-subject", "email-moved-back-heading")
            .party(self.guests)
            .number("position", self.position.unwrap_or(1))
            .say(lead)
            .facts(Facts::of(&self.event).with_seats("email-seats-waiting"))
            .say(next)
            .say_if(self.sequence.is_some(), "email-moved-back-calendar")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.waiting(), guests: 1, sequence: Some(2), position: None }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![
            ("held", Self { guests: 0, sequence: None, ..Self::sample(sample) }),
            ("chosen", Self { guests: 0, position: Some(4), ..Self::sample(sample) }),
        ]
    }
}
