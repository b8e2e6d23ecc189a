//! The body guard: a posted body has to be a small, well-formed form. It runs after every guard that decides
//! from the headers alone, so a body is only read if its sender is allowed to send one.
//!
//! Forms are read into memory here, so that no later handler waits for a slow sender or gets an endless
//! stream. Forms with files are the exception: their handlers receive them with [`crate::upload`].

use std::time::Duration;

use app::routes::{COVER, GROUP_COVER, LOGO, ONE_CLICK, PICTURE, SIGN_UP_FILE, SLIDES};
use app::{context::Visit, error::AppError};
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Refusal;
use futures::StreamExt as _;
use http::{HeaderMap, Method, StatusCode, header};
use tokio::time::timeout;

use super::form;
use crate::{errors::Fail, state::State};

/// The largest form that a member can send, in bytes.
pub const MAX: usize = 64 * 1024;
/// The largest form that a signed-out person can send, in bytes. They only need the sign-in forms.
const MAX_SIGNED_OUT: usize = 16 * 1024;
/// The largest form with a picture, in bytes.
pub(crate) const MAX_PICTURE: usize = 5 * 1024 * 1024 + MAX;
/// The largest form with slides, in bytes.
pub(crate) const MAX_SLIDES_FORM: usize = domain::sessions::MAX_SLIDES_BYTES + MAX;
/// The largest file with sign-ups for mentoring, in bytes. 2,000 rows, which is the most, are about half of it.
pub(crate) const MAX_SHEET: usize = 1024 * 1024;
/// The largest form with such a file, in bytes.
pub(crate) const MAX_SHEET_FORM: usize = MAX_SHEET + MAX;
/// The time in which a form has to arrive.
const RECEIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the body of a refused request is still read, so that the client gets the response before the
/// connection closes.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(2);
const FORM: &str = "application/x-www-form-urlencoded";
const FORM_WITH_FILES: &str = "multipart/form-data";

/// The middleware. It refuses bodies that are too large, too slow or not a well-formed form.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    match checked(&state, request).await {
        Ok(request) => next.run(request).await,
        Err(fail) => fail.into_response(),
    }
}

async fn checked(state: &State, request: Request) -> Result<Request, Fail> {
    if state.guards.form {
        form::check_address(request.uri())?;
    }
    if *request.method() != Method::POST {
        return Ok(request);
    }
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let (kind, max) = match path {
        // Mail programs choose the form encoding of `List-Unsubscribe=One-Click` themselves (RFC 8058).
        Some(ONE_CLICK) => return read(request, MAX_SIGNED_OUT).await,
        _ if !state.guards.form => return Ok(request),
        Some(PICTURE | COVER | GROUP_COVER | LOGO) => (FORM_WITH_FILES, MAX_PICTURE),
        Some(SLIDES) => (FORM_WITH_FILES, MAX_SLIDES_FORM),
        Some(SIGN_UP_FILE) => (FORM_WITH_FILES, MAX_SHEET_FORM),
        _ if is_member(&request) => (FORM, MAX),
        _ => (FORM, MAX_SIGNED_OUT),
    };
    if let Err(fail) = check_headers(request.headers(), kind, max) {
        discard(request).await;
        return Err(fail);
    }
    if kind == FORM_WITH_FILES {
        return Ok(request);
    }
    let (parts, body) = read(request, max).await?.into_parts();
    // The body is already in memory, so this doesn't wait.
    let bytes = to_bytes(body, max).await.map_err(|_| broken_off())?;
    form::check(&bytes)?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn is_member(request: &Request) -> bool {
    request.extensions().get::<Visit>().is_some_and(|visit| visit.actor.member().is_some())
}

fn check_headers(headers: &HeaderMap, kind: &str, max: usize) -> Result<(), Fail> {
    if !is_form(headers, kind) {
        let sentence = format!("Send the form as {kind}.\n");
        return Err(Fail::Plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
    }
    if content_length(headers).is_some_and(|length| length > max as u64) {
        return Err(too_large(max).into());
    }
    Ok(())
}

/// Reads the whole body into memory.
async fn read(request: Request, max: usize) -> Result<Request, Fail> {
    let (parts, body) = request.into_parts();
    match timeout(RECEIVE_TIMEOUT, to_bytes(body, max)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(error)) if is_limit(&error) => Err(too_large(max).into()),
        Ok(Err(_)) => Err(broken_off()),
        Err(_) => Err(too_slow()),
    }
}

/// Reads the body for a moment and drops it. If the connection closes while the client still sends, it is
/// reset, and the client may see the reset before the response.
pub(crate) async fn discard(request: Request) {
    if request.headers().contains_key(header::EXPECT) {
        // The client sends the body only after `100 Continue`.
        return;
    }
    let mut chunks = request.into_body().into_data_stream();
    let ended = async { while chunks.next().await.is_some_and(|chunk| chunk.is_ok()) {} };
    // A client that sends for longer may lose the response.
    _ = timeout(DISCARD_TIMEOUT, ended).await;
}

/// The error for a form of more than `max` bytes. It names the limit in KiB.
#[must_use]
pub fn too_large(max: usize) -> AppError {
    AppError::TooLarge { max: u32::try_from(max / 1024).unwrap_or(u32::MAX) }
}

/// The response (408) to a form that did not arrive in time.
pub(crate) fn too_slow() -> Fail {
    Fail::Plain(StatusCode::REQUEST_TIMEOUT, "The form arrived too slowly. Send it again.\n".to_owned())
}

/// The response (400) to a form that ended early.
pub(crate) fn broken_off() -> Fail {
    Fail::Plain(StatusCode::BAD_REQUEST, "The form was cut off. Send it again.\n".to_owned())
}

/// The response (422) to a form that is not properly encoded.
pub(super) fn malformed() -> Fail {
    AppError::field("", Refusal::BadChoice).into()
}

fn is_form(headers: &HeaderMap, wanted: &str) -> bool {
    let mut kinds = headers.get_all(header::CONTENT_TYPE).iter();
    let kind = kinds.next().and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let named = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted));
    named && kinds.next().is_none()
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_limit(error: &axum::Error) -> bool {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}
