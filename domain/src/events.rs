//! Events: their facts, when registration is open, who gets a seat and who waits.

mod attendees;
mod clocks;
mod cover;
mod details;
mod host_message;
mod host_moves;
mod move_back;
pub mod moves;
mod offers;
mod outlook;
mod questions;
mod record;
mod registration;
mod reminders;
mod requests;
mod rsvp;
mod rsvp_emails;
mod seat_view;
mod seating;
mod subjects;
mod waitlist;

pub use attendees::{AttendeeList, ListReader};
pub use clocks::{Clock, Clocks, EventTime, Venue};
pub use cover::{
    COVER_SIZE, COVER_VARIANTS, Cover, CoverSize, MAX_ALTERNATIVE, UploadedCover, check_alternative,
};
pub use details::{EventDetails, EventForm, check_reason};
pub use host_message::{HostMessage, HostMessageForm, MAX_MESSAGES, MESSAGE_WINDOW};
pub use host_moves::{check_to_waitlist, to_date, to_waitlist};
pub use move_back::last_seated;
pub use offers::{accept_fewer, claim, expired};
pub use outlook::{Outlook, outlook};
pub use questions::{
    ANSWER_FIELDS, AnswerForm, AnswerKind, Answers, EventQuestion, EventQuestionChange, EventQuestionForm,
    MAX_EVENT_OPTIONS, MAX_EVENT_QUESTION, MAX_EVENT_QUESTIONS, MAX_LINE, MAX_LONG, NewEventQuestion,
    answer_fields, shown_questions,
};
pub use record::{FewerOffer, Mode, Rsvp, RsvpState};
pub use registration::{HOLD_LIFETIME, Holds, MAX_HOLDS_PER_NETWORK, RegistrationForm, Reservation, confirm};
pub use reminders::Reminder;
pub use requests::{
    BATCH_REQUESTS, REMIND_HOSTS_AFTER, WhenFull, approve, check_message, decline_request, remove_person,
};
pub use rsvp::{Change, RsvpRequest, also_online, leave, rsvp};
pub use rsvp_emails::{Cause, RsvpEmail, email_after};
pub use seat_view::{
    ChangeSeat, FewerSeats, FirstStep, NewSeat, OnlineMeanwhile, OwnSeat, SeatChoice, SeatView, Withdraw,
};
pub use seating::{Availability, Promotion, Seating, Taken};
pub use subjects::Subjects;
pub use waitlist::{FEWER_OFFER_LIFETIME, Filled, fill, next_to_ask};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::{EventId, Instant, MemberId, Refusal, Slug, Zone, members::string_enum};

/// For how many minutes a host can take back the mark of a no-show before a member is asked about it (B9).
pub const NO_SHOW_UNDO: i64 = 60;
/// After how many months a no-show is forgotten (E3).
pub const NO_SHOW_MONTHS: u32 = 6;

string_enum! {
    /// The format of an event.
    EventKind {
        /// One or more people present a subject.
        Talk,
        /// One or more people show something that runs.
        Demo,
        /// Everybody takes part and practises.
        Workshop,
        /// The group reviews the security of a design or a change together.
        SecurityReview,
        /// People come with questions.
        OfficeHours,
        /// People meet, without a programme.
        Social,
    }
}

string_enum! {
    /// Whether an event is a draft, published or cancelled.
    EventStatus {
        /// Only people who can edit the event see it.
        Draft,
        /// Everybody who can see the event's group sees it.
        Published,
        /// The event will not take place. Its page stays and shows the reason.
        Cancelled,
    }
}

/// An event as it is stored. Inside the lock nobody else can change it; on a page it is a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Id of the event.
    pub id: EventId,
    /// Name of the event in URLs.
    pub slug: Slug,
    /// The event that it is a workshop of (D7). `None` for an event of its own.
    pub parent: Option<EventId>,
    /// What the host entered in the form.
    pub details: EventDetails,
    /// Draft, published or cancelled.
    pub status: EventStatus,
    /// The reason for the cancellation; empty for an event that is not cancelled.
    pub cancel_reason: String,
    /// The member who created it; `None` for imported events and after that account is deleted.
    pub host: Option<MemberId>,
    /// When it starts, UTC. Derived from the wall time and the time zone.
    pub starts_at: Instant,
    /// When it ends, UTC: `starts_at` plus the duration, as elapsed time (B4).
    pub ends_at: Instant,
    /// Taken seats including guests and offered seats that are held. A column that is updated in the same
    /// transaction as the RSVPs (A3). At a hybrid event, only the room's.
    pub going: u32,
    /// Seats requested on the waitlist, including guests. At a hybrid event, only the room's.
    pub waiting: u32,
    /// Taken seats online, at a hybrid event (A12).
    pub online_going: u32,
    /// Seats requested on the online waitlist of a hybrid event.
    pub online_waiting: u32,
    /// The cover that its hosts uploaded; `None` while it has a generated one.
    pub cover: Option<UploadedCover>,
    /// Rises with every change. A form sends the version it was filled from, so that concurrent edits are
    /// noticed.
    pub version: u32,
}

impl Event {
    /// The wall time at which it starts, in its own time zone.
    #[must_use]
    pub fn starts_wall(&self) -> NaiveDateTime {
        self.details.starts
    }

    /// The event's time zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.details.zone
    }

    /// The cover that it has until its hosts upload one.
    #[must_use]
    pub fn generated_cover(&self) -> Cover {
        Cover::of(self.details.kind, &self.slug)
    }

    /// Whether the event is published and not over. Only then can seats be taken or given up.
    ///
    /// # Errors
    /// `NotPublished`, `EventCancelled` or `EventOver`.
    pub fn open(&self, now: Instant) -> Result<(), Refusal> {
        match self.status {
            EventStatus::Draft => Err(Refusal::NotPublished),
            EventStatus::Cancelled => Err(Refusal::EventCancelled),
            EventStatus::Published if now >= self.ends_at => Err(Refusal::EventOver),
            EventStatus::Published => Ok(()),
        }
    }

    /// When registration opens, if that is later than its publication.
    #[must_use]
    pub fn opens_at(&self) -> Option<Instant> {
        self.details.opens.map(|wall| self.zone().resolve(wall).at)
    }

    /// When registration closes, if that is before the event ends.
    #[must_use]
    pub fn closes_at(&self) -> Option<Instant> {
        self.details.closes.map(|wall| self.zone().resolve(wall).at)
    }

    /// Whether registration is open at `now`, the server's time (A13).
    ///
    /// # Errors
    /// The errors of [`Event::open`], `RegistrationNotOpen` and `RegistrationClosed`.
    pub fn registration(&self, now: Instant) -> Result<(), Refusal> {
        self.open(now)?;
        if self.opens_at().is_some_and(|opens| now < opens) {
            return Err(Refusal::RegistrationNotOpen);
        }
        if self.closes_at().is_some_and(|closes| now >= closes) {
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

    /// An evening in Berlin on 24 November 2026, where members can bring two guests.
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
            guests_max: 2,
            opens: None,
            closes: None,
            attendee_list: AttendeeList::Attendees,
            seating: Seating::default(),
        };
        let (starts_at, ends_at, _) = details.instants();
        Event {
            id: EventId(Uuid::nil()),
            slug: Slug::of_title(&details.title, "event"),
            parent: None,
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
            cover: None,
            version: 1,
        }
    }

    /// The same event with a room and seats online.
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
            ..Rsvp::unanswered(RsvpId(id), EventId(Uuid::nil()), MemberId(id), now())
        }
    }
}
