//! Server functions for readers of an agenda.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::pages::saving::path_after,
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::Slug,
    store::schedule,
    uuid::Uuid,
};

/// Saves the session with the id `save` for the member's own agenda, or removes the one with the id `remove`. `back` is
/// the page to return to.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "agenda/save")]
pub async fn save_session(
    #[server(default)] slug: String,
    #[server(default)] save: String,
    #[server(default)] remove: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let is_wanted = remove.is_empty();
    let id: Option<Uuid> = if is_wanted { save.parse().ok() } else { remove.parse().ok() };
    let page = match Slug::parse(&slug) {
        Some(slug) => path_after(&slug, id, &back),
        None => "/events".to_owned(),
    };
    let call = Call::from(page.clone());
    let result = async {
        let id = id.ok_or(AppError::NotFound)?;
        Ok(schedule::save_session(&call.store, call.actor(), &read_slug(&slug)?, id, is_wanted).await?)
    }
    .await;
    let key = if is_wanted { "flash-session-saved" } else { "flash-session-not-saved" };
    call.respond(result, |()| (page, Some(Flash::success(key)))).await
}
