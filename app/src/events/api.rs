//! What forms about events do: who, verb, done. Every argument has a default, so that whatever a browser
//! posts comes in here and is answered like a person.

use domain::events::{EventForm, RsvpState};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::{Call, read_slug},
        events::pages::{
            after_accept, after_answer, after_create, after_edit, after_publish, fields_of, path_of,
            people_path, read_guests, read_mode, read_rsvp, subjects::subjects_draft, undoable,
        },
        flash::{Flash, Undo},
    },
    domain::{
        events::{RsvpRequest, Subjects, WhenFull, check_reason, check_words},
        forms::Fields,
    },
    store::events,
};

/// How many seats there are, are taken and are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCount {
    /// Seats; `None` without a limit.
    pub capacity: Option<u32>,
    /// Taken, guests counted.
    pub going: u32,
    /// Asked for on the waitlist, guests counted.
    pub waiting: u32,
}

/// Makes a draft event.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "events/create")]
pub async fn create(
    #[server(flatten)] form: EventForm,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let call = Call::from("/events/new").keeping("events/new", fields_of(&form));
    let done = async {
        let details = form.check()?;
        let (.., clock) = details.instants();
        Ok((events::create(&call.store, call.actor(), details, &key).await?, clock))
    }
    .await;
    call.answer(done, |(slug, clock)| after_create(slug, *clock)).await.map(drop)
}

/// Changes an event.
///
/// # Errors
/// What is wrong with the form, or why not: `ChangedMeanwhile` when somebody else was faster.
#[server(prefix = "/api", endpoint = "events/edit")]
pub async fn edit(
    #[server(default)] slug: String,
    #[server(flatten)] form: EventForm,
) -> Result<(), AppError> {
    let page = format!("{}/edit", path_of(&slug));
    let call = Call::from(page).keeping(format!("events/edit/{slug}"), fields_of(&form));
    let done = async {
        // No version is one that was never an event's.
        let version = form.version.parse().unwrap_or(0);
        Ok(events::edit(&call.store, call.actor(), &read_slug(&slug)?, form.check()?, version).await?)
    }
    .await;
    call.answer(done, after_edit).await.map(drop)
}

