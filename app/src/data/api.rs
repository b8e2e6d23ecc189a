//! Server functions for a member's own data: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{admin::api::confirmed, call::Call, flash::Flash},
    domain::MemberId,
    store::{blocks, data, suppressions},
};

#[cfg(feature = "ssr")]
const PAGE: &str = "/profile/data";

/// Schedules the deletion of the caller's account, in seven days.
///
/// # Errors
/// `Invalid` when the confirmation word is wrong; `Refused` for the last admin, and for the
/// only organiser of a group.
#[server(prefix = "/api", endpoint = "data/request_deletion")]
pub async fn request_deletion(#[server(default)] confirm: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let result = async {
        confirmed(&confirm, "confirm-delete")?;
        Ok(data::request_deletion(&call.store, call.actor()).await?)
    }
    .await;
    call.respond(result, |_| (PAGE.to_owned(), Some(Flash::success("flash-deletion-planned"))))
        .await
        .map(drop)
}

/// Cancels the deletion of the caller's account.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "data/cancel_deletion")]
pub async fn cancel_deletion() -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let result = data::cancel_deletion(&call.store, call.actor()).await.map_err(AppError::from);
    call.respond(result, |()| (PAGE.to_owned(), Some(Flash::success("flash-deletion-cancelled")))).await
}

/// Blocks a member.
///
/// # Errors
/// `NotFound` when there is no such member; `Refused` for oneself; `SlowDown` after too many blocks.
#[server(prefix = "/api", endpoint = "data/block")]
pub async fn block(#[server(default)] member: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let result = async {
        let id = member.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
        Ok(blocks::block(&call.store, call.actor(), id).await?)
    }
    .await;
    call.respond(result, |()| (PAGE.to_owned(), Some(Flash::success("flash-blocked")))).await
}

/// Unblocks a member.
///
/// # Errors
/// `NotFound` when the id is invalid.
#[server(prefix = "/api", endpoint = "data/unblock")]
pub async fn unblock(#[server(default)] member: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let result = async {
        let id = member.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
        Ok(blocks::unblock(&call.store, call.actor(), id).await?)
    }
    .await;
    call.respond(result, |()| (PAGE.to_owned(), Some(Flash::success("flash-unblocked")))).await
}

/// Clears the caller's bounce and sends a test email.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "data/clear_bounce")]
pub async fn clear_bounce() -> Result<(), AppError> {
    let call = Call::from("/profile");
    let result = suppressions::clear_bounce(&call.store, call.actor()).await.map_err(AppError::from);
    call.respond(result, |()| ("/profile".to_owned(), Some(Flash::success("flash-test-email-sent")))).await
}
