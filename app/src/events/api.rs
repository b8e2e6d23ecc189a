//! Server functions for event forms: read the actor, call the store, respond. Every argument has a default, so
//! that an incomplete form reaches this code and gets a helpful error.

use domain::events::{AnswerForm, EventForm, RsvpState};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::{Call, draft_owner, read_slug},
        events::pages::{
            after_approve, after_approve_selected, after_create, after_edit, after_move, after_publish,
            after_rsvp,
            answers::answers_draft,
            fields_of, flash_after_rsvp,
            message::{message_draft, message_fields},
            path_of,
            people::known_list,
            people_path, read_guests, read_mode, read_move, read_position, read_rsvp,
            series::dates::{preview_path, read_scope},
            subjects::subjects_draft,
            undoable,
        },
        flash::{Flash, Undo},
    },
    domain::{
        Slug,
        events::{HostMessageForm, RsvpRequest, Subjects, WhenFull, check_message, check_reason},
        forms::{Draft, Fields},
        series::EditScope,
    },
    store::events,
};

/// The number of seats, RSVPs and waitlisted people of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCount {
    /// The number of seats; `None` means no limit.
    pub capacity: Option<u32>,
    /// Seats taken, including guests.
    pub going: u32,
    /// Seats requested on the waitlist, including guests.
    pub waiting: u32,
}

/// Creates a draft event.
///
/// # Errors
/// `Invalid` when a field is wrong; `Forbidden` or `Refused` when the member may not create it.
#[server(prefix = "/api", endpoint = "events/create")]
pub async fn create(
    #[server(flatten)] form: EventForm,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let call = Call::from("/events/new").with_draft("events/new", fields_of(&form));
    let result = async {
        let details = form.check()?;
        let (.., clock) = details.instants();
        let slug = events::create(&call.store, call.actor(), details, &key).await?;
        if let Some(from) = Slug::parse(&form.from) {
            events::copy_cover(&call.store, call.actor(), &from, &slug).await?;
            events::copy_questions_from(&call.store, call.actor(), &from, &slug).await?;
        }
        Ok((slug, clock))
    }
    .await;
    call.respond(result, |(slug, clock)| after_create(slug, *clock)).await.map(drop)
}

/// Changes an event.
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, `Forbidden`, or `Refused`: with `ChangedMeanwhile` when
/// somebody else saved first.
#[server(prefix = "/api", endpoint = "events/edit")]
pub async fn edit(
    #[server(default)] slug: String,
    #[server(default)] scope: String,
    #[server(flatten)] form: EventForm,
) -> Result<(), AppError> {
    let page = format!("{}/edit", path_of(&slug));
    let mut fields = fields_of(&form);
    fields.insert("scope".to_owned(), scope.clone());
    let draft = format!("events/edit/{slug}");
    let scope = read_scope(&scope);
    if scope != EditScope::One && form.check().is_ok() {
        return show_preview(&path_of(&slug), "edit", scope, &draft, fields).await;
    }
    let call = Call::from(page).with_draft(draft, fields);
    let result = async {
        // Version 0 never exists, so an unreadable version counts as outdated.
        let version = form.version.parse().unwrap_or(0);
        Ok(events::edit(&call.store, call.actor(), &read_slug(&slug)?, form.check()?, version).await?)
    }
    .await;
    call.respond(result, after_edit).await.map(drop)
}

/// Keeps what was typed and shows what a change of several dates does, before anything is saved (B5).
#[cfg(feature = "ssr")]
async fn show_preview(
    event: &str,
    change: &str,
    scope: EditScope,
    draft: &str,
    fields: Fields,
) -> Result<(), AppError> {
    let call = Call::from(event.to_owned());
    let typed = Draft { fields, problems: Vec::new() };
    let kept = store::drafts::keep(&call.store, &draft_owner(&call.visit), draft, &typed).await;
    call.respond(kept.map_err(AppError::from), |()| (preview_path(event, change, scope), None)).await
}