/// Lets everybody see a draft.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/publish")]
pub async fn publish(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let done = async { Ok(events::publish(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.answer(done, |published| (path_of(&slug), Some(Flash::said(after_publish(published)))))
        .await
        .map(drop)
}

/// Cancels an event; its page stays, with the reason.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/cancel")]
pub async fn cancel(
    #[server(default)] slug: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("reason".to_owned(), reason.clone())]);
    let page = format!("{}/cancel", path_of(&slug));
    let call = Call::from(page).keeping(format!("events/cancel/{slug}"), typed);
    let done = async {
        let reason = check_reason(&reason)?;
        Ok(events::cancel(&call.store, call.actor(), &read_slug(&slug)?, &reason).await?)
    }
    .await;
    let told = |count: &u32| undoable("said-event-cancelled", *count, Undo::Cancel(slug.clone()));
    call.answer(done, |count| (path_of(&slug), Some(told(count)))).await.map(drop)
}

/// Takes a cancellation back.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/reinstate")]
pub async fn reinstate(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let done = async { Ok(events::reinstate(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    let told = |count: &u32| Flash::Told { key: "said-event-reinstated".to_owned(), count: *count };
    call.answer(done, |count| (path_of(&slug), Some(told(count)))).await.map(drop)
}

/// Says that the caller comes, in this way and with so many guests: the state wanted, so saying it twice is
/// saying it once.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/rsvp")]
pub async fn rsvp(
    #[server(default)] slug: String,
    #[server(default)] guests: String,
    #[server(default)] mode: String,
) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let done = async {
        let request = RsvpRequest { guests: read_guests(&guests)?, mode: read_mode(&mode)? };
        Ok(events::rsvp(&call.store, call.actor(), &read_slug(&slug)?, request).await?)
    }
    .await;
    call.answer(done, |answer| (path_of(&slug), Some(after_answer(answer)))).await.map(|answer| answer.state)
}

/// Takes the seat that is held for the caller.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/claim")]
pub async fn claim(#[server(default)] slug: String) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let done = async { Ok(events::claim(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.answer(done, |answer| (path_of(&slug), Some(after_answer(answer)))).await.map(|answer| answer.state)
}

/// Comes with fewer guests, as the caller was asked.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/accept_fewer")]
pub async fn accept_fewer(
    #[server(default)] slug: String,
    #[server(default)] guests: String,
) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let done = async {
        let guests = read_guests(&guests)?;
        Ok(events::accept_fewer(&call.store, call.actor(), &read_slug(&slug)?, guests).await?)
    }
    .await;
    call.answer(done, |answer| (path_of(&slug), Some(after_answer(answer)))).await.map(|answer| answer.state)
}

/// Comes online while waiting for the room.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/join_online")]
pub async fn join_online(#[server(default)] slug: String) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let done = async { Ok(events::also_online(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.answer(done, |answer| (path_of(&slug), Some(after_answer(answer)))).await.map(|answer| answer.state)
}

/// Gives up a seat or a place on the waitlist.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/leave")]
pub async fn leave(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let done = async { Ok(events::leave(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    let undo = |mode| Undo::Leave(slug.clone(), mode);
    call.answer(done, |mode| (path_of(&slug), Some(undoable("said-event-left", 0, undo(*mode)))))
        .await
        .map(drop)
}

/// Accepts a request, or gives a seat to somebody who waits.
///
/// # Errors
/// Why not: `FullChoose` when there is no seat and the form does not say what then.
#[server(prefix = "/api", endpoint = "events/approve")]
pub async fn approve(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] when_full: String,
) -> Result<RsvpState, AppError> {
    let call = Call::from(people_path(&slug, "pending"));
    let done = async {
        let when_full = when_full.parse().unwrap_or(WhenFull::Ask);
        let id = read_rsvp(&rsvp)?;
        Ok(events::approve(&call.store, call.actor(), &read_slug(&slug)?, id, when_full).await?)
    }
    .await;
    call.answer(done, |state| after_accept(&slug, *state)).await
}

/// Says no to a request, with words or without.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "events/decline_request")]
pub async fn decline_request(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] words: String,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, "pending"));
    let done = async {
        let words = check_words(&words)?;
        let id = read_rsvp(&rsvp)?;
        Ok(events::decline_request(&call.store, call.actor(), &read_slug(&slug)?, id, &words).await?)
    }
    .await;
    call.answer(done, |()| (people_path(&slug, "pending"), Some(Flash::said("said-declined")))).await
}

/// Moves those who came last back to the top of the waitlist, until there are no more than seats. The
/// number of seats that are over is typed.
///
/// # Errors
/// Why not: `NumberDiffers` when it is not the number.
#[server(prefix = "/api", endpoint = "events/move_back")]
pub async fn move_back(
    #[server(default)] slug: String,
    #[server(default)] mode: String,
    #[server(default)] over: String,
) -> Result<u32, AppError> {
    let call = Call::from(people_path(&slug, "going"));
    let done = async {
        let typed = over.trim().parse().unwrap_or(0);
        Ok(events::move_back(&call.store, call.actor(), &read_slug(&slug)?, read_mode(&mode)?, typed).await?)
    }
    .await;
    let told = |count: &u32| Flash::Told { key: "said-moved-back".to_owned(), count: *count };
    call.answer(done, |count| (people_path(&slug, "waiting"), Some(told(count)))).await
}

/// How full an event is; changes nothing.
///
/// # Errors
/// `NotFound` when the reader may not see it.
#[server(prefix = "/api", endpoint = "events/seats")]
pub async fn seats(#[server(default)] slug: String) -> Result<SeatCount, AppError> {
    let call = Call::from(path_of(&slug));
    let done = async {
        let now = events::seats(&call.store, call.actor(), &read_slug(&slug)?).await?;
        Ok(SeatCount { capacity: now.capacity, going: now.going, waiting: now.waiting })
    }
    .await;
    call.answer(done, |_| (path_of(&slug), None)).await
}

/// Puts the caller on the list of those who come, or takes them off it.
///
/// # Errors
/// `NotFound` for who has no seat.
#[server(prefix = "/api", endpoint = "events/set_listed")]
pub async fn set_listed(
    #[server(default)] slug: String,
    #[server(default)] shown: String,
) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let shown = shown == "yes";
    let done =
        async { Ok(events::set_listed(&call.store, call.actor(), &read_slug(&slug)?, shown).await?) }.await;
    let said = if shown { "said-attendee-shown" } else { "said-attendee-hidden" };
    call.answer(done, |()| (path_of(&slug), Some(Flash::said(said)))).await
}

/// Says what an event is about, or one of its sessions.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "events/subjects")]
pub async fn set_subjects(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] disciplines: Vec<String>,
    #[server(default)] topics: Vec<String>,
    #[server(default)] stages: Vec<String>,
) -> Result<(), AppError> {
    let typed = [("disciplines", &disciplines), ("topics", &topics), ("stages", &stages)]
        .map(|(name, chosen)| (name.to_owned(), chosen.join(" ")));
    let (form, after) = match session.parse() {
        Ok(id) => (Some(id), format!("{}/sessions/{id}", path_of(&slug))),
        Err(_) => (None, path_of(&slug)),
    };
    let back = if form.is_some() { after.clone() } else { format!("{after}/edit") };
    let call = Call::from(back).keeping(subjects_draft(&slug, form), Fields::from(typed));
    let done = async {
        let subjects = Subjects::check(&disciplines, &topics, &stages)?;
        let session = if session.is_empty() { None } else { Some(form.ok_or(AppError::NotFound)?) };
        Ok(events::set_subjects(&call.store, call.actor(), &read_slug(&slug)?, session, subjects).await?)
    }
    .await;
    call.answer(done, |()| (after, Some(Flash::said("said-event-saved")))).await
}
