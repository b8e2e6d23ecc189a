//! Sign-in by email: ask for a link and a code, then use either in the same browser.

use app::members::sign_in_pages::{LinkState, link_page};
use axum::{
    Form,
    extract::Path,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use domain::{
    Refusal,
    forms::{Draft, Fields},
    members::check_address,
    next::{safe_next, with_next},
};
use serde::Deserialize;
use store::{
    StoreError,
    sign_in::{self, LinkUse},
};

use super::request::SignInRequest;

/// The form of `/sign-in`.
#[derive(Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    address: String,
    #[serde(default)]
    next: String,
}

/// Sends a link and a code. The response doesn't reveal whether the address belongs to a member.
pub(super) async fn ask(request: SignInRequest, Form(form): Form<AskForm>) -> Response {
    let back = with_next("/sign-in", &form.next);
    let address = match check_address(&form.address) {
        Ok(address) => address,
        Err(problems) => {
            let fields = Fields::from([("address".to_owned(), form.address)]);
            return request.back_with_draft("sign_in", &Draft { fields, problems }, &back).await;
        }
    };
    let next = safe_next(&form.next);
    let (locale, zone) = (request.visit.locale, request.visit.zone);
    let (asker, browser) = (request.asker(&address), request.token().to_owned());
    let ask = sign_in::EmailRequest {
        address,
        browser,
        asker,
        next: next.clone(),
        locale,
        zone,
        registration: None,
    };
    match sign_in::request_email(&request.store, ask).await {
        Ok(()) => {
            request.discard_draft("sign_in").await;
            request.redirect_with_cookie(&with_next("/sign-in/code", &next))
        }
        Err(error) => request.failed(error, &back),
    }
}

/// The form of `/sign-in/code`.
#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// Signs in with the code that was typed.
pub(super) async fn code(request: SignInRequest, Form(form): Form<CodeForm>) -> Response {
    match sign_in::by_code(&request.store, &form.code, request.browser()).await {
        Ok(session) => request.signed_in(&session, None).await,
        // The link was already used in another tab.
        Err(StoreError::Refused(Refusal::SignInExpired)) if request.is_signed_in() => {
            request.redirect(&form.next)
        }
        Err(error) => {
            let another_try = matches!(error, StoreError::Refused(Refusal::CodeWrong { .. }));
            let back = if another_try { "/sign-in/code" } else { "/sign-in" };
            request.failed(error, &with_next(back, &form.next))
        }
    }
}

/// The page behind a link. Opening it changes nothing, because mail scanners open links too.
pub(super) async fn link(request: SignInRequest, Path(secret): Path<String>) -> Response {
    let state = match sign_in::link_use(&request.store, &secret, request.token()).await {
        Ok(LinkUse::SignsIn(None)) => LinkState::Ready,
        Ok(LinkUse::SignsIn(Some(event))) => LinkState::ReadyWithSeat(event),
        Ok(LinkUse::ConfirmsSeat(event)) => LinkState::SeatOnly(event),
        Err(StoreError::Refused(Refusal::OtherBrowser)) => LinkState::OtherBrowser,
        Err(StoreError::Refused(Refusal::SignInExpired)) if request.is_signed_in() => LinkState::SignedIn,
        Err(StoreError::Refused(_) | StoreError::NotFound) => LinkState::Expired,
        Err(error) => return request.failed(error, "/sign-in"),
    };
    page(&request, state)
}

/// Signs in with the link, in the browser that asked for it.
pub(super) async fn use_link(request: SignInRequest, Path(secret): Path<String>) -> Response {
    match sign_in::by_link(&request.store, &secret, request.browser()).await {
        Ok(session) => request.signed_in(&session, None).await,
        // The code was already used in another tab.
        Err(StoreError::Refused(Refusal::SignInExpired)) if request.is_signed_in() => request.redirect("/"),
        Err(StoreError::Refused(Refusal::OtherBrowser)) => elsewhere(&request, &secret).await,
        Err(error) => request.failed(error, "/sign-in"),
    }
}

/// Uses the link in another browser than the one that asked for it: it confirms a seat, if it is for one (A14).
async fn elsewhere(request: &SignInRequest, secret: &str) -> Response {
    match sign_in::link_use(&request.store, secret, request.token()).await {
        Ok(LinkUse::ConfirmsSeat(_)) => {}
        Ok(LinkUse::SignsIn(_)) | Err(StoreError::Refused(_)) => {
            return page(request, LinkState::OtherBrowser);
        }
        Err(error) => return request.failed(error, "/sign-in"),
    }
    match sign_in::confirm_seat(&request.store, secret).await {
        Ok(rsvp) => page(request, LinkState::SeatConfirmed(rsvp.state)),
        Err(StoreError::Refused(refusal)) => page(request, LinkState::SeatRefused(refusal)),
        Err(error) => request.failed(error, "/sign-in"),
    }
}

fn page(request: &SignInRequest, state: LinkState) -> Response {
    let mut response = Html(link_page(&request.visit, state)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The path is secret, so it must not be in a `Referer`. `no-referrer` would also make the browser send
    // `Origin: null` with the form, and the origin guard would refuse it.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}
