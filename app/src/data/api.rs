//! What forms about one's own data do: who, verb, done.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{admin::api::confirmed, answer::Call, flash::Flash},
    domain::MemberId,
    store::{blocks, data, suppressions},
};

#[cfg(feature = "ssr")]
const PAGE: &str = "/profile/data";

/// Asks to be deleted in seven days.
///
/// # Errors
/// What was to be typed, or why not.
#[server(prefix = "/api", endpoint = "data/request_deletion")]
pub async fn request_deletion(#[server(default)] confirm: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let done = async {
        confirmed(&confirm, "confirm-delete")?;
        Ok(data::request_deletion(&call.store, call.actor()).await?)
    }
    .await;
    call.answer(done, |_| (PAGE.to_owned(), Some(Flash::said("said-deletion-planned")))).await.map(drop)
}

/// Thinks better of it.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "data/cancel_deletion")]
pub async fn cancel_deletion() -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let done = data::cancel_deletion(&call.store, call.actor()).await.map_err(AppError::from);
    call.answer(done, |()| (PAGE.to_owned(), Some(Flash::said("said-deletion-cancelled")))).await
}

/// Blocks a member.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "data/block")]
pub async fn block(#[server(default)] member: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let done = async {
        let id = member.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
        Ok(blocks::block(&call.store, call.actor(), id).await?)
    }
    .await;
    call.answer(done, |()| (PAGE.to_owned(), Some(Flash::said("said-blocked")))).await
}

/// Takes a block back.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "data/unblock")]
pub async fn unblock(#[server(default)] member: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let done = async {
        let id = member.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
        Ok(blocks::unblock(&call.store, call.actor(), id).await?)
    }
    .await;
    call.answer(done, |()| (PAGE.to_owned(), Some(Flash::said("said-unblocked")))).await
}

/// Says that mail arrives again.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "data/clear_bounce")]
pub async fn clear_bounce() -> Result<(), AppError> {
    let call = Call::from("/profile");
    let done = suppressions::clear_bounce(&call.store, call.actor()).await.map_err(AppError::from);
    call.answer(done, |()| ("/profile".to_owned(), Some(Flash::said("said-test-email-sent")))).await
}
