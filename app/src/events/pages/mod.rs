//! The event pages.

pub mod agenda;
pub mod answers;
pub mod attendees;
pub mod calendar;
pub mod cancel;
pub mod card;
pub mod cohost_people;
pub mod cohosts;
pub mod conversation;
pub mod cover;
pub mod delete;
pub mod event;
pub mod form;
pub mod hosting;
pub mod keep;
pub mod list;
pub mod local_hours;
pub mod message;
pub mod my_agenda;
pub mod my_seat;
pub mod now;
pub mod people;
pub mod proposals;
pub mod query;
pub mod questions;
pub mod register;
pub mod saving;
pub mod screen;
pub mod seat_count;
pub mod seat_link;
pub mod series;
pub mod session;
pub mod speakers;
pub mod subjects;
pub mod unreachable;

use domain::{
    Refusal, RsvpId, Slug,
    events::{Event, EventForm, Mode, Rsvp, RsvpState},
    forms::Fields,
    time::ClockFlag,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::events::{Approved, Edited, MoveTo, MovedPeople, Published};

pub use self::{
    answers::AnswersPage,
    attendees::AttendeesPage,
    cancel::CancelPage,
    cohosts::CohostsPage,
    delete::DeleteDraftPage,
    event::EventPage,
    form::{EditPage, NewPage},
    list::EventsPage,
    message::MessagePage,
    my_agenda::MyAgendaPage,
    people::PeoplePage,
    questions::QuestionsPage,
    series::{DatesPage, EndSeriesPage, QuestionsDatesPage, RepeatPage, SeriesPage},
    session::SessionPage,
};
pub use crate::sessions::session_path;
use crate::{
    call::read_slug,
    context::tr,
    error::AppError,
    flash::{Flash, Undo},
};

/// Breadcrumbs to the pages of one event.
#[must_use]
pub fn breadcrumbs(event: &Event) -> Vec<(String, String)> {
    let list = ("/events".to_owned(), tr("events-title"));
    vec![list, (event_path(&event.slug), event.details.title.clone())]
}

/// Path of an event's page.
#[must_use]
pub fn event_path(slug: &Slug) -> String {
    format!("/events/{slug}")
}

/// Path of the event that a form names, or of the list if that isn't a slug.
#[must_use]
pub fn path_of(slug: &str) -> String {
    Slug::parse(slug).map_or_else(|| "/events".to_owned(), |slug| event_path(&slug))
}

/// The slug in this page's path.
///
/// # Errors
/// `NotFound` when it is not a valid slug.
pub fn slug_from_path() -> Result<Slug, AppError> {
    read_slug(&use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default()))
}

/// A form's fields by name, to be saved as a draft.
#[must_use]
pub fn fields_of(form: &EventForm) -> Fields {
    serde_json::to_value(form).and_then(serde_json::from_value).unwrap_or_default()
}

/// The number of guests in a form. An empty text means none.
///
/// # Errors
/// `Invalid` when it is not a number from 0 to 255. The store checks the event's limit.
pub fn read_guests(text: &str) -> Result<u8, AppError> {
    match text.trim() {
        "" => Ok(0),
        text => text.parse().map_err(|_| AppError::field("guests", Refusal::BadNumber { min: 0, max: 5 })),
    }
}

/// The message after an RSVP that ended in this state.
#[must_use]
pub fn flash_after_state(state: RsvpState) -> Flash {
    Flash::success(match state {
        RsvpState::Going => "flash-rsvp-going",
        RsvpState::Waiting => "flash-rsvp-waiting",
        RsvpState::Pending => "flash-rsvp-requested",
        // The seat is held until they answer the hosts' questions.
        RsvpState::Offered => "flash-seat-held",
        // A member's own RSVP never leads to these states.
        RsvpState::Left | RsvpState::Declined => "flash-event-left",
    })
}

/// The message after an RSVP, which also says when guests wait for seats or when there is an online seat until
/// one is free at the venue.
#[must_use]
pub fn flash_after_rsvp(rsvp: &Rsvp) -> Flash {
    match rsvp {
        Rsvp { state: RsvpState::Waiting, fewer_offer: Some(offer), .. } => {
            Flash::Counted { key: "flash-rsvp-waiting-some".to_owned(), count: offer.seats }
        }
        rsvp if rsvp.guests_waiting > 0 => Flash::success("flash-rsvp-guests-waiting"),
        rsvp if rsvp.online_meanwhile => Flash::success("flash-rsvp-online-too"),
        rsvp => flash_after_state(rsvp.state),
    }
}

/// The page and the message after a member's own RSVP. A held seat waits for answers to the hosts' questions (A8).
#[must_use]
pub fn after_rsvp(slug: &str, rsvp: &Rsvp) -> (String, Option<Flash>) {
    match rsvp.state {
        RsvpState::Offered => (answers::answers_path(slug), None),
        _ => (path_of(slug), Some(flash_after_rsvp(rsvp))),
    }
}

/// The mode in a form. An empty text means in person.
///
/// # Errors
/// `Invalid` when there is no such mode.
pub fn read_mode(text: &str) -> Result<Mode, AppError> {
    match text.trim() {
        "" => Ok(Mode::default()),
        name => name.parse().map_err(|()| AppError::field("mode", Refusal::BadChoice)),
    }
}

/// The id of the RSVP that a host's form names.
///
/// # Errors
/// `NotFound` when it is not an id.
pub fn read_rsvp(text: &str) -> Result<RsvpId, AppError> {
    text.parse().map(RsvpId).map_err(|_| AppError::NotFound)
}

