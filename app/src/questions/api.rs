//! Server functions of questions to mentors.

use domain::questions::QuestionForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::page::{QUEUE, question_path},
    crate::{call::Call, flash::Flash, mentoring::paths::fields_of},
    domain::{
        QuestionId,
        forms::Fields,
        questions::{QuestionChange, check_reply},
    },
    store::questions,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<QuestionId, AppError> {
    text.trim().parse().map(QuestionId).map_err(|_| AppError::NotFound)
}

/// The page of the question that a form names, or the queue.
#[cfg(feature = "ssr")]
fn page_of(id: &str) -> String {
    read_id(id).map_or_else(|_| QUEUE.to_owned(), question_path)
}

/// Asks a question.
///
/// # Errors
/// `Invalid` when a field is wrong, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "questions/ask")]
pub async fn ask(
    #[server(default)] key: String,
    #[server(flatten)] form: QuestionForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("{QUEUE}/new")).with_draft("questions/ask".to_owned(), fields_of(&form));
    let result = async { Ok(questions::ask(&call.store, call.actor(), form.check()?, &key).await?) }.await;
    let next = |id: &QuestionId| (question_path(*id), Some(Flash::success("flash-question-asked")));
    call.respond(result, next).await.map(drop)
}

/// Picks a question, walks away from it, puts it back, closes it or withdraws it.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "questions/change")]
pub async fn change(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let change: QuestionChange = act.parse().map_err(|_| AppError::NotFound)?;
        questions::change(&call.store, call.actor(), read_id(&id)?, change).await?;
        Ok(change)
    }
    .await;
    let next = |change: &QuestionChange| match change {
        QuestionChange::Pick => (page_of(&id), Some(Flash::success("flash-question-picked"))),
        QuestionChange::WalkAway => (QUEUE.to_owned(), Some(Flash::success("flash-question-left"))),
        QuestionChange::PutBack => (page_of(&id), Some(Flash::success("flash-question-back"))),
        QuestionChange::Close => (page_of(&id), Some(Flash::success("flash-question-closed"))),
        QuestionChange::Withdraw => (QUEUE.to_owned(), Some(Flash::success("flash-question-withdrawn"))),
    };
    call.respond(result, next).await.map(drop)
}

/// Writes a reply.
///
/// # Errors
/// `Invalid` without a text; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "questions/reply")]
pub async fn reply(
    #[server(default)] id: String,
    #[server(default)] key: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    let typed: Fields = [("text".to_owned(), text.clone())].into();
    let call = Call::from(page_of(&id)).with_draft(format!("questions/{id}/reply"), typed);
    let result = async {
        let text = check_reply(&text)?;
        Ok(questions::reply(&call.store, call.actor(), read_id(&id)?, &text, &key).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-question-reply")))).await
}
