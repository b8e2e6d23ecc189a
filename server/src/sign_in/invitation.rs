//! Asking for an invitation, and the link of one: a page with one button, which makes the account and signs in.
//! Why the link works in every browser is told in `store/src/sign_in/by_invitation.rs`.

use app::members::invitation_pages::{AcceptState, REQUEST_FORM, accept_page};
use axum::{
    Form,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{
    Refusal,
    forms::{Draft, Fields},
    invitations::RequestForm,
};
use serde::Deserialize;
use store::{StoreError, admin, sign_in};

use super::asking::Asking;

/// The form of `/request-invitation`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RequestFields {
    name: String,
    address: String,
    reason: String,
}

/// Asks for an invitation. The answer is the same whether or not somebody has that address.
pub(super) async fn request(asking: Asking, Form(typed): Form<RequestFields>) -> Response {
    let page = "/request-invitation";
    let form = match RequestForm::check(&typed.name, &typed.address, &typed.reason) {
        Ok(form) => form,
        Err(problems) => {
            let fields: Fields = [("name", typed.name), ("address", typed.address), ("reason", typed.reason)]
                .map(|(field, text)| (field.to_owned(), text))
                .into();
            return asking.try_again(REQUEST_FORM, &Draft { fields, problems }, page).await;
        }
    };
    let visit = &asking.visit;
    match admin::request(&asking.store, form, visit.locale, visit.zone).await {
        Ok(()) => {
            asking.forget(REQUEST_FORM).await;
            asking.on_to("/request-invitation?sent=1")
        }
        Err(fault) => asking.failed(fault, page),
    }
}

/// The page behind the link. Reading it changes nothing: mail scanners read links too.
pub(super) async fn show(asking: Asking, Path(secret): Path<String>) -> Response {
    if let Some(state) = signed_in(&asking) {
        return page(&asking, state);
    }
    match sign_in::invitation(&asking.store, &secret).await {
        Ok(invited) => page(&asking, AcceptState::Ready { address: invited.address, group: invited.group }),
        Err(StoreError::Refused(why)) => page(&asking, AcceptState::Over(why)),
        Err(fault) => asking.failed(fault, "/sign-in"),
    }
}

/// Accepts the invitation.
pub(super) async fn accept(asking: Asking, Path(secret): Path<String>) -> Response {
    if let Some(state) = signed_in(&asking) {
        return page(&asking, state);
    }
    let (locale, zone) = (asking.visit.locale, asking.visit.zone);
    match sign_in::by_invitation(&asking.store, &secret, asking.browser(), locale, zone).await {
        Ok(opened) => asking.signed_in(&opened, None).await,
        Err(StoreError::Refused(why)) => page(&asking, AcceptState::Over(why)),
        Err(fault) => asking.failed(fault, "/sign-in"),
    }
}

/// Somebody who is signed in would leave their account for a new one without noticing.
fn signed_in(asking: &Asking) -> Option<AcceptState> {
    let member = asking.visit.member.as_ref()?;
    let name = if member.name.is_empty() { asking.visit.tr("member-nameless") } else { member.name.clone() };
    Some(AcceptState::SignedIn(name))
}

fn page(asking: &Asking, state: AcceptState) -> Response {
    let status = match &state {
        AcceptState::Over(Refusal::InviteOnly) => StatusCode::FORBIDDEN,
        AcceptState::Over(_) => StatusCode::GONE,
        AcceptState::Ready { .. } | AcceptState::SignedIn(_) => StatusCode::OK,
    };
    let mut response = (status, Html(accept_page(&asking.visit, state))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Keeps the path, which is a secret, out of every Referer.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}
