//! Server functions of registration questions (B11).

use domain::events::{AnswerForm, EventQuestionForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::{Call, read_slug},
        events::pages::{
            answers::{answers_draft, answers_path},
            path_of,
            questions::{question_draft, questions_path},
        },
        flash::Flash,
        mentoring::paths::fields_of,
    },
    domain::events::{EventQuestionChange, RsvpState},
    store::events,
};

/// Adds a question to an event, or changes the one with this id.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/save_question")]
pub async fn save_question(
    #[server(default)] slug: String,
    #[server(default)] id: String,
    #[server(flatten)] form: EventQuestionForm,
) -> Result<(), AppError> {
    let page = questions_path(&slug);
    let back = if id.is_empty() { page.clone() } else { format!("{page}?edit={id}") };
    let call = Call::from(back).with_draft(question_draft(&slug, &id), fields_of(&form));
    let result = async {
        let known = match id.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| AppError::NotFound)?),
        };
        Ok(events::save_question(&call.store, call.actor(), &read_slug(&slug)?, known, form.check()?).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-question-saved")))).await
}

/// Moves a question, or removes it.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/change_question")]
pub async fn change_question(
    #[server(default)] slug: String,
    #[server(default)] id: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let call = Call::from(questions_path(&slug));
    let result = async {
        let change: EventQuestionChange = act.parse().map_err(|()| AppError::NotFound)?;
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        Ok(events::change_question(&call.store, call.actor(), &read_slug(&slug)?, id, change).await?)
    }
    .await;
    call.respond(result, |()| (questions_path(&slug), Some(Flash::success("flash-question-saved")))).await
}

/// Answers the questions of an event. If a seat is held for the caller, they get it.
///
/// # Errors
/// `Invalid` when an answer is wrong or missing; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/answer")]
pub async fn answer(
    #[server(default)] slug: String,
    #[server(flatten)] form: AnswerForm,
) -> Result<(), AppError> {
    let call =
        Call::from(answers_path(&slug)).with_draft(answers_draft(&slug), form.fields().into_iter().collect());
    let result = async {
        let answers = form.read().ok_or(AppError::NotFound)?;
        Ok(events::answer(&call.store, call.actor(), &read_slug(&slug)?, answers).await?)
    }
    .await;
    let next = |state: &Option<RsvpState>| {
        let is_seated = *state == Some(RsvpState::Going);
        let key = if is_seated { "flash-answers-seat" } else { "flash-answers-saved" };
        (path_of(&slug), Some(Flash::success(key)))
    };
    call.respond(result, next).await.map(drop)
}
