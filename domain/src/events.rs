//! Events: what one is, when one may answer, who gets a seat and who waits.

mod answer;
mod attendees;
mod clocks;
mod details;
mod held;
mod line;
mod move_back;
pub mod moves;
mod outlook;
mod reminders;
mod requests;
mod rsvp;
mod seating;
mod subjects;

pub use answer::{FewerOffer, Mode, Rsvp, RsvpState};
pub use attendees::{AttendeeList, ListReader};
pub use clocks::{Clock, Clocks, EventTime, Venue};
pub use details::{EventDetails, EventForm, check_reason};
pub use held::{accept_fewer, claim, expired};
pub use line::{FEWER_OFFER_LIFETIME, Filled, fill, to_ask};
pub use move_back::last_seated;
pub use outlook::{Outlook, outlook};
pub use reminders::Reminder;
pub use requests::{BATCH_REQUESTS, REMIND_HOSTS_AFTER, WhenFull, approve, check_words, decline_request};
pub use rsvp::{Change, RsvpRequest, also_online, leave, rsvp};
pub use seating::{Availability, Promotion, Seating, Taken};
pub use subjects::Subjects;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::{EventId, Instant, MemberId, Refusal, Slug, Zone, members::string_enum};

string_enum! {
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

string_enum! {
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
    /// Seats taken, guests and live holds counted: the column that the same transaction keeps (A3). Of a
    /// hybrid event, the room's.
    pub going: u32,
    /// Seats asked for on the waitlist, guests counted; of a hybrid event, the room's.
    pub waiting: u32,
    /// Seats taken online, at a hybrid event (A12).
    pub online_going: u32,
    /// Seats asked for on the online waitlist of a hybrid event.
    pub online_waiting: u32,
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

    /// Whether it takes place and is not over: only then do seats change hands.
    ///
    /// # Errors
    /// The reason why not.
    pub fn open(&self, now: Instant) -> Result<(), Refusal> {
        match self.status {
            EventStatus::Draft => Err(Refusal::NotPublished),
            EventStatus::Cancelled => Err(Refusal::EventCancelled),
            EventStatus::Published if now >= self.ends_at => Err(Refusal::EventOver),
            EventStatus::Published => Ok(()),
        }
    }

    /// Whether a seat can be taken now, by the server's clock (A13).
    ///
    /// # Errors
    /// The reason why not.
    pub fn registration(&self, now: Instant) -> Result<(), Refusal> {
        self.open(now)?;
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::RsvpId;
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
            seating: Seating::default(),
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
            online_going: 0,
            online_waiting: 0,
            version: 1,
        }
    }

    /// The same with a room and seats online.
    pub(crate) fn hybrid(room: u32, online: u32) -> Event {
        let mut event = event(Some(room));
        event.details.join_url = Some("https://meet.example.org/x".into());
        event.details.seating.online_capacity = Some(online);
        event
    }

    pub(crate) fn now() -> Instant {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    pub(crate) fn room(room: u32) -> Taken {
        Taken { room, online: 0 }
    }

    pub(crate) fn request(guests: u8) -> RsvpRequest {
        RsvpRequest { guests, mode: Mode::OnSite }
    }

    pub(crate) fn rsvp_of(place: i64, state: RsvpState, guests: u8) -> Rsvp {
        let id = Uuid::from_u128(place.unsigned_abs().into());
        Rsvp {
            state,
            guests,
            waitlist_seq: place,
            ..Rsvp::fresh(RsvpId(id), EventId(Uuid::nil()), MemberId(id), now())
        }
    }
}
