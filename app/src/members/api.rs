//! Server functions for member forms: read the actor, call the store, respond.

use domain::members::DetailsForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::Call,
        flash::Flash,
        members::{
            address_page::address_path,
            pages::profile_fields,
            sections::{details_fields, fields, section_path},
        },
    },
    domain::{
        SignInSessionId,
        members::{self as input, check_link, check_topics},
        next::{safe_next, with_next},
    },
    store::{feeds, members},
};

/// Saves the first profile of a newcomer, who continues at `next`.
///
/// # Errors
/// `Invalid` when a field is wrong.
#[server(prefix = "/api", endpoint = "members/profile")]
pub async fn profile(
    #[server(default)] name: String,
    #[server(default)] zone: String,
    #[server(default)] locale: String,
    #[server(default)] headline: String,
    #[server(default)] disciplines: Vec<String>,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let next = safe_next(&next);
    let back = with_next("/welcome", &next);
    let next = if lacks_address() { address_path(&next) } else { next };
    let typed = profile_fields(&name, &zone, &locale, &headline, &disciplines);
    let call = Call::from(back).with_draft("members/profile", typed);
    let result = async {
        let profile = domain::members::ProfileInput::check(&name, &zone, &locale, &headline, &disciplines)?;
        Ok(members::save_profile(&call.store, call.actor(), profile).await?)
    }
    .await;
    call.respond(result, |()| (next, Some(Flash::success("flash-welcome")))).await
}

/// Whether the caller has no email address yet, because their identity provider confirmed none.
#[cfg(feature = "ssr")]
fn lacks_address() -> bool {
    crate::context::visit().member.is_some_and(|member| member.address.is_none())
}

/// Sends a code to the email address that the caller wants to use.
///
/// # Errors
/// `Invalid` when the address is wrong; `SlowDown` after too many codes.
#[server(prefix = "/api", endpoint = "members/address")]
pub async fn address(
    #[server(default)] address: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let page = address_path(&next);
    let call = Call::from(page.clone()).with_draft("members/address", fields([("address", &address)]));
    let result = async {
        let address = input::check_address(&address)?;
        Ok(members::ask_address(&call.store, call.actor(), address).await?)
    }
    .await;
    call.respond(result, |()| (page, None)).await
}

/// Confirms the caller's new email address with the code that was sent to it.
///
/// # Errors
/// `Refused` when the code is wrong or has expired.
#[server(prefix = "/api", endpoint = "members/confirm_address")]
pub async fn confirm_address(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let call = Call::from(address_path(&next));
    let result = members::prove_address(&call.store, call.actor(), &code).await.map_err(AppError::from);
    let next = if next.is_empty() { "/profile".to_owned() } else { safe_next(&next) };
    call.respond(result, |()| (next, Some(Flash::success("flash-address-proved")))).await
}

/// Responds to a form of the profile: returns to its tab or section.
#[cfg(feature = "ssr")]
async fn respond_at(call: Call, result: Result<(), AppError>, at: &'static str) -> Result<(), AppError> {
    call.respond(result, |()| (at.to_owned(), Some(Flash::success("flash-profile-saved")))).await
}

/// Saves the tab "Profile": all fields, and who sees them.
///
/// # Errors
/// `Invalid` when a field is wrong.
#[server(prefix = "/api", endpoint = "members/details")]
pub async fn details(#[server(flatten)] form: DetailsForm) -> Result<(), AppError> {
    let call = Call::from(section_path("details")).with_draft("members/details", details_fields(&form));
    let result = async { Ok(members::save_details(&call.store, call.actor(), form.check()?).await?) }.await;
    respond_at(call, result, "/profile").await
}

/// Saves topics, each as `topic:level`, and who sees them.
///
/// # Errors
/// `Invalid` for an unknown topic or level.
#[server(prefix = "/api", endpoint = "members/topics")]
pub async fn topics(
    #[server(default)] topics: Vec<String>,
    #[server(default)] visible_to: Vec<String>,
) -> Result<(), AppError> {
    let typed = fields([("topics", &topics.join(" ")), ("visible_to", &visible_to.join(" "))]);
    let call = Call::from(section_path("topics")).with_draft("members/topics", typed);
    let result = async {
        let topics = check_topics(&topics)?;
        Ok(members::save_topics(&call.store, call.actor(), topics, visible_to).await?)
    }
    .await;
    respond_at(call, result, "/profile/topics").await
}

