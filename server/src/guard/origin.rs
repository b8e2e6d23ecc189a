//! The origin guard: requests that change something have to come from our own pages. Server functions don't
//! check this themselves.

use app::routes::ONE_CLICK;
use axum::{
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Refusal;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::host::own_host;
use crate::{config::PublicUrl, errors::Fail, state::State};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The middleware. It refuses methods other than GET, HEAD and POST with 405, and foreign posts.
pub async fn guard(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    if state.guards.origin {
        keep_own_referer(&state, request.headers_mut());
    }
    match *request.method() {
        Method::GET | Method::HEAD => return next.run(request).await,
        Method::POST => {}
        _ => return Fail::wrong_method().into_response(),
    }
    if state.guards.origin && !is_one_click(&request) && !is_own(&state, request.headers()) {
        tracing::info!("refused a form from another site");
        return Fail::from(Refusal::ForeignOrigin).into_response();
    }
    next.run(request).await
}

/// Whether this is the one-click unsubscribe route, the only one that accepts posts from anywhere (RFC 8058).
fn is_one_click(request: &Request) -> bool {
    request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == ONE_CLICK)
}

/// Whether one of our pages sent the request, according to the browser. Browsers send `Sec-Fetch-Site`, which
/// scripts can't set. Older browsers, and all browsers over plain http, send `Origin`. Requests with neither
/// header don't come from a browser and are refused: such clients have to send our origin.
/// A header that appears twice counts as foreign.
fn is_own(state: &State, headers: &HeaderMap) -> bool {
    let (Ok(site), Ok(origin)) = (single(headers, &SEC_FETCH_SITE), single(headers, &header::ORIGIN)) else {
        return false;
    };
    let site_fits = site.is_none_or(|site| site == "same-origin");
    let origin_fits =
        origin.is_none_or(|origin| origin.to_str().is_ok_and(|origin| is_own_origin(state, headers, origin)));
    (site.is_some() || origin.is_some()) && site_fits && origin_fits
}

/// The request has this header more than once.
struct Duplicate;

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a HeaderValue>, Duplicate> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    values.next().map_or(Ok(first), |_| Err(Duplicate))
}

fn is_own_origin(state: &State, headers: &HeaderMap, origin: &str) -> bool {
    let Ok(origin) = origin.parse::<PublicUrl>() else { return false };
    // The host guard has only admitted our own host names.
    let here = own_host(state, headers).and_then(|host| format!("http://{host}").parse().ok());
    origin == state.public_url || (!state.public_url.is_https() && Some(origin) == here)
}

/// Removes foreign `Referer` headers, because forms sent without scripts redirect back to their referer.
fn keep_own_referer(state: &State, headers: &mut HeaderMap) {
    let referer = single(headers, &header::REFERER).ok().flatten();
    let own = referer.is_some_and(|referer| own_path(state, headers, referer).is_some());
    if !own {
        headers.remove(header::REFERER);
    }
}

fn own_path(state: &State, headers: &HeaderMap, referer: &HeaderValue) -> Option<String> {
    let uri = referer.to_str().ok()?.parse::<http::Uri>().ok()?;
    let origin = format!("{}://{}", uri.scheme_str()?, uri.authority()?);
    is_own_origin(state, headers, &origin).then(|| uri.path_and_query().map(ToString::to_string)).flatten()
}

/// The path and query of our page that sent the form, from the `Referer`.
#[must_use]
pub fn referring_path(state: &State, headers: &HeaderMap) -> Option<String> {
    own_path(state, headers, headers.get(header::REFERER)?)
}
