//! Server functions for email forms: read the actor, call the store, respond.
#![expect(clippy::too_many_arguments, reason = "each is a field of the form")]

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::{Call, draft_owner, read_slug},
        emails::announcements::{fields_of, form_key},
        events::pages::path_of,
        flash::Flash,
    },
    domain::{
        AnnouncementId, announcements::AnnouncementForm, emails::EmailPreference, forms::Draft,
        notifications::NotificationPreference,
    },
    store::{announcements, preferences},
};

/// Saves how the caller wants to receive emails and notifications.
///
/// # Errors
/// `Invalid` for an unknown category, group or delivery.
#[server(prefix = "/api", endpoint = "members/email_preferences")]
pub async fn email_preferences(
    #[server(default)] choices: Vec<String>,
    #[server(default)] notifications: Vec<String>,
) -> Result<(), AppError> {
    let call = Call::from("/profile/emails");
    let result = async {
        let preferences =
            choices.iter().map(|text| EmailPreference::check(text)).collect::<Result<Vec<_>, _>>()?;
        let notifications = notifications
            .iter()
            .map(|text| NotificationPreference::check(text))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(preferences::save_all(&call.store, call.actor(), preferences, notifications).await?)
    }
    .await;
    call.respond(result, |()| ("/profile/emails".to_owned(), Some(Flash::success("flash-email-saved")))).await
}

/// Schedules an announcement, changes a scheduled one, or sends a test email to its author only.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "announcements/schedule")]
pub async fn schedule(
    #[server(default)] slug: String,
    #[server(default)] key: String,
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] subject: String,
    #[server(default)] message: String,
    #[server(default)] segments: Vec<String>,
    #[server(default)] at: String,
    #[server(default)] reply: Vec<String>,
    #[server(default)] test: String,
) -> Result<(), AppError> {
    let list_page = format!("{}/emails", path_of(&slug));
    let page = if id.is_empty() { list_page.clone() } else { format!("{list_page}?edit={id}") };
    let form = AnnouncementForm { subject, message, segments, at, reply: reply.concat() };
    let fields = fields_of(&form, &version);
    let draft_key = form_key(&slug, &id);
    let is_test = !test.is_empty();
    let call = Call::from(page.clone());
    // After a test email the author continues writing, so the draft must stay.
    let call = if is_test { call } else { call.with_draft(draft_key.clone(), fields.clone()) };
    let owner = draft_owner(&call.visit);
    let result = async {
        let content = if is_test { form.check_test() } else { form.check() };
        let slug = read_slug(&slug)?;
        if is_test {
            let problems = content.as_ref().err().cloned().unwrap_or_default();
            let sent = match content {
                Ok(content) => announcements::send_test(&call.store, call.actor(), &slug, content).await,
                Err(problems) => Err(problems.into()),
            };
            let sent = sent.map_err(AppError::from);
            if sent.as_ref().err().is_none_or(AppError::keeps_draft) {
                store::drafts::keep(&call.store, &owner, &draft_key, &Draft { fields, problems }).await?;
            }
            return sent;
        }
        let content = content?;
        if id.is_empty() {
            return Ok(announcements::schedule(&call.store, call.actor(), &slug, content, &key).await?);
        }
        let id = id.parse().map(AnnouncementId).map_err(|_| AppError::NotFound)?;
        // Version 0 never exists, so an unreadable version counts as outdated.
        let version = version.parse().unwrap_or(0);
        Ok(announcements::edit(&call.store, call.actor(), &slug, id, content, version).await?)
    }
    .await;
    let (to, key) = if is_test { (page, "flash-email-test") } else { (list_page, "flash-email-scheduled") };
    call.respond(result, |()| (to, Some(Flash::success(key)))).await
}

/// Cancels a scheduled announcement.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` when it was sent already.
#[server(prefix = "/api", endpoint = "announcements/cancel")]
pub async fn cancel(#[server(default)] slug: String, #[server(default)] id: String) -> Result<(), AppError> {
    let list_page = format!("{}/emails", path_of(&slug));
    let call = Call::from(list_page.clone());
    let result = async {
        let id = id.parse().map(AnnouncementId).map_err(|_| AppError::NotFound)?;
        Ok(announcements::cancel(&call.store, call.actor(), &read_slug(&slug)?, id).await?)
    }
    .await;
    call.respond(result, |()| (list_page, Some(Flash::success("flash-email-cancelled")))).await
}