/// Saves who may see each part of the profile, as `part:audience`.
///
/// # Errors
/// `Invalid` for an unknown part or audience.
#[server(prefix = "/api", endpoint = "members/visibility")]
pub async fn visibility(#[server(default)] visible_to: Vec<String>) -> Result<(), AppError> {
    let call = Call::from(section_path("visibility"))
        .with_draft("members/visibility", fields([("visible_to", &visible_to.join(" "))]));
    let result =
        members::save_visibility(&call.store, call.actor(), visible_to).await.map_err(AppError::from);
    respond_at(call, result, "/profile/privacy").await
}

/// Adds a link to the profile.
///
/// # Errors
/// `Invalid` when it is not a web address, is there already, or is one link too many.
#[server(prefix = "/api", endpoint = "members/add_link")]
pub async fn add_link(#[server(default)] url: String) -> Result<(), AppError> {
    let call = Call::from(section_path("links")).with_draft("members/links", fields([("url", &url)]));
    let result = async {
        let url = check_link(&url)?;
        Ok(members::add_link(&call.store, call.actor(), url).await?)
    }
    .await;
    respond_at(call, result, "/profile#links").await
}

/// Removes a link from the profile.
///
/// # Errors
/// `NotFound` when the caller has no such link.
#[server(prefix = "/api", endpoint = "members/remove_link")]
pub async fn remove_link(#[server(default)] link: String) -> Result<(), AppError> {
    let call = Call::from("/profile");
    let result = async {
        let link = link.parse().map_err(|_| AppError::NotFound)?;
        Ok(members::remove_link(&call.store, call.actor(), link).await?)
    }
    .await;
    respond_at(call, result, "/profile#links").await
}

/// Removes the profile picture.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "members/remove_picture")]
pub async fn remove_picture() -> Result<(), AppError> {
    let call = Call::from("/profile");
    let result = members::remove_picture(&call.store, call.actor()).await.map_err(AppError::from);
    respond_at(call, result, "/profile#picture").await
}

/// Signs out one of the caller's devices.
///
/// # Errors
/// `NotFound` when the caller has no such session.
#[server(prefix = "/api", endpoint = "members/sign_out_device")]
pub async fn sign_out_device(#[server(default)] session: String) -> Result<(), AppError> {
    let call = Call::from("/profile/devices");
    let result = async {
        let id = session.parse().map(SignInSessionId).map_err(|_| AppError::NotFound)?;
        Ok(members::end_session(&call.store, call.actor(), id).await?)
    }
    .await;
    call.respond(result, |()| ("/profile/devices".to_owned(), Some(Flash::success("flash-session-ended"))))
        .await
}

/// Signs out all of the caller's devices except this one.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "members/sign_out_other_devices")]
pub async fn sign_out_other_devices() -> Result<(), AppError> {
    let call = Call::from("/profile/devices");
    let result = members::end_other_sessions(&call.store, call.actor()).await.map_err(AppError::from);
    call.respond(result, |()| ("/profile/devices".to_owned(), Some(Flash::success("flash-sessions-ended"))))
        .await
}

/// Creates the caller's private calendar feed, which replaces an older one. Its address is shown only once.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "members/create_feed")]
pub async fn create_feed() -> Result<(), AppError> {
    let call = Call::from("/profile/calendar");
    let result = feeds::make(&call.store, call.actor()).await.map_err(AppError::from);
    let flash = |token: &String| ("/profile/calendar".to_owned(), Some(Flash::Feed { token: token.clone() }));
    call.respond(result, flash).await.map(drop)
}

/// Ends the caller's private calendar feed.
///
/// # Errors
/// `SignIn` when nobody is signed in.
#[server(prefix = "/api", endpoint = "members/end_feed")]
pub async fn end_feed() -> Result<(), AppError> {
    let call = Call::from("/profile/calendar");
    let result = feeds::revoke(&call.store, call.actor()).await.map_err(AppError::from);
    call.respond(result, |()| ("/profile/calendar".to_owned(), Some(Flash::success("flash-feed-ended"))))
        .await
}
