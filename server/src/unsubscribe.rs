//! `/unsubscribe/{token}`: turns off emails like the one that contains the link (C8). It works without signing
//! in. Opening the page changes nothing. Its button does, and so does a post from a mail program (RFC 8058),
//! so this is the only route that accepts forms from any origin. The signed link is the proof, and it only
//! works for this.

use app::{
    context::Visit,
    emails::{Unsubscribe, no_invitations_page, unsubscribe_page},
    error::AppError,
};
use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Path, Query, State as Shared},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    GroupId, MemberId,
    emails::{Delivery, EmailCategory},
    links::Link,
};
use http::{HeaderValue, header};
use serde::Deserialize;
use store::{preferences, recipients};

use crate::{errors::Fail, state::State};

pub(crate) fn routes() -> Router<State> {
    Router::new().route("/unsubscribe/{token}", get(show).post(act))
}

/// The query of the page: how emails were delivered before, so that the page can offer to undo.
#[derive(Deserialize)]
struct Before {
    #[serde(default)]
    was: String,
}

/// The emails that a link turns off.
enum Subscription {
    /// Emails of a category to a member, for one group or for all.
    EmailCategory(MemberId, Option<GroupId>, EmailCategory),
    /// Invitations to the address with this hash.
    Invitations(String),
}

fn read(state: &State, token: &str) -> Result<Subscription, Fail> {
    match state.links.read(token) {
        Some(Link::Unsubscribe { member, group, category }) => {
            Ok(Subscription::EmailCategory(member, group, category))
        }
        Some(Link::NoInvitations(hash)) => Ok(Subscription::Invitations(hash)),
        Some(
            Link::Seat(_)
            | Link::Proposal(..)
            | Link::CheckIn(_)
            | Link::StandingRsvp(_)
            | Link::KudosScreen
            | Link::RoomScreen { .. },
        )
        | None => Err(AppError::NotFound.into()),
    }
}

async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    Query(before): Query<Before>,
) -> Result<Response, Fail> {
    let (member, group, category) = match read(&state, &token)? {
        Subscription::EmailCategory(member, group, category) => (member, group, category),
        Subscription::Invitations(hash) => {
            let ended = recipients::has_opted_out(&state.store, &hash).await?;
            return Ok(private(no_invitations_page(&visit, ended)));
        }
    };
    let now = preferences::subscription(&state.store, member, group, category).await?;
    let ended = now.delivery == Delivery::Off;
    let was = before.was.parse().ok().filter(|was| *was != Delivery::Off && category.choices().contains(was));
    let page = Unsubscribe { category, group: now.group, ended, was: was.unwrap_or(Delivery::Now) };
    Ok(private(unsubscribe_page(&visit, &page)))
}

fn private(page: String) -> Response {
    let mut response = Html(page).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The path is secret, so it must not be in a `Referer`.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}

async fn act(Shared(state): Shared<State>, Path(token): Path<String>, body: Bytes) -> Result<Response, Fail> {
    let (member, group, category) = match read(&state, &token)? {
        Subscription::EmailCategory(member, group, category) => (member, group, category),
        Subscription::Invitations(hash) => return set_invitations(&state, &token, &hash, &body).await,
    };
    let wanted = wanted(&body, category);
    let before = preferences::subscribe(&state.store, member, group, category, wanted).await?;
    if from_page(&body) {
        let page = format!("/unsubscribe/{token}");
        let to = if wanted == Delivery::Off && before != Delivery::Off {
            format!("{page}?was={}", before.name())
        } else {
            page
        };
        return Ok(Redirect::to(&to).into_response());
    }
    Ok(unsubscribed())
}

/// The response for mail programs, which don't follow redirects.
fn unsubscribed() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "Unsubscribed.\n").into_response()
}

/// Turns off invitations to an address, or allows them again.
async fn set_invitations(state: &State, token: &str, hash: &str, body: &[u8]) -> Result<Response, Fail> {
    let back = form_urlencoded::parse(body).any(|(name, _)| name == "back");
    recipients::opt_out(&state.store, hash, !back).await?;
    let to = format!("/unsubscribe/{token}");
    Ok(if from_page(body) { Redirect::to(&to).into_response() } else { unsubscribed() })
}

/// The delivery that the page's form asks for. Its second button turns emails on again.
fn wanted(body: &[u8], category: EmailCategory) -> Delivery {
    let back = form_urlencoded::parse(body).find(|(name, _)| name == "back");
    let back = back.and_then(|(_, value)| value.parse().ok());
    back.filter(|back| category.choices().contains(back)).unwrap_or(Delivery::Off)
}

/// Whether the page's own form sent the request, and not a mail program.
fn from_page(body: &[u8]) -> bool {
    form_urlencoded::parse(body).any(|(name, _)| name == "back" || name == "page")
}
