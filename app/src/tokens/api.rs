//! Server functions of personal access tokens.

use domain::tokens::TokenForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::page::{FORM, PAGE, fields_of},
    crate::{call::Call, flash::Flash},
    store::tokens,
};

/// Makes a token. The next page shows it, once.
///
/// # Errors
/// `Invalid` when a field is wrong, or `Refused` beyond the most tokens of a member.
#[server(prefix = "/api", endpoint = "tokens/create")]
pub async fn create(
    #[server(default)] key: String,
    #[server(flatten)] form: TokenForm,
) -> Result<(), AppError> {
    let call = Call::from(PAGE).with_draft(FORM.to_owned(), fields_of(&form));
    let result = async { Ok(tokens::create(&call.store, call.actor(), form.check()?, &key).await?) }.await;
    let next = |token: &String| (PAGE.to_owned(), Some(Flash::Token { token: token.clone() }));
    call.respond(result, next).await.map(drop)
}

/// Revokes a token.
///
/// # Errors
/// `NotFound` for an unreadable id, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "tokens/revoke")]
pub async fn revoke(#[server(default)] id: String) -> Result<(), AppError> {
    let call = Call::from(PAGE);
    let result = async {
        let id = id.trim().parse().map_err(|_| AppError::NotFound)?;
        Ok(tokens::revoke(&call.store, call.actor(), id).await?)
    }
    .await;
    call.respond(result, |()| (PAGE.to_owned(), Some(Flash::success("flash-token-revoked")))).await
}
