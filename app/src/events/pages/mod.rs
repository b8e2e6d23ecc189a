//! The pages of events.

pub mod agenda;
pub mod attendees;
pub mod calendar;
pub mod cancel;
pub mod card;
pub mod cohosts;
pub mod event;
pub mod form;
pub mod hosting;
pub mod list;
pub mod my_seat;
pub mod people;
pub mod seat_link;
pub mod session;
pub mod subjects;
pub mod unreachable;
pub mod wanted;

use domain::{
    Refusal, RsvpId, Slug,
    events::{Event, EventForm, Mode, Rsvp, RsvpState},
    forms::Fields,
    time::ClockFlag,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::events::{Edited, Published};
use uuid::Uuid;

pub use self::{
    attendees::AttendeesPage,
    cancel::CancelPage,
    cohosts::CohostsPage,
    event::EventPage,
    form::{EditPage, NewPage},
    list::EventsPage,
    people::PeoplePage,
    session::SessionPage,
};
use crate::{
    answer::read_slug,
    context::tr,
    error::AppError,
    flash::{Flash, Undo},
};

/// The pages above those of an event's forms.
#[must_use]
pub fn above(event: &Event) -> Vec<(String, String)> {
    let list = ("/events".to_owned(), tr("events-title"));
    vec![list, (event_path(&event.slug), event.details.title.clone())]
}

/// The page of an event.
#[must_use]
pub fn event_path(slug: &Slug) -> String {
    format!("/events/{slug}")
}

/// The page of one of an event's sessions.
#[must_use]
pub fn session_path(slug: &Slug, session: Uuid) -> String {
    format!("{}/sessions/{session}", event_path(slug))
}

/// The page of the event that a form names; of what is no slug, the list.
#[must_use]
pub fn path_of(slug: &str) -> String {
    Slug::parse(slug).map_or_else(|| "/events".to_owned(), |slug| event_path(&slug))
}

/// The slug in the address of this page.
///
/// # Errors
/// `NotFound` when it is none.
pub fn slug_here() -> Result<Slug, AppError> {
    read_slug(&use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default()))
}

/// A form's texts by name, to be kept as a draft.
#[must_use]
pub fn fields_of(form: &EventForm) -> Fields {
    serde_json::to_value(form).and_then(serde_json::from_value).unwrap_or_default()
}

/// How many guests a form says; nothing means none.
///
/// # Errors
/// When it is not a small number.
pub fn read_guests(text: &str) -> Result<u8, AppError> {
    match text.trim() {
        "" => Ok(0),
        text => text.parse().map_err(|_| AppError::field("guests", Refusal::BadNumber { min: 0, max: 5 })),
    }
}

/// What is said after an answer.
#[must_use]
pub fn after_rsvp(state: RsvpState) -> Flash {
    Flash::said(match state {
        RsvpState::Going => "said-rsvp-going",
        RsvpState::Waiting => "said-rsvp-waiting",
        RsvpState::Pending => "said-rsvp-requested",
        // Nobody's own answer leads there.
        RsvpState::Offered | RsvpState::Left | RsvpState::Declined => "said-event-left",
    })
}

/// The same of a whole answer: guests may wait for their seats, or a seat online be beside the line.
#[must_use]
pub fn after_answer(answer: &Rsvp) -> Flash {
    match answer {
        Rsvp { state: RsvpState::Waiting, fewer_offer: Some(asked), .. } => {
            Flash::Told { key: "said-rsvp-waiting-some".to_owned(), count: asked.seats }
        }
        answer if answer.guests_waiting > 0 => Flash::said("said-rsvp-guests-waiting"),
        answer if answer.online_meanwhile => Flash::said("said-rsvp-online-too"),
        answer => after_rsvp(answer.state),
    }
}

/// The way of coming that a form says; nothing means the room.
///
/// # Errors
/// When it is none.
pub fn read_mode(text: &str) -> Result<Mode, AppError> {
    match text.trim() {
        "" => Ok(Mode::default()),
        name => name.parse().map_err(|()| AppError::field("mode", Refusal::BadChoice)),
    }
}

/// Whose answer a host's form means.
///
/// # Errors
/// `NotFound`: what is no id names nobody.
pub fn read_rsvp(text: &str) -> Result<RsvpId, AppError> {
    text.parse().map(RsvpId).map_err(|_| AppError::NotFound)
}

/// Where a host is led after an answer to somebody, and what is said.
#[must_use]
pub fn after_accept(slug: &str, state: RsvpState) -> (String, Option<Flash>) {
    let key = if state == RsvpState::Waiting { "said-approved-waiting" } else { "said-approved" };
    (people_path(slug, "pending"), Some(Flash::said(key)))
}

/// A list of an event's people.
#[must_use]
pub fn people_path(slug: &str, show: &str) -> String {
    format!("{}/people?show={show}", path_of(slug))
}

/// What is said of something that can be taken back.
#[must_use]
pub fn undoable(key: &str, count: u32, undo: Undo) -> Flash {
    Flash::Undoable { key: key.to_owned(), count, undo }
}

/// Where a new event is shown, and what is said: above all, that a clock jumps.
#[must_use]
pub fn after_create(slug: &Slug, clock: ClockFlag) -> (String, Option<Flash>) {
    let key = match clock {
        ClockFlag::Gap { .. } => "said-event-saved-gap",
        ClockFlag::Fold => "said-event-saved-fold",
        ClockFlag::Exact => "said-event-created",
    };
    (event_path(slug), Some(Flash::said(key)))
}

/// What is said of a draft that was published: who can see it now, and what they can do.
#[must_use]
pub fn after_publish(published: &Published) -> &'static str {
    match (published.private, published.approval) {
        (false, false) => "said-event-published",
        (false, true) => "said-event-published-approval",
        (true, false) => "said-event-published-group",
        (true, true) => "said-event-published-group-approval",
    }
}

/// Where an edited event is shown, and what is said: a clock that jumps, or who was told.
#[must_use]
pub fn after_edit(edited: &Edited) -> (String, Option<Flash>) {
    let key = match edited.flag {
        ClockFlag::Gap { .. } => "said-event-saved-gap",
        ClockFlag::Fold => "said-event-saved-fold",
        ClockFlag::Exact if edited.moved => "said-event-moved",
        ClockFlag::Exact if edited.told > 0 => "said-event-renamed",
        ClockFlag::Exact => "said-event-saved",
    };
    let flash = Flash::Told { key: key.to_owned(), count: edited.told };
    (event_path(&edited.slug), Some(flash))
}
