//! Requests for an invitation, and the page behind an invitation's link. Its button creates the account and
//! signs in. `store/src/sign_in/by_invitation.rs` explains why the link works in any browser.

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

use super::request::SignInRequest;

/// The form of `/request-invitation`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RequestFields {
    name: String,
    address: String,
    reason: String,
}

/// Requests an invitation. The response doesn't reveal whether the address belongs to a member.
pub(super) async fn request_invitation(
    request: SignInRequest,
    Form(fields): Form<RequestFields>,
) -> Response {
    let page = "/request-invitation";
    let form = match RequestForm::check(&fields.name, &fields.address, &fields.reason) {
        Ok(form) => form,
        Err(problems) => {
            let fields: Fields =
                [("name", fields.name), ("address", fields.address), ("reason", fields.reason)]
                    .map(|(field, text)| (field.to_owned(), text))
                    .into();
            return request.back_with_draft(REQUEST_FORM, &Draft { fields, problems }, page).await;
        }
    };
    let visit = &request.visit;
    match admin::request(&request.store, form, visit.locale, visit.zone).await {
        Ok(()) => {
            request.discard_draft(REQUEST_FORM).await;
            request.redirect_with_cookie("/request-invitation?sent=1")
        }
        Err(error) => request.failed(error, page),
    }
}

/// The page behind the link. Opening it changes nothing, because mail scanners open links too.
pub(super) async fn show(request: SignInRequest, Path(secret): Path<String>) -> Response {
    if let Some(state) = signed_in(&request) {
        return page(&request, state);
    }
    match sign_in::invitation(&request.store, &secret).await {
        Ok(invited) => page(&request, AcceptState::Ready { address: invited.address, group: invited.group }),
        Err(StoreError::Refused(refusal)) => page(&request, AcceptState::Over(refusal)),
        Err(error) => request.failed(error, "/sign-in"),
    }
}

/// Accepts the invitation.
pub(super) async fn accept(request: SignInRequest, Path(secret): Path<String>) -> Response {
    if let Some(state) = signed_in(&request) {
        return page(&request, state);
    }
    let (locale, zone) = (request.visit.locale, request.visit.zone);
    match sign_in::by_invitation(&request.store, &secret, request.browser(), locale, zone).await {
        Ok(session) => request.signed_in(&session, None).await,
        Err(StoreError::Refused(refusal)) => page(&request, AcceptState::Over(refusal)),
        Err(error) => request.failed(error, "/sign-in"),
    }
}

/// The page for a member who is signed in. Accepting would switch to a new account without notice.
fn signed_in(request: &SignInRequest) -> Option<AcceptState> {
    let member = request.visit.member.as_ref()?;
    let name = if member.name.is_empty() { request.visit.tr("member-nameless") } else { member.name.clone() };
    Some(AcceptState::SignedIn(name))
}

fn page(request: &SignInRequest, state: AcceptState) -> Response {
    let status = match &state {
        AcceptState::Over(Refusal::InviteOnly) => StatusCode::FORBIDDEN,
        AcceptState::Over(_) => StatusCode::GONE,
        AcceptState::Ready { .. } | AcceptState::SignedIn(_) => StatusCode::OK,
    };
    let mut response = (status, Html(accept_page(&request.visit, state))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The path is secret, so it must not be in a `Referer`.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}
