//! Server functions of questions to speakers, and of slides and recordings. Slides themselves come with a plain route.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::{material::recording_draft, questions::question_draft, session_path, workshop::seats_draft},
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::{
        SessionQuestionId,
        forms::Fields,
        sessions::{QuestionChange, SLIDES_REMINDER_DAYS, check_question, check_recording, check_seats},
    },
    store::{events, schedule, sessions},
    uuid::Uuid,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<Uuid, AppError> {
    text.trim().parse().map_err(|_| AppError::NotFound)
}

/// The questions on the page of the session that a form names, or the list of events.
#[cfg(feature = "ssr")]
fn page_of(slug: &str, session: &str) -> String {
    match (read_slug(slug), read_id(session)) {
        (Ok(slug), Ok(session)) => format!("{}#questions", session_path(&slug, session)),
        _ => "/events".to_owned(),
    }
}

/// The material on the page of the session that a form names, or the list of events.
#[cfg(feature = "ssr")]
fn material_of(slug: &str, session: &str) -> String {
    page_of(slug, session).replace("#questions", "#material")
}

/// Gives a session seats of its own, changes their number, or takes them away when it is empty.
///
/// # Errors
/// `Invalid` when it is not a number; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/seats")]
pub async fn set_seats(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] seats: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session).replace("#questions", "#workshop");
    let typed: Fields = [("seats".to_owned(), seats.clone())].into();
    let call = Call::from(page.clone()).with_draft(seats_draft(&session), typed);
    let result = async {
        let seats = check_seats(&seats)?;
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        Ok(sessions::set_seats(&call.store, call.actor(), &slug, session, seats).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-workshop-seats")))).await
}

/// Swaps the workshops that overlap this one for it, in one step.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason. Then the old seats stay.
#[server(prefix = "/api", endpoint = "sessions/swap")]
pub async fn swap(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] workshop: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session).replace("#questions", "#workshop");
    let call = Call::from(page.clone());
    let result = async {
        events::swap_workshop(&call.store, call.actor(), &read_slug(&workshop)?).await?;
        Ok(())
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-workshop-swapped")))).await
}

/// Removes a file with slides.
///
/// # Errors
/// `NotFound`, or `Refused` for everybody but the speakers and organisers.
#[server(prefix = "/api", endpoint = "sessions/remove_slides")]
pub async fn remove_slides(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let page = material_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let (slug, session, id) = (read_slug(&slug)?, read_id(&session)?, read_id(&id)?);
        Ok(sessions::remove_slides(&call.store, call.actor(), &slug, session, id).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-slides-removed")))).await
}

/// Sets the link to the recording. Empty removes it.
///
/// # Errors
/// `Invalid` for anything but an https address; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/recording")]
pub async fn recording(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] recording: String,
) -> Result<(), AppError> {
    let page = material_of(&slug, &session);
    let typed: Fields = [("recording".to_owned(), recording.clone())].into();
    let call = Call::from(page.clone()).with_draft(recording_draft(&session), typed);
    let result = async {
        let link = check_recording(&recording)?;
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        Ok(sessions::set_recording(&call.store, call.actor(), &slug, session, link).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-recording-saved")))).await
}

/// Says that a session must not be recorded, or takes it back.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/no_recording")]
pub async fn no_recording(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] forbidden: String,
) -> Result<(), AppError> {
    let page = material_of(&slug, &session);
    let call = Call::from(page.clone());
    let forbidden = forbidden == "yes";
    let result = async {
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        Ok(sessions::set_no_recording(&call.store, call.actor(), &slug, session, forbidden).await?)
    }
    .await;
    let key = if forbidden { "flash-recording-forbidden" } else { "flash-recording-allowed" };
    call.respond(result, |()| (page, Some(Flash::success(key)))).await
}

/// Sets how many days before a session the speakers of the event are reminded of slides.
///
/// # Errors
/// `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "sessions/slides_days")]
pub async fn slides_days(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] days: String,
) -> Result<(), AppError> {
    let page = material_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let days = days.trim().parse().ok().filter(|days| SLIDES_REMINDER_DAYS.contains(days));
        let days = days.ok_or(AppError::NotFound)?;
        Ok(schedule::set_slides_days(&call.store, call.actor(), &read_slug(&slug)?, days).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-slides-days")))).await
}

/// Asks a question to the speakers of a session.
///
/// # Errors
/// `Invalid` when the text is too short or too long; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/ask")]
pub async fn ask(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] question: String,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session);
    let typed: Fields = [("question".to_owned(), question.clone())].into();
    let call = Call::from(page.clone()).with_draft(question_draft(&session), typed);
    let result = async {
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        let question = check_question(&question)?;
        sessions::ask(&call.store, call.actor(), &slug, session, &question, &key).await?;
        Ok(())
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-session-question-asked")))).await
}

/// Votes for a question, or takes the vote back.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/vote")]
pub async fn vote(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] id: String,
    #[server(default)] wanted: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        let (id, wanted) = (SessionQuestionId(read_id(&id)?), wanted == "yes");
        Ok(sessions::vote(&call.store, call.actor(), &slug, session, id, wanted).await?)
    }
    .await;
    call.respond(result, |()| (page, None)).await
}

/// A speaker or an organiser answers or hides a question, or puts it back. Its author deletes it.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/question")]
pub async fn change_question(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] id: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        let id = SessionQuestionId(read_id(&id)?);
        if act == "withdraw" {
            sessions::withdraw(&call.store, call.actor(), id).await?;
            return Ok("flash-session-question-deleted");
        }
        let change: QuestionChange = act.parse().map_err(|()| AppError::NotFound)?;
        sessions::change_question(&call.store, call.actor(), &slug, session, id, change).await?;
        Ok(match change {
            QuestionChange::Answer => "flash-session-question-answered",
            QuestionChange::Hide => "flash-session-question-hidden",
            QuestionChange::Reopen => "flash-session-question-reopened",
        })
    }
    .await;
    call.respond(result, |key| (page, Some(Flash::success(key)))).await.map(drop)
}

/// Says when members can ask, in this session or in all sessions of its event.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "sessions/questions_open")]
pub async fn questions_open(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] open: String,
    #[server(default)] everywhere: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        let open = open.parse().map_err(|()| AppError::NotFound)?;
        sessions::set_open(&call.store, call.actor(), &slug, session, open, everywhere == "yes").await?;
        Ok(())
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-session-questions-open")))).await
}
