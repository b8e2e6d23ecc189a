//! Server functions of hellos: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::pages::{answer_draft, hello_draft, hello_form_path, hello_path},
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        members::{card::member_path, sections::fields},
    },
    domain::{HelloId, hellos::check_hello},
    store::hellos,
};

/// Says hello to a member.
///
/// # Errors
/// `Invalid` when the text is empty or too long; `NotFound` when the caller may not open the member's page; `Refused`
/// with the reason.
#[server(prefix = "/api", endpoint = "hellos/say")]
pub async fn say(
    #[server(default)] slug: String,
    #[server(default)] text: String,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let call = Call::from(hello_form_path(&slug)).with_draft(hello_draft(&slug), fields([("text", &text)]));
    let result = async {
        let slug = read_slug(&slug)?;
        hellos::say_hello(&call.store, call.actor(), &slug, &check_hello(&text)?, &key).await?;
        Ok(slug)
    }
    .await;
    let next = |slug: &domain::Slug| (member_path(slug), Some(Flash::success("flash-hello-said")));
    call.respond(result, next).await.map(drop)
}

/// Answers a hello.
///
/// # Errors
/// `Invalid` when the text is empty or too long; `NotFound` when the caller did not get the hello; `Refused` when it
/// was answered before.
#[server(prefix = "/api", endpoint = "hellos/answer")]
pub async fn answer(
    #[server(default)] id: String,
    #[server(default)] text: String,
    #[server(default)] share: Vec<String>,
) -> Result<(), AppError> {
    let shared = share.join(" ");
    let typed = fields([("text", &text), ("share", &shared)]);
    let call = Call::from(hello_path(&id)).with_draft(answer_draft(&id), typed);
    let result = async {
        let hello = id.parse().map(HelloId).map_err(|_| AppError::NotFound)?;
        let text = check_hello(&text)?;
        Ok(hellos::answer_hello(&call.store, call.actor(), hello, &text, shared == "yes").await?)
    }
    .await;
    call.respond(result, |()| (hello_path(&id), Some(Flash::success("flash-hello-answered")))).await
}