/// Removes the uploaded cover, so that the event has a generated one.
///
/// # Errors
/// `NotFound`, or `Forbidden` when the member may not edit the event.
#[server(prefix = "/api", endpoint = "events/remove_cover")]
pub async fn remove_cover(#[server(default)] slug: String) -> Result<(), AppError> {
    let page = format!("{}/edit#cover", path_of(&slug));
    let call = Call::from(page.clone());
    let result =
        async { Ok(events::remove_cover(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-cover-removed")))).await
}

/// Publishes a draft.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/publish")]
pub async fn publish(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result = async { Ok(events::publish(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |published| (path_of(&slug), Some(Flash::success(after_publish(published)))))
        .await
        .map(drop)
}

/// Cancels an event. Its page stays and shows the reason.
///
/// # Errors
/// `Invalid` when the reason is too long; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/cancel")]
pub async fn cancel(
    #[server(default)] slug: String,
    #[server(default)] scope: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("reason".to_owned(), reason.clone()), ("scope".to_owned(), scope.clone())]);
    let page = format!("{}/cancel", path_of(&slug));
    let draft = format!("events/cancel/{slug}");
    let scope = read_scope(&scope);
    if scope != EditScope::One && check_reason(&reason).is_ok() {
        return show_preview(&path_of(&slug), "cancel", scope, &draft, typed).await;
    }
    let call = Call::from(page).with_draft(draft, typed);
    let result = async {
        let reason = check_reason(&reason)?;
        Ok(events::cancel(&call.store, call.actor(), &read_slug(&slug)?, &reason).await?)
    }
    .await;
    let message = |count: &u32| undoable("flash-event-cancelled", *count, Undo::Cancel(slug.clone()));
    call.respond(result, |count| (path_of(&slug), Some(message(count)))).await.map(drop)
}

/// Deletes a draft.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` when the event was published before.
#[server(prefix = "/api", endpoint = "events/delete")]
pub async fn delete(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result =
        async { Ok(events::delete_draft(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| ("/".to_owned(), Some(Flash::success("flash-draft-deleted")))).await
}

/// Reinstates a cancelled event.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/reinstate")]
pub async fn reinstate(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result = async { Ok(events::reinstate(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    let message = |count: &u32| Flash::Counted { key: "flash-event-reinstated".to_owned(), count: *count };
    call.respond(result, |count| (path_of(&slug), Some(message(count)))).await.map(drop)
}

/// Takes a seat, joins the waitlist or requests a seat, with this mode and number of guests. Sending the same
/// form twice changes nothing more.
///
/// # Errors
/// `Invalid` for a wrong number or mode; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/rsvp")]
pub async fn rsvp(
    #[server(default)] slug: String,
    #[server(default)] guests: String,
    #[server(default)] mode: String,
    #[server(flatten)] answers: AnswerForm,
) -> Result<RsvpState, AppError> {
    let call = match answers.read() {
        None => Call::from(path_of(&slug)),
        Some(_) => {
            let mut typed: Fields = answers.fields().into_iter().collect();
            typed.extend([("guests".to_owned(), guests.clone()), ("mode".to_owned(), mode.clone())]);
            Call::from(format!("{}#seat", path_of(&slug))).with_draft(answers_draft(&slug), typed)
        }
    };
    let result = async {
        let request = RsvpRequest { guests: read_guests(&guests)?, mode: read_mode(&mode)? };
        let (slug, answers) = (read_slug(&slug)?, answers.read());
        Ok(events::rsvp_with_answers(&call.store, call.actor(), &slug, request, answers).await?)
    }
    .await;
    call.respond(result, |rsvp| after_rsvp(&slug, rsvp)).await.map(|rsvp| rsvp.state)
}

/// Accepts the seat that is held for the caller.
///
/// # Errors
/// `NotFound`, or `Refused` when the offer has ended.
#[server(prefix = "/api", endpoint = "events/claim")]
pub async fn claim(#[server(default)] slug: String) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let result = async { Ok(events::claim(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |rsvp| (path_of(&slug), Some(flash_after_rsvp(rsvp)))).await.map(|rsvp| rsvp.state)
}

/// Accepts the offer to take a seat with fewer guests.
///
/// # Errors
/// `Invalid` for a wrong number; `NotFound`, or `Refused` when the offer has ended.
#[server(prefix = "/api", endpoint = "events/accept_fewer")]
pub async fn accept_fewer(
    #[server(default)] slug: String,
    #[server(default)] guests: String,
) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let result = async {
        let guests = read_guests(&guests)?;
        Ok(events::accept_fewer(&call.store, call.actor(), &read_slug(&slug)?, guests).await?)
    }
    .await;
    call.respond(result, |rsvp| (path_of(&slug), Some(flash_after_rsvp(rsvp)))).await.map(|rsvp| rsvp.state)
}

/// Takes an online seat while the caller stays on the waitlist for the venue.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/join_online")]
pub async fn join_online(#[server(default)] slug: String) -> Result<RsvpState, AppError> {
    let call = Call::from(path_of(&slug));
    let result =
        async { Ok(events::also_online(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |rsvp| (path_of(&slug), Some(flash_after_rsvp(rsvp)))).await.map(|rsvp| rsvp.state)
}

/// Gives up a seat, or leaves the waitlist.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/leave")]
pub async fn leave(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result = async { Ok(events::leave(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    let undo = |mode| Undo::Leave(slug.clone(), mode);
    call.respond(result, |mode| (path_of(&slug), Some(undoable("flash-event-left", 0, undo(*mode)))))
        .await
        .map(drop)
}

/// Approves a request, or gives a seat to somebody on the waitlist.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused`: with `FullChoose` when no seat is free and the form doesn't say what
/// to do then.
#[server(prefix = "/api", endpoint = "events/approve")]
pub async fn approve(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] when_full: String,
) -> Result<RsvpState, AppError> {
    let call = Call::from(people_path(&slug, "pending"));
    let result = async {
        let when_full = when_full.parse().unwrap_or(WhenFull::Ask);
        let id = read_rsvp(&rsvp)?;
        Ok(events::approve(&call.store, call.actor(), &read_slug(&slug)?, id, when_full).await?)
    }
    .await;
    call.respond(result, |state| after_approve(&slug, *state)).await
}

/// Declines a request, with an optional message.
///
/// # Errors
/// `Invalid` when the message is too long; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/decline_request")]
pub async fn decline_request(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, "pending"));
    let result = async {
        let message = check_message(&message)?;
        let id = read_rsvp(&rsvp)?;
        Ok(events::decline_request(&call.store, call.actor(), &read_slug(&slug)?, id, &message).await?)
    }
    .await;
    call.respond(result, |()| (people_path(&slug, "pending"), Some(Flash::success("flash-declined")))).await
}

/// Marks a person as a no-show, or takes the mark back (E3).
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` before the start.
#[server(prefix = "/api", endpoint = "events/no_show")]
pub async fn no_show(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] absent: String,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, "going"));
    let result = async {
        let id = read_rsvp(&rsvp)?;
        Ok(events::set_no_show(&call.store, call.actor(), &read_slug(&slug)?, id, absent == "yes").await?)
    }
    .await;
    let key = if absent == "yes" { "flash-no-show" } else { "flash-was-there" };
    call.respond(result, |()| (people_path(&slug, "going"), Some(Flash::success(key)))).await
}

/// Approves the selected requests. When no seat is free, people join the waitlist.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` when the event is over or cancelled.
#[server(prefix = "/api", endpoint = "events/approve_selected")]
pub async fn approve_selected(
    #[server(default)] slug: String,
    #[server(default)] rsvps: Vec<String>,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, "pending"));
    let result = async {
        let ids = rsvps.iter().map(|id| read_rsvp(id)).collect::<Result<Vec<_>, _>>()?;
        Ok(events::approve_selected(&call.store, call.actor(), &read_slug(&slug)?, &ids).await?)
    }
    .await;
    call.respond(result, |approved| after_approve_selected(&slug, *approved)).await.map(drop)
}

/// Moves the selected people to seats, to the waitlist or to another date of the series.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/move_people")]
pub async fn move_people(
    #[server(default)] slug: String,
    #[server(default)] rsvps: Vec<String>,
    #[server(default)] show: String,
    #[server(default)] to: String,
    #[server(default)] date: String,
    #[server(default)] over: String,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, known_list(&show)));
    let result = async {
        let ids = rsvps.iter().map(|id| read_rsvp(id)).collect::<Result<Vec<_>, _>>()?;
        let to = read_move(&to, &date, over == "yes")?;
        Ok(events::move_people(&call.store, call.actor(), &read_slug(&slug)?, &ids, &to).await?)
    }
    .await;
    call.respond(result, |moved| after_move(&slug, known_list(&show), &to, *moved)).await.map(drop)
}

/// Moves somebody to a position of the waitlist.
///
/// # Errors
/// `Invalid` for a position that is no number, `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/move_on_waitlist")]
pub async fn move_on_waitlist(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] position: String,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, "waiting"));
    let result = async {
        let (slug, id) = (read_slug(&slug)?, read_rsvp(&rsvp)?);
        let position = read_position(&position)?;
        Ok(events::move_on_waitlist(&call.store, call.actor(), &slug, id, position).await?)
    }
    .await;
    let message = |position: u32| Flash::Counted { key: "flash-waitlist-moved".to_owned(), count: position };
    call.respond(result, |(_, position)| (people_path(&slug, "waiting"), Some(message(*position))))
        .await
        .map(drop)
}

/// Removes somebody from an event, with an optional reason.
///
/// # Errors
/// `Invalid` when the reason is too long; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/remove_person")]
pub async fn remove_person(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let call = Call::from(people_path(&slug, "going"));
    let result = async {
        let reason = check_message(&message)?;
        let id = read_rsvp(&rsvp)?;
        Ok(events::remove_person(&call.store, call.actor(), &read_slug(&slug)?, id, &reason).await?)
    }
    .await;
    call.respond(result, |()| (people_path(&slug, "going"), Some(Flash::success("flash-removed")))).await
}

/// Sends a message to one person of an event.
///
/// # Errors
/// `Invalid` when the message is empty or too long; `SlowDown`, `NotFound` or `Forbidden`.
#[server(prefix = "/api", endpoint = "events/message")]
pub async fn message(
    #[server(default)] slug: String,
    #[server(default)] rsvp: String,
    #[server(default)] message: String,
    #[server(default)] reply: Vec<String>,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let form = HostMessageForm { message, reply: reply.join(" ") };
    let call = Call::from(format!("{}/people/{rsvp}", path_of(&slug)))
        .with_draft(message_draft(&rsvp), message_fields(&form));
    let result = async {
        let (slug, id) = (read_slug(&slug)?, read_rsvp(&rsvp)?);
        Ok(events::send_message(&call.store, call.actor(), &slug, id, form.check()?, &key).await?)
    }
    .await;
    call.respond(result, |()| (people_path(&slug, "going"), Some(Flash::success("flash-host-message-sent"))))
        .await
}

/// Moves the newest RSVPs back to the top of the waitlist until the event is within its capacity. As a
/// confirmation, the host types by how many seats it is over.
///
/// # Errors
/// `Refused` with `NumberDiffers` when the typed number is wrong; `NotFound` or `Forbidden`.
#[server(prefix = "/api", endpoint = "events/move_back")]
pub async fn move_back(
    #[server(default)] slug: String,
    #[server(default)] mode: String,
    #[server(default)] over: String,
) -> Result<u32, AppError> {
    let call = Call::from(people_path(&slug, "going"));
    let result = async {
        let typed = over.trim().replace(',', "").parse().unwrap_or(0);
        Ok(events::move_back(&call.store, call.actor(), &read_slug(&slug)?, read_mode(&mode)?, typed).await?)
    }
    .await;
    let message = |count: &u32| Flash::Counted { key: "flash-moved-back".to_owned(), count: *count };
    call.respond(result, |count| (people_path(&slug, "waiting"), Some(message(count)))).await
}

/// How full an event is. Changes nothing.
///
/// # Errors
/// `NotFound` when the reader may not see the event.
#[server(prefix = "/api", endpoint = "events/seats")]
pub async fn seats(#[server(default)] slug: String) -> Result<SeatCount, AppError> {
    let call = Call::from(path_of(&slug));
    let result = async {
        let now = events::seats(&call.store, call.actor(), &read_slug(&slug)?).await?;
        Ok(SeatCount { capacity: now.capacity, going: now.going, waiting: now.waiting })
    }
    .await;
    call.respond(result, |_| (path_of(&slug), None)).await
}

/// Shows the caller in the attendee list, or hides them from it.
///
/// # Errors
/// `NotFound` when the caller has no seat.
#[server(prefix = "/api", endpoint = "events/set_listed")]
pub async fn set_listed(
    #[server(default)] slug: String,
    #[server(default)] shown: String,
) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let shown = shown == "yes";
    let result =
        async { Ok(events::set_listed(&call.store, call.actor(), &read_slug(&slug)?, shown).await?) }.await;
    let key = if shown { "flash-attendee-shown" } else { "flash-attendee-hidden" };
    call.respond(result, |()| (path_of(&slug), Some(Flash::success(key)))).await
}

/// Sets the disciplines, topics and stages of an event or of one of its sessions.
///
/// # Errors
/// `Invalid` for an unknown choice; `NotFound` or `Forbidden`.
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
    let call = Call::from(back).with_draft(subjects_draft(&slug, form), Fields::from(typed));
    let result = async {
        let subjects = Subjects::check(&disciplines, &topics, &stages)?;
        let session = if session.is_empty() { None } else { Some(form.ok_or(AppError::NotFound)?) };
        Ok(events::set_subjects(&call.store, call.actor(), &read_slug(&slug)?, session, subjects).await?)
    }
    .await;
    call.respond(result, |()| (after, Some(Flash::success("flash-event-saved")))).await
}
