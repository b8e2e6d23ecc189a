//! A host moved the member to another date of the series (A16). It is one email: it removes the old date from the calendar
//! and adds the new one.

use super::prelude::*;

/// A host moved the member to another date of the series (A16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatMoved {
    /// The new date.
    pub event: EventFacts,
    /// The old date.
    pub was: EventFacts,
    /// Number of guests the member brings.
    pub guests: u8,
    /// SEQUENCE of the invitation to the new date. `None` without a seat there.
    pub sequence: Option<u32>,
    /// SEQUENCE of the cancellation of the old date. `None` when they had no seat there.
    pub cancel_sequence: Option<u32>,
    /// Position on the waitlist of the new date, from 1. `None` with a seat, or one that is held.
    pub position: Option<u32>,
    /// Until when a seat is held until the member has answered the organiser's questions.
    pub held_until: Option<Instant>,
}

impl Kind for SeatMoved {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        [&self.event, &self.was].into_iter().filter_map(EventFacts::rsvp).collect()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        let mut parts = Calendar::cancel(&self.was, self.cancel_sequence);
        parts.extend(Calendar::request(&self.event, self.sequence));
        parts
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let content = Content::new("email-seat-moved-subject", "email-seat-moved-heading")
            .party(self.guests)
            .arg("time", Value::TimeOf(Box::new(self.event.clone())))
            .arg("before", Value::TimeOf(Box::new(self.was.clone())))
            .say("email-seat-moved-lead");
        let has_calendar = self.sequence.is_some() || self.cancel_sequence.is_some();
        let facts = Facts::of(&self.event);
        let content = match (self.position, self.held_until) {
            (Some(position), _) => content
                .number("position", position)
                .facts(facts.with_seats("email-seats-waiting"))
                .say("email-seat-moved-waiting"),
            (None, Some(until)) => content
                .until(until)
                .say("email-seat-moved-held")
                .button(
                    "email-offer-questions-button",
                    Target::Path(format!("{}/answers", self.event.path())),
                )
                .facts(facts.with_seats("email-seats-offered")),
            (None, None) => content.facts(facts.with_seats("email-seats")),
        };
        content.say("email-seat-moved-next").say_if(has_calendar, "email-seat-moved-calendar")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            event: sample.event(),
            was: EventFacts { uid: Sample::other_rsvp(), ..sample.earlier() },
            guests: 1,
            sequence: Some(0),
            cancel_sequence: Some(2),
            position: None,
            held_until: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let event = sample.waiting();
        let waiting = Self { event, sequence: None, guests: 0, ..Self::sample(sample) };
        let until = Some(Sample::now() + Duration::hours(12));
        vec![
            ("waiting", Self { position: Some(2), ..waiting.clone() }),
            ("held", Self { held_until: until, cancel_sequence: None, ..waiting }),
        ]
    }
}
