//! What forms about mails do: who, verb, done.
#![expect(clippy::too_many_arguments, reason = "each is a field of the form")]

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::{Call, draft_owner, read_slug},
        emails::announcements::{fields_of, form_key},
        events::pages::path_of,
        flash::Flash,
    },
    domain::{AnnouncementId, announcements::AnnouncementForm, emails::EmailPreference, forms::Draft},
    store::{announcements, preferences},
};

/// Saves how the caller's mails come.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/email_preferences")]
pub async fn email_preferences(#[server(default)] choices: Vec<String>) -> Result<(), AppError> {
    let call = Call::from("/profile/emails");
    let done = async {
        let preferences =
            choices.iter().map(|text| EmailPreference::check(text)).collect::<Result<Vec<_>, _>>()?;
        Ok(preferences::save(&call.store, call.actor(), preferences).await?)
    }
    .await;
    call.answer(done, |()| ("/profile/emails".to_owned(), Some(Flash::said("said-email-saved")))).await
}

/// Holds an announcement until its time, changes one that is held, or sends it to its writer alone.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "announcements/schedule")]
pub async fn schedule(
    #[server(default)] slug: String,
    #[server(default)] key: String,
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] subject: String,
    #[server(default)] words: String,
    #[server(default)] segments: Vec<String>,
    #[server(default)] at: String,
    #[server(default)] trial: String,
) -> Result<(), AppError> {
    let desk = format!("{}/emails", path_of(&slug));
    let page = if id.is_empty() { desk.clone() } else { format!("{desk}?edit={id}") };
    let form = AnnouncementForm { subject, words, segments, at };
    let fields = fields_of(&form, &version);
    let kept = form_key(&slug, &id);
    let trial = !trial.is_empty();
    let call = Call::from(page.clone());
    // After a trial one goes on writing.
    let call = if trial { call } else { call.keeping(kept.clone(), fields.clone()) };
    let owner = draft_owner(&call.visit);
    let done = async {
        let content = if trial { form.check_trial() } else { form.check() };
        let slug = read_slug(&slug)?;
        if trial {
            let problems = content.as_ref().err().cloned().unwrap_or_default();
            let sent = match content {
                Ok(content) => announcements::send_test(&call.store, call.actor(), &slug, content).await,
                Err(problems) => Err(problems.into()),
            };
            let sent = sent.map_err(AppError::from);
            if sent.as_ref().err().is_none_or(AppError::keeps_draft) {
                store::drafts::keep(&call.store, &owner, &kept, &Draft { fields, problems }).await?;
            }
            return sent;
        }
        let content = content?;
        if id.is_empty() {
            return Ok(announcements::schedule(&call.store, call.actor(), &slug, content, &key).await?);
        }
        let id = id.parse().map(AnnouncementId).map_err(|_| AppError::NotFound)?;
        // No version is one that was never an announcement's.
        let version = version.parse().unwrap_or(0);
        Ok(announcements::edit(&call.store, call.actor(), &slug, id, content, version).await?)
    }
    .await;
    let (to, said) = if trial { (page, "said-email-test") } else { (desk, "said-email-scheduled") };
    call.answer(done, |()| (to, Some(Flash::said(said)))).await
}

/// Takes an announcement back that is held.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "announcements/cancel")]
pub async fn cancel(#[server(default)] slug: String, #[server(default)] id: String) -> Result<(), AppError> {
    let desk = format!("{}/emails", path_of(&slug));
    let call = Call::from(desk.clone());
    let done = async {
        let id = id.parse().map(AnnouncementId).map_err(|_| AppError::NotFound)?;
        Ok(announcements::cancel(&call.store, call.actor(), &read_slug(&slug)?, id).await?)
    }
    .await;
    call.answer(done, |()| (desk, Some(Flash::said("said-email-cancelled")))).await
}
