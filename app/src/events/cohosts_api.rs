//! Server functions about members who co-host an event: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::pages::{cohost_people::person_draft, path_of},
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        members::sections::fields,
    },
    domain::MemberId,
    store::events,
};

/// Invites a member to co-host an event.
///
/// # Errors
/// `Invalid` when there is no such member, or they can't see the event; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "events/invite_cohost")]
pub async fn invite_cohost(
    #[server(default)] slug: String,
    #[server(default)] person: String,
) -> Result<(), AppError> {
    let page = format!("{}/cohosts", path_of(&slug));
    let call = Call::from(page.clone()).with_draft(person_draft(&slug), fields([("person", &person)]));
    let result = async {
        Ok(events::invite_cohost_person(&call.store, call.actor(), &read_slug(&slug)?, &person).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-cohost-person-invited")))).await
}

/// Accepts or declines an invitation to co-host, or stops co-hosting.
///
/// # Errors
/// `NotFound` when nobody asked the caller.
#[server(prefix = "/api", endpoint = "events/answer_cohosting")]
pub async fn answer_cohosting(
    #[server(default)] slug: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let accept = answer == "yes";
    let result = async {
        Ok(events::answer_cohost_invitation(&call.store, call.actor(), &read_slug(&slug)?, accept).await?)
    }
    .await;
    // A draft is hidden again from people who decline.
    let (to, key) = match accept {
        true => (path_of(&slug), "flash-cohost-person-accepted"),
        false => ("/".to_owned(), "flash-cohost-person-declined"),
    };
    call.respond(result, |()| (to, Some(Flash::success(key)))).await
}

/// Removes a co-host, or withdraws an invitation.
///
/// # Errors
/// `NotFound`, or `Forbidden` when the caller may not decide about co-hosts.
#[server(prefix = "/api", endpoint = "events/remove_cohost")]
pub async fn remove_cohost(
    #[server(default)] slug: String,
    #[server(default)] member: String,
) -> Result<(), AppError> {
    let page = format!("{}/cohosts", path_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let member = member.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
        Ok(events::remove_cohost_person(&call.store, call.actor(), &read_slug(&slug)?, member).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-cohost-removed")))).await
}
