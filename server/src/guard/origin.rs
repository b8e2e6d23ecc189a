//! The origin guard: what changes something comes from our own pages, as a small form.
//!
//! Server functions check none of this themselves. Bodies are read whole here, so that nothing behind it
//! waits for a slow sender or meets a stream without an end.

use std::time::Duration;

use app::error::AppError;
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Refusal,
    doors::{ONE_CLICK, PICTURE},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use tokio::time::timeout;

use super::host::own_host;
use crate::{config::PublicUrl, errors::Fail, state::State};

/// The largest form.
pub const MOST: usize = 64 * 1024;
/// How long a form may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);
const FORM: &str = "application/x-www-form-urlencoded";
/// The largest form with a picture, which is the one form that comes in parts.
const MOST_PICTURE: usize = 5 * 1024 * 1024 + MOST;
/// How long that may take: less than an answer may.
const PICTURE_ARRIVAL: Duration = Duration::from_secs(18);
const PARTS: &str = "multipart/form-data";
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// The middleware.
pub async fn guard(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    if state.guards.origin {
        keep_own_referer(&state, request.headers_mut());
    }
    match *request.method() {
        Method::GET | Method::HEAD => return next.run(request).await,
        Method::POST => {}
        _ => return Fail::wrong_method().into_response(),
    }
    if is_one_click(&request) {
        return match whole(request, MOST, ARRIVAL).await {
            Ok(request) => next.run(request).await,
            Err(fail) => fail.into_response(),
        };
    }
    if state.guards.origin && !is_own(&state, request.headers()) {
        tracing::info!("refused a post from another site");
        return Fail::from(Refusal::ForeignOrigin).into_response();
    }
    if !state.guards.form {
        return next.run(request).await;
    }
    match small_form(request).await {
        Ok(request) => next.run(request).await,
        Err(fail) => fail.into_response(),
    }
}

/// Whether it is for the one door that opens to posts from anywhere, in whatever form a mail program sends
/// its two words (RFC 8058).
fn is_one_click(request: &Request) -> bool {
    request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == ONE_CLICK)
}

/// Whether the browser says that a page of ours sent this. Browsers say it in `Sec-Fetch-Site`, which no
/// script can set; older ones, and those that sign in over plain http, in `Origin`. A request that says
/// neither comes from no browser: such clients name our origin themselves.
fn is_own(state: &State, headers: &HeaderMap) -> bool {
    let site = headers.get(SEC_FETCH_SITE);
    let origin = headers.get(header::ORIGIN);
    let site_fits = site.is_none_or(|site| site == "same-origin");
    let origin_fits =
        origin.is_none_or(|origin| origin.to_str().is_ok_and(|origin| is_own_origin(state, headers, origin)));
    (site.is_some() || origin.is_some()) && site_fits && origin_fits
}

fn is_own_origin(state: &State, headers: &HeaderMap, origin: &str) -> bool {
    let Ok(origin) = origin.parse::<PublicUrl>() else { return false };
    // The host guard has let only our own names through.
    let here = own_host(state, headers).and_then(|host| format!("http://{host}").parse().ok());
    origin == state.public_url || (!state.public_url.is_https() && Some(origin) == here)
}

/// Forms without scripts are led back to their referer: only our own pages may be it.
fn keep_own_referer(state: &State, headers: &mut HeaderMap) {
    let own = headers.get(header::REFERER).is_some_and(|referer| own_path(state, headers, referer).is_some());
    if !own {
        headers.remove(header::REFERER);
    }
}

fn own_path(state: &State, headers: &HeaderMap, referer: &HeaderValue) -> Option<String> {
    let uri = referer.to_str().ok()?.parse::<http::Uri>().ok()?;
    let origin = format!("{}://{}", uri.scheme_str()?, uri.authority()?);
    is_own_origin(state, headers, &origin).then(|| uri.path_and_query().map(ToString::to_string)).flatten()
}

/// The path of the page of ours that a form was on.
#[must_use]
pub fn referring_path(state: &State, headers: &HeaderMap) -> Option<String> {
    own_path(state, headers, headers.get(header::REFERER)?)
}

/// Reads the whole form.
async fn small_form(request: Request) -> Result<Request, Fail> {
    let picture = request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == PICTURE);
    let (kind, most, arrival) =
        if picture { (PARTS, MOST_PICTURE, PICTURE_ARRIVAL) } else { (FORM, MOST, ARRIVAL) };
    if !is_form(request.headers(), kind) {
        return Err(Fail::Plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("Send the form as {kind}.\n")));
    }
    whole(request, most, arrival).await
}

/// Reads the whole body.
async fn whole(request: Request, most: usize, arrival: Duration) -> Result<Request, Fail> {
    if content_length(request.headers()).is_some_and(|length| length > most as u64) {
        return Err(too_large(most).into());
    }
    let (parts, body) = request.into_parts();
    match timeout(arrival, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(error)) if is_limit(&error) => Err(too_large(most).into()),
        Ok(Err(_)) => {
            Err(Fail::Plain(StatusCode::BAD_REQUEST, "The form broke off; send it again.\n".to_owned()))
        }
        Err(_) => Err(Fail::Plain(
            StatusCode::REQUEST_TIMEOUT,
            "The form came too slowly; send it again.\n".to_owned(),
        )),
    }
}

/// What is said to a form of more bytes than these.
#[must_use]
pub fn too_large(most: usize) -> AppError {
    AppError::TooLarge { most: u32::try_from(most / 1024).unwrap_or(u32::MAX) }
}

fn is_form(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
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
