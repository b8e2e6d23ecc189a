//! What forms about members do: who, verb, done.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::Call,
        flash::Flash,
        members::{
            address_page::address_path,
            pages::profile_fields,
            sections::{fields, typed_at},
        },
    },
    domain::{
        SignInSessionId,
        members::{self as said, check_languages, check_link, check_topics},
        next::{safe_next, with_next},
    },
    store::{feeds, members},
};

/// Saves what a member says about themself. `next` is where a newcomer goes on to.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/profile")]
pub async fn profile(
    #[server(default)] name: String,
    #[server(default)] zone: String,
    #[server(default)] locale: String,
    #[server(default)] headline: String,
    #[server(default)] disciplines: Vec<String>,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let welcome = !next.is_empty();
    let next = if welcome { safe_next(&next) } else { "/profile".to_owned() };
    let back = if welcome { with_next("/welcome", &next) } else { typed_at("profile") };
    let next = if welcome && lacks_address() { address_path(&next) } else { next };
    let typed = profile_fields(&name, &zone, &locale, &headline, &disciplines);
    let call = Call::from(back).keeping("members/profile", typed);
    let done = async {
        let profile = domain::members::ProfileInput::check(&name, &zone, &locale, &headline, &disciplines)?;
        Ok(members::save_profile(&call.store, call.actor(), profile).await?)
    }
    .await;
    let key = if welcome { "said-welcome" } else { "said-profile-saved" };
    call.answer(done, |()| (next, Some(Flash::said(key)))).await
}

/// Whether the caller has no email address yet: their identity provider vouched for none.
#[cfg(feature = "ssr")]
fn lacks_address() -> bool {
    crate::context::visit().member.is_some_and(|member| member.address.is_none())
}

/// Sends a code to an address that the caller says is theirs.
///
/// # Errors
/// What is wrong with the address, or why not.
#[server(prefix = "/api", endpoint = "members/address")]
pub async fn address(
    #[server(default)] address: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let page = address_path(&next);
    let call = Call::from(page.clone()).keeping("members/address", fields([("address", &address)]));
    let done = async {
        let address = said::check_address(&address)?;
        Ok(members::ask_address(&call.store, call.actor(), address).await?)
    }
    .await;
    call.answer(done, |()| (page, None)).await
}

/// Makes an address the caller's, by the code that was sent there.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/confirm_address")]
pub async fn confirm_address(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let call = Call::from(address_path(&next));
    let done = members::prove_address(&call.store, call.actor(), &code).await.map_err(AppError::from);
    let next = if next.is_empty() { "/profile".to_owned() } else { safe_next(&next) };
    call.answer(done, |()| (next, Some(Flash::said("said-address-proved")))).await
}

/// A form of the profile that returns to its section when it was saved.
#[cfg(feature = "ssr")]
async fn section(call: Call, done: Result<(), AppError>, at: &'static str) -> Result<(), AppError> {
    call.answer(done, |()| (format!("/profile#{at}"), Some(Flash::said("said-profile-saved")))).await
}

/// Saves pronouns and bio.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/about")]
pub async fn about(
    #[server(default)] pronouns: String,
    #[server(default)] bio: String,
) -> Result<(), AppError> {
    let typed = fields([("pronouns", &pronouns), ("bio", &bio)]);
    let call = Call::from(typed_at("about")).keeping("members/about", typed);
    let done = async {
        let about = said::About::check(&pronouns, &bio)?;
        Ok(members::save_about(&call.store, call.actor(), about).await?)
    }
    .await;
    section(call, done, "about").await
}

/// Saves team, line manager and seniority.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/work")]
pub async fn work(
    #[server(default)] team: String,
    #[server(default)] manager: String,
    #[server(default)] seniority: String,
) -> Result<(), AppError> {
    let typed = fields([("team", &team), ("manager", &manager), ("seniority", &seniority)]);
    let call = Call::from(typed_at("work")).keeping("members/work", typed);
    let done = async {
        let work = said::Work::check(&team, &manager, &seniority)?;
        Ok(members::save_work(&call.store, call.actor(), work).await?)
    }
    .await;
    section(call, done, "work").await
}

