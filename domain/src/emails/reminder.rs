//! A reminder of an event that starts soon.

use super::prelude::*;

/// A reminder of an event that starts soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// How many hours before the start the reminder is sent.
    pub hours: u8,
    /// The member and group for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for Reminder {
    fn category(&self) -> EmailCategory {
        EmailCategory::Reminders
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.event.starts_at)
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        Content::new("email-reminder-subject", "email-reminder-heading")
            .party(self.guests)
            .number("hours", self.hours)
            .say("email-reminder-lead")
            .facts(Facts::of(&self.event).with_seats("email-seats"))
            .say("email-reminder-cannot-come")
            .link("email-give-up-button", Target::Seat(self.event.uid))
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.event(), guests: 1, hours: 24, mailing: sample.mailing() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("hour", Self { hours: 1, ..Self::sample(sample) })]
    }
}
