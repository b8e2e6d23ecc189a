//! The body guard: what is posted is a small, well-formed form. It stands behind every guard that decides
//! from the headers alone, so nobody's body is read who may not send one.
//!
//! Forms are read whole here, so that nothing behind the guard waits for a slow sender or meets an endless
//! stream. Forms with files are not: their handlers receive them with [`crate::upload`].

use std::time::Duration;

use app::routes::{ONE_CLICK, PICTURE};
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

/// The largest form of a member, in bytes.
pub const MAX: usize = 64 * 1024;
/// The largest form of anybody else, in bytes. Their forms are the ones of sign-in.
const MAX_OF_STRANGERS: usize = 16 * 1024;
/// The largest form with a picture.
pub(crate) const MAX_PICTURE: usize = 5 * 1024 * 1024 + MAX;
/// How long a form may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);
/// How long a refused sender is listened to, so that the answer is read before the connection closes.
const FAREWELL: Duration = Duration::from_secs(2);
const FORM: &str = "application/x-www-form-urlencoded";
const FORM_WITH_FILES: &str = "multipart/form-data";

/// The middleware.
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
    match path {
        // Mail programs send their two words in a form of their choice (RFC 8058).
        Some(ONE_CLICK) => read(request, MAX_OF_STRANGERS).await,
        _ if !state.guards.form => Ok(request),
        Some(PICTURE) => {
            check_headers(request.headers(), FORM_WITH_FILES, MAX_PICTURE)?;
            Ok(request)
        }
        _ => {
            let max = if is_member(&request) { MAX } else { MAX_OF_STRANGERS };
            check_headers(request.headers(), FORM, max)?;
            let (parts, body) = read(request, max).await?.into_parts();
            // It is in memory already.
            let bytes = to_bytes(body, max).await.map_err(|_| broken_off())?;
            form::check(&bytes)?;
            Ok(Request::from_parts(parts, Body::from(bytes)))
        }
    }
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
    match timeout(ARRIVAL, to_bytes(body, max)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(error)) if is_limit(&error) => Err(too_large(max).into()),
        Ok(Err(_)) => Err(broken_off()),
        Err(_) => Err(too_slow()),
    }
}

/// Reads on for a moment and keeps nothing. A connection that closes while its client still sends is
/// reset, and a reset can overtake the answer.
pub(crate) async fn discard(request: Request) {
    if request.headers().contains_key(header::EXPECT) {
        // The client waits to be asked for the body.
        return;
    }
    let mut chunks = request.into_body().into_data_stream();
    let ended = async { while chunks.next().await.is_some_and(|chunk| chunk.is_ok()) {} };
    // Who sends for longer may lose the answer.
    _ = timeout(FAREWELL, ended).await;
}

/// The form has more bytes than these.
#[must_use]
pub fn too_large(max: usize) -> AppError {
    AppError::TooLarge { max: u32::try_from(max / 1024).unwrap_or(u32::MAX) }
}

/// The form did not arrive in time.
pub(crate) fn too_slow() -> Fail {
    Fail::Plain(StatusCode::REQUEST_TIMEOUT, "The form arrived too slowly. Send it again.\n".to_owned())
}

/// The form ended early.
pub(crate) fn broken_off() -> Fail {
    Fail::Plain(StatusCode::BAD_REQUEST, "The form was cut off. Send it again.\n".to_owned())
}

/// The form is not written as forms are.
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