/// The page and message after a host approved a request.
#[must_use]
pub fn after_approve(slug: &str, state: RsvpState) -> (String, Option<Flash>) {
    let key = match state {
        RsvpState::Waiting => "flash-approved-waiting",
        RsvpState::Offered => "flash-approved-held",
        _ => "flash-approved",
    };
    (people_path(slug, "pending"), Some(Flash::success(key)))
}

/// The page and message after a host approved several requests.
#[must_use]
pub fn after_approve_selected(slug: &str, approved: Approved) -> (String, Option<Flash>) {
    let (key, count) = match approved {
        Approved { seated: 0, waiting: 0, gone: 0 } => ("flash-approved-none", 0),
        Approved { seated: 0, waiting: 0, gone } => ("flash-approved-gone", gone),
        Approved { seated, waiting: 0, .. } => ("flash-approved-selected", seated),
        Approved { waiting, .. } => ("flash-approved-selected-waiting", waiting),
    };
    (people_path(slug, "pending"), Some(Flash::Counted { key: key.to_owned(), count }))
}

/// Where a form moves people.
///
/// # Errors
/// `Invalid` for an unknown choice, or without a date.
pub fn read_move(to: &str, date: &str, over_capacity: bool) -> Result<MoveTo, AppError> {
    match to {
        "seats" => Ok(MoveTo::Seats { over_capacity }),
        "waitlist" => Ok(MoveTo::Waitlist),
        "date" => {
            let slug = Slug::parse(date).ok_or_else(|| AppError::field("date", Refusal::BadChoice))?;
            Ok(MoveTo::Date { slug, over_capacity })
        }
        _ => Err(AppError::field("to", Refusal::BadChoice)),
    }
}

/// A position on a waitlist, from 1.
///
/// # Errors
/// `Invalid` when it is no such number.
pub fn read_position(text: &str) -> Result<u32, AppError> {
    let position = text.trim().parse().ok().filter(|position| *position > 0);
    position
        .ok_or_else(|| AppError::field("position", Refusal::BadNumber { min: 1, max: i64::from(u32::MAX) }))
}

/// The page and message after a host moved people.
#[must_use]
pub fn after_move(slug: &str, list: &str, to: &str, moved: MovedPeople) -> (String, Option<Flash>) {
    let (key, count) = match (to, moved) {
        (_, MovedPeople { seated: 0, waiting: 0, stayed: 0 }) => ("flash-move-nobody", 0),
        ("date", MovedPeople { seated: 0, waiting: 0, stayed }) => ("flash-move-date-stayed", stayed),
        (_, MovedPeople { seated: 0, waiting: 0, stayed }) => ("flash-move-no-seat", stayed),
        ("date", MovedPeople { waiting: 0, stayed: 0, seated }) => ("flash-move-date", seated),
        ("date", MovedPeople { stayed: 0, waiting, .. }) => ("flash-move-date-waiting", waiting),
        ("date", MovedPeople { stayed, .. }) => ("flash-move-date-some", stayed),
        ("waitlist", MovedPeople { waiting, .. }) => ("flash-move-waitlist", waiting),
        (_, MovedPeople { stayed: 0, seated, .. }) => ("flash-move-seats", seated),
        (_, MovedPeople { stayed, .. }) => ("flash-move-seats-some", stayed),
    };
    (people_path(slug, list), Some(Flash::Counted { key: key.to_owned(), count }))
}

/// Path of one of the lists of an event's people.
#[must_use]
pub fn people_path(slug: &str, show: &str) -> String {
    format!("{}/people?show={show}", path_of(slug))
}

/// A message with an undo button.
#[must_use]
pub fn undoable(key: &str, count: u32, undo: Undo) -> Flash {
    Flash::Undoable { key: key.to_owned(), count, undo }
}

/// The page and message after an event was created. A time that a clock change skips or repeats comes first.
#[must_use]
pub fn after_create(slug: &Slug, clock: ClockFlag) -> (String, Option<Flash>) {
    let key = match clock {
        ClockFlag::Gap { .. } => "flash-event-saved-gap",
        ClockFlag::Fold => "flash-event-saved-fold",
        ClockFlag::Exact => "flash-event-created",
    };
    (event_path(slug), Some(Flash::success(key)))
}

/// The message after publishing: who can see the event now, and how they get a seat.
#[must_use]
pub fn after_publish(published: &Published) -> &'static str {
    match (published.private, published.approval) {
        (false, false) => "flash-event-published",
        (false, true) => "flash-event-published-approval",
        (true, false) => "flash-event-published-group",
        (true, true) => "flash-event-published-group-approval",
    }
}

/// The page and message after an edit. A time that a clock change skips or repeats comes first, then how many
/// people are emailed.
#[must_use]
pub fn after_edit(edited: &Edited) -> (String, Option<Flash>) {
    let key = match edited.flag {
        ClockFlag::Gap { .. } => "flash-event-saved-gap",
        ClockFlag::Fold => "flash-event-saved-fold",
        ClockFlag::Exact if edited.moved => "flash-event-moved",
        ClockFlag::Exact if edited.notified > 0 => "flash-event-renamed",
        ClockFlag::Exact => "flash-event-saved",
    };
    let flash = Flash::Counted { key: key.to_owned(), count: edited.notified };
    (event_path(&edited.slug), Some(flash))
}
