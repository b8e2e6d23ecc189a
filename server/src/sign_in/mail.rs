//! Sign-in by mail: ask for a link and a code, then use either in the same browser.

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
use store::{StoreError, sign_in};

use super::asking::Asking;

/// The form of `/sign-in`.
#[derive(Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    address: String,
    #[serde(default)]
    next: String,
}

/// Sends a link and a code. The answer is the same whether or not somebody has that address.
pub(super) async fn ask(asking: Asking, Form(form): Form<AskForm>) -> Response {
    let back = with_next("/sign-in", &form.next);
    let address = match check_address(&form.address) {
        Ok(address) => address,
        Err(problems) => {
            let fields = Fields::from([("address".to_owned(), form.address)]);
            return asking.try_again("sign_in", &Draft { fields, problems }, &back).await;
        }
    };
    let next = safe_next(&form.next);
    let (locale, zone) = (asking.visit.locale, asking.visit.zone);
    let (asker, browser) = (asking.asker(&address), asking.token().to_owned());
    let ask = sign_in::EmailRequest { address, browser, asker, next: next.clone(), locale, zone };
    match sign_in::request_email(&asking.store, ask).await {
        Ok(()) => {
            asking.forget("sign_in").await;
            asking.on_to(&with_next("/sign-in/code", &next))
        }
        Err(fault) => asking.failed(fault, &back),
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
pub(super) async fn code(asking: Asking, Form(form): Form<CodeForm>) -> Response {
    match sign_in::by_code(&asking.store, &form.code, asking.browser()).await {
        Ok(opened) => asking.signed_in(&opened, None).await,
        // The link was opened in another tab meanwhile.
        Err(StoreError::Refused(Refusal::SignInExpired)) if asking.is_signed_in() => asking.to(&form.next),
        Err(fault) => {
            let another_try = matches!(fault, StoreError::Refused(Refusal::CodeWrong { .. }));
            let back = if another_try { "/sign-in/code" } else { "/sign-in" };
            asking.failed(fault, &with_next(back, &form.next))
        }
    }
}

/// The page behind a link. Reading it changes nothing: mail scanners read links too.
pub(super) async fn link(asking: Asking, Path(secret): Path<String>) -> Response {
    let state = match sign_in::link_state(&asking.store, &secret, asking.token()).await {
        Ok(()) => LinkState::Ready,
        Err(StoreError::Refused(Refusal::OtherBrowser)) => LinkState::OtherBrowser,
        Err(StoreError::Refused(Refusal::SignInExpired)) if asking.is_signed_in() => LinkState::SignedIn,
        Err(StoreError::Refused(_) | StoreError::NotFound) => LinkState::Expired,
        Err(fault) => return asking.failed(fault, "/sign-in"),
    };
    page(&asking, state)
}

/// Signs in with the link, in the browser that asked.
pub(super) async fn use_link(asking: Asking, Path(secret): Path<String>) -> Response {
    match sign_in::by_link(&asking.store, &secret, asking.browser()).await {
        Ok(opened) => asking.signed_in(&opened, None).await,
        // The code was typed in another tab meanwhile.
        Err(StoreError::Refused(Refusal::SignInExpired)) if asking.is_signed_in() => asking.to("/"),
        Err(StoreError::Refused(Refusal::OtherBrowser)) => page(&asking, LinkState::OtherBrowser),
        Err(fault) => asking.failed(fault, "/sign-in"),
    }
}

fn page(asking: &Asking, state: LinkState) -> Response {
    let mut response = Html(link_page(&asking.visit, state)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Keeps the path, which is a secret, out of every Referer. `no-referrer` would also blank the
    // Origin of the form, and the guard would take it for another site's.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}
