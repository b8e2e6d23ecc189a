//! The member is on the waitlist.

use super::prelude::*;

/// The member is on the waitlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waitlisted {
    /// The event that it is about.
    pub event: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// Position on the waitlist; 1 is next.
    pub position: u32,
    /// Why there is no seat for them.
    #[serde(default)]
    pub because: WaitlistReason,
    /// Whether a free seat is offered and held, rather than given at once (A8, A9).
    #[serde(default)]
    pub offers: bool,
    /// The seats that are free now, when they are fewer than requested (A6).
    #[serde(default)]
    pub free: Option<FreeNow>,
}

impl Kind for Waitlisted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn confirms_own_change(&self) -> bool {
        true
    }

    fn notification(&self) -> Option<String> {
        (self.because == WaitlistReason::Accepted).then(|| self.event.path())
    }

    fn content(&self) -> Content {
        let content = match self.free {
            Some(free) => Content::new("email-waitlisted-free-subject", "email-waitlisted-free-heading")
                .say_if(self.because == WaitlistReason::Accepted, "email-waitlisted-approved")
                .free_seats(free.seats, self.guests, free.until)
                .say("email-waitlisted-free-lead")
                .button("email-waitlisted-free-button", Target::Seat(self.event.uid))
                .say("email-waitlisted-free-until"),
            None => Content::new("email-waitlisted-subject", "email-waitlisted-heading")
                .say_if(self.because == WaitlistReason::Accepted, "email-waitlisted-approved")
                .say("email-waitlisted-lead"),
        };
        let facts = Facts::of(&self.event).with_seats("email-seats-waiting").asking(self.free.is_some());
        let next = if self.free.is_some() { "email-waitlisted-free-next" } else { "email-waitlisted-next" };
        content
            .party(self.guests)
            .number("position", self.position)
            .yes_or_no("offers", self.offers)
            .facts(facts)
            .say_if(self.because == WaitlistReason::KeepsOnline, "email-waitlisted-online")
            .say(next)
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            event: sample.waiting(),
            guests: 2,
            position: 3,
            because: WaitlistReason::Full,
            offers: false,
            free: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let with = |position, because, offers| Self { position, because, offers, ..Self::sample(sample) };
        let free = Some(FreeNow { seats: 1, until: Sample::now() + Duration::hours(12) });
        vec![
            ("offers", with(2, WaitlistReason::Full, true)),
            ("free", Self { guests: 1, position: 2, free, ..Self::sample(sample) }),
            ("accepted", with(1, WaitlistReason::Accepted, false)),
            ("online", with(2, WaitlistReason::KeepsOnline, false)),
        ]
    }
}
