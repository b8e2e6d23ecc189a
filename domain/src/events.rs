//! Events: what one is, when one may answer, who gets a seat and who waits.

mod attendees;
mod details;
pub mod moves;
mod reminders;
mod seats;
mod subjects;

pub use attendees::{AttendeeList, ListReader};
pub use details::{EventDetails, EventForm, check_reason};
pub use reminders::Reminder;
pub use seats::{Decision, leave, promotable, rsvp};
pub use subjects::Subjects;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::{EventId, Instant, MemberId, Refusal, RsvpId, Slug, Zone, members::named};

named! {
    /// What an event is for.
    EventKind {
        /// Somebody tells something.
        Talk = "talk",
        /// Somebody shows something.
        Demo = "demo",
        /// Everybody does something.
        Workshop = "workshop",
        /// A design or a change is looked at together.
        SecurityReview = "security_review",
        /// Come with a question.
        OfficeHours = "office_hours",
        /// Come with nothing.
        Social = "social",
    }
}

named! {
    /// Where an event stands in its life.
    EventStatus {
        /// Only its hosts see it.
        Draft = "draft",
        /// Everybody sees it.
        Published = "published",
        /// It will not take place; the page stays, with the reason.
        Cancelled = "cancelled",
    }
}

named! {
    /// A member's answer to an event.
    RsvpState {
        /// Has a seat.
        Going = "going",
        /// Is on the waitlist.
        Waiting = "waiting",
        /// Had a seat or waited, and left.
        Left = "left",
    }
}

/// An event as it stands inside the lock or on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which.
    pub id: EventId,
    /// Its name in URLs.
    pub slug: Slug,
    /// What its host said of it.
    pub details: EventDetails,
    /// Where it stands in its life.
    pub status: EventStatus,
    /// Why it was cancelled; empty otherwise.
    pub cancel_reason: String,
    /// Who made it; imported events have nobody.
    pub host: Option<MemberId>,
    /// When it starts, UTC; derived from wall time and zone.
    pub starts_at: Instant,
    /// When it ends, UTC: `starts_at` plus the duration, as elapsed time (B4).
    pub ends_at: Instant,
    /// Seats taken, guests counted: the column that the same transaction keeps (A3).
    pub going: u32,
    /// Seats asked for on the waitlist, guests counted.
    pub waiting: u32,
    /// Rises with every change of the event; a form says which one it saw.
    pub version: u32,
}

impl Event {
    /// The wall time it starts at, in its own zone.
    #[must_use]
    pub fn starts_wall(&self) -> NaiveDateTime {
        self.details.starts
    }

    /// Its own zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.details.zone
    }

    /// Free seats beside `going` taken ones; `None` without a limit. Never below zero: an event
    /// whose capacity was lowered has none (A4).
    #[must_use]
    pub fn free(&self, going: u32) -> Option<u32> {
        self.details.capacity.map(|capacity| capacity.saturating_sub(going))
    }

    /// By how many seats it is over a capacity that was lowered (A4).
    #[must_use]
    pub fn over_by(&self) -> u32 {
        self.details.capacity.map_or(0, |capacity| self.going.saturating_sub(capacity))
    }

    /// Whether a seat can be taken now, by the server's clock (A13).
    ///
    /// # Errors
    /// The reason why not.
    pub fn registration(&self, now: Instant) -> Result<(), Refusal> {
        match self.status {
            EventStatus::Draft => return Err(Refusal::NotPublished),
            EventStatus::Cancelled => return Err(Refusal::EventCancelled),
            EventStatus::Published => {}
        }
        if now >= self.ends_at {
            return Err(Refusal::EventOver);
        }
        let instant = |wall: NaiveDateTime| self.details.zone.resolve(wall).at;
        if self.details.opens.is_some_and(|opens| now < instant(opens)) {
            return Err(Refusal::RegistrationNotOpen);
        }
        if self.details.closes.is_some_and(|closes| now >= instant(closes)) {
            return Err(Refusal::RegistrationClosed);
        }
        Ok(())
    }
}

/// One member's answer to one event. There is at most one for each pair, whatever happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rsvp {
    /// Which; also the UID of its calendar entry.
    pub id: RsvpId,
    /// For which event.
    pub event: EventId,
    /// Whose.
    pub member: MemberId,
    /// What it says.
    pub state: RsvpState,
    /// How many come along; a seat is 1 + guests.
    pub guests: u8,
    /// Place in the order of the waitlist: rises in commit order; kept while waiting.
    pub place: i64,
    /// SEQUENCE of the next calendar object for its UID.
    pub sequence: u32,
}

impl Rsvp {
    /// Seats it takes or asks for.
    #[must_use]
    pub fn seats(&self) -> u32 {
        1 + u32::from(self.guests)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    /// An evening in Berlin on 24 November 2026, two guests allowed.
    pub(crate) fn event(capacity: Option<u32>) -> Event {
        let details = EventDetails {
            title: "Threat modelling".into(),
            kind: EventKind::Workshop,
            summary: "Bring a design.".into(),
            description: String::new(),
            group: Some(Slug::of_title("Security champions", "group")),
            place: "c-base".into(),
            join_url: None,
            starts: "2026-11-24T18:00:00".parse().unwrap(),
            zone: "Europe/Berlin".parse().unwrap(),
            minutes: 120,
            capacity,
            guests_most: 2,
            opens: None,
            closes: None,
            attendee_list: AttendeeList::Attendees,
        };
        let (starts_at, ends_at, _) = details.instants();
        Event {
            id: EventId(Uuid::nil()),
            slug: Slug::of_title(&details.title, "event"),
            details,
            status: EventStatus::Published,
            cancel_reason: String::new(),
            host: None,
            starts_at,
            ends_at,
            going: 0,
            waiting: 0,
            version: 1,
        }
    }

    pub(crate) fn rsvp_of(place: i64, state: RsvpState, guests: u8) -> Rsvp {
        let id = Uuid::from_u128(place.unsigned_abs().into());
        Rsvp {
            id: RsvpId(id),
            event: EventId(Uuid::nil()),
            member: MemberId(id),
            state,
            guests,
            place,
            sequence: 0,
        }
    }

    #[test]
    fn an_event_over_its_capacity_says_by_how_many() {
        let mut event = event(Some(2));
        event.going = 5;
        assert_eq!((event.over_by(), event.free(5)), (3, Some(0)));
    }
}
