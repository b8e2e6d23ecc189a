//! Server functions of notifications: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{call::Call, flash::Flash},
    domain::NotificationId,
    store::notifications,
};

#[cfg(feature = "ssr")]
const PAGE: &str = "/notifications";

#[cfg(feature = "ssr")]
fn read_id(id: &str) -> Result<NotificationId, AppError> {
    id.parse().map(NotificationId).map_err(|_| AppError::NotFound)
}

/// Marks a notification as read and opens its page.
///
/// # Errors
/// `NotFound` when it is not the reader's own, and when they may no longer see its page.
#[server(prefix = "/api", endpoint = "notifications/open")]
pub async fn open(#[server(default)] id: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let result = async {
        let path = notifications::open(&call.store, call.actor(), read_id(&id)?).await?;
        path.ok_or(AppError::NotFound)
    }
    .await;
    call.respond(result, |path| (path.clone(), None)).await.map(drop)
}

/// Marks one notification as read, or without an id all of them.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "notifications/read")]
pub async fn read(#[server(default)] id: String, #[server(default)] after: String) -> Result<(), AppError> {
    let page = match read_id(&after) {
        Ok(after) => format!("{PAGE}?after={after}"),
        Err(_) => PAGE.to_owned(),
    };
    let call = Call::from(page.clone());
    let is_all = id.is_empty();
    let result = async {
        let id = if is_all { None } else { Some(read_id(&id)?) };
        Ok(notifications::mark_read(&call.store, call.actor(), id).await?)
    }
    .await;
    let flash = is_all.then(|| Flash::success("flash-notifications-read"));
    call.respond(result, |()| (page, flash)).await
}
