//! Server functions of the emails that coordinators write to people of a round (M29).

use domain::mentoring::RoundEmailForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::paths::{fields_of, round_path},
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::RoundEmailId,
    store::mentoring,
};

/// Writes to people of a round. The email is held first.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/email_round")]
pub async fn email_round(
    #[server(default)] slug: String,
    #[server(default)] key: String,
    #[server(flatten)] form: RoundEmailForm,
) -> Result<(), AppError> {
    let page = format!("{}/emails", round_path(&slug));
    let call = Call::from(page.clone()).with_draft(format!("mentoring/emails/{slug}"), fields_of(&form));
    let result = async {
        let (round, (audience, text)) = (read_slug(&slug)?, form.check()?);
        Ok(mentoring::write_to_round(&call.store, call.actor(), &round, audience, &text, &key).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-round-email-held")))).await
}

/// Cancels an email that is held.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/cancel_email")]
pub async fn cancel_email(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let page = format!("{}/emails", round_path(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let id = id.trim().parse().map(RoundEmailId).map_err(|_| AppError::NotFound)?;
        Ok(mentoring::cancel_round_email(&call.store, call.actor(), &read_slug(&slug)?, id).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-round-email-cancelled")))).await
}