/// Saves topics, each as `topic:level`.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/topics")]
pub async fn topics(#[server(default)] topics: Vec<String>) -> Result<(), AppError> {
    let call =
        Call::from(typed_at("topics")).keeping("members/topics", fields([("topics", &topics.join(" "))]));
    let done = async {
        let topics = check_topics(&topics)?;
        Ok(members::save_topics(&call.store, call.actor(), topics).await?)
    }
    .await;
    section(call, done, "topics").await
}

/// Saves languages by their tags.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/languages")]
pub async fn languages(#[server(default)] languages: Vec<String>) -> Result<(), AppError> {
    let typed = fields([("languages", &languages.join(" "))]);
    let call = Call::from(typed_at("languages")).keeping("members/languages", typed);
    let done = async {
        let languages = check_languages(&languages)?;
        Ok(members::save_languages(&call.store, call.actor(), languages).await?)
    }
    .await;
    section(call, done, "languages").await
}

/// Saves who sees what, each as `part:audience`.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/visibility")]
pub async fn visibility(#[server(default)] see: Vec<String>) -> Result<(), AppError> {
    let call = Call::from(typed_at("see")).keeping("members/see", fields([("see", &see.join(" "))]));
    let done = members::save_visibility(&call.store, call.actor(), see).await.map_err(AppError::from);
    section(call, done, "see").await
}

/// Adds a link.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/add_link")]
pub async fn add_link(#[server(default)] url: String) -> Result<(), AppError> {
    let call = Call::from(typed_at("links")).keeping("members/links", fields([("url", &url)]));
    let done = async {
        let url = check_link(&url)?;
        Ok(members::add_link(&call.store, call.actor(), url).await?)
    }
    .await;
    section(call, done, "links").await
}

/// Takes a link away.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/remove_link")]
pub async fn remove_link(#[server(default)] link: String) -> Result<(), AppError> {
    let call = Call::from("/profile");
    let done = async {
        let link = link.parse().map_err(|_| AppError::NotFound)?;
        Ok(members::remove_link(&call.store, call.actor(), link).await?)
    }
    .await;
    section(call, done, "links").await
}

/// Takes the picture away.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/remove_picture")]
pub async fn remove_picture() -> Result<(), AppError> {
    let call = Call::from("/profile");
    let done = members::remove_picture(&call.store, call.actor()).await.map_err(AppError::from);
    section(call, done, "picture").await
}

/// Signs one browser out.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/sign_out_device")]
pub async fn sign_out_device(#[server(default)] session: String) -> Result<(), AppError> {
    let call = Call::from("/profile/devices");
    let done = async {
        let id = session.parse().map(SignInSessionId).map_err(|_| AppError::NotFound)?;
        Ok(members::end_session(&call.store, call.actor(), id).await?)
    }
    .await;
    call.answer(done, |()| ("/profile/devices".to_owned(), Some(Flash::said("said-session-ended")))).await
}

/// Signs every browser out but this one.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/sign_out_other_devices")]
pub async fn sign_out_other_devices() -> Result<(), AppError> {
    let call = Call::from("/profile/devices");
    let done = members::end_other_sessions(&call.store, call.actor()).await.map_err(AppError::from);
    call.answer(done, |()| ("/profile/devices".to_owned(), Some(Flash::said("said-sessions-ended")))).await
}

/// Makes the caller's private calendar feed; an older one ends. Its address is said once.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/create_feed")]
pub async fn create_feed() -> Result<(), AppError> {
    let call = Call::from("/profile/calendar");
    let done = feeds::make(&call.store, call.actor()).await.map_err(AppError::from);
    let said = |token: &String| ("/profile/calendar".to_owned(), Some(Flash::Feed { token: token.clone() }));
    call.answer(done, said).await.map(drop)
}

/// Ends the caller's private calendar feed.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/end_feed")]
pub async fn end_feed() -> Result<(), AppError> {
    let call = Call::from("/profile/calendar");
    let done = feeds::revoke(&call.store, call.actor()).await.map_err(AppError::from);
    call.answer(done, |()| ("/profile/calendar".to_owned(), Some(Flash::said("said-feed-ended")))).await
}
