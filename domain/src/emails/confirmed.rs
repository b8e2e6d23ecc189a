//! The member has a seat, or the number of their guests changed.

use super::prelude::*;

/// The member has a seat, or the number of their guests changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// SEQUENCE of the calendar invitation.
    pub sequence: u32,
    /// Whether the seat is online while the member waits for one in the room (A12).
    #[serde(default)]
    pub in_line: bool,
    /// The previous number of guests, when the member had the seat before and only this number changed.
    #[serde(default)]
    pub guests_before: Option<u8>,
}

impl Kind for Confirmed {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn confirms_own_change(&self) -> bool {
        true
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        Calendar::request(&self.event, Some(self.sequence))
    }

    fn content(&self) -> Content {
        let content = match self.guests_before {
            Some(before) => Content::new("email-guests-changed-subject", "email-guests-changed-heading")
                .number("before", before)
                .paragraph(&["email-guests-changed-lead", "email-guests-changed-before"]),
            None => {
                Content::new("email-confirmed-subject", "email-confirmed-heading").say("email-confirmed-lead")
            }
        };
        let content = content.party(self.guests).facts(Facts::of(&self.event).with_seats("email-seats"));
        content.say_if(self.in_line, "email-confirmed-on-waitlist").say("email-give-up-seat")
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.event(), guests: 1, sequence: 0, in_line: false, guests_before: None }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let with =
            |guests, in_line, guests_before| Self { guests, in_line, guests_before, ..Self::sample(sample) };
        vec![
            ("in_line", with(0, true, None)),
            ("guests", with(2, false, Some(1))),
            ("no_guests", with(0, false, Some(2))),
        ]
    }
}
