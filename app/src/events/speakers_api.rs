//! Server functions about the members that speakers are.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::pages::{session_path, speakers::draft_name},
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::forms::Fields,
    store::schedule,
    uuid::Uuid,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<Uuid, AppError> {
    text.trim().parse().map_err(|_| AppError::NotFound)
}

/// The page of the session that a form names, or the list of events.
#[cfg(feature = "ssr")]
fn page_of(slug: &str, session: &str) -> String {
    match (read_slug(slug), read_id(session)) {
        (Ok(slug), Ok(session)) => session_path(&slug, session),
        _ => "/events".to_owned(),
    }
}

/// Proposes the member that a speaker is, or with `act` `remove` removes the link.
///
/// # Errors
/// `Invalid` when there is no such member; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "speakers/propose")]
pub async fn propose(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
    #[server(default)] person: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session);
    let typed: Fields = [("person".to_owned(), person.clone())].into();
    let call = Call::from(page.clone()).with_draft(draft_name(&speaker), typed);
    let result = async {
        let (event, session, speaker) = (read_slug(&slug)?, read_id(&session)?, read_id(&speaker)?);
        let (store, actor) = (&call.store, call.actor());
        let is_proposed = act != "remove";
        if is_proposed {
            schedule::propose_speaker(store, actor, &event, session, speaker, &person).await?;
        } else {
            schedule::unlink_speaker(store, actor, &event, session, speaker).await?;
        }
        Ok(is_proposed)
    }
    .await;
    let next = |is_proposed: &bool| {
        (
            page,
            Some(Flash::success(if *is_proposed {
                "flash-speaker-proposed"
            } else {
                "flash-speaker-removed"
            })),
        )
    };
    call.respond(result, next).await.map(drop)
}

/// The member confirms that they are a speaker, or removes the link.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "speakers/answer")]
pub async fn answer(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let page = page_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let confirms = match act.as_str() {
            "confirm" => true,
            "remove" => false,
            _ => return Err(AppError::NotFound),
        };
        let (event, speaker) = (read_slug(&slug)?, read_id(&speaker)?);
        schedule::answer_speaker(&call.store, call.actor(), &event, speaker, confirms).await?;
        Ok(confirms)
    }
    .await;
    let next = |confirms: &bool| {
        (
            page,
            Some(Flash::success(if *confirms { "flash-speaker-confirmed" } else { "flash-speaker-removed" })),
        )
    };
    call.respond(result, next).await.map(drop)
}
