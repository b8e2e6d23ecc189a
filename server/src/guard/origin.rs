//! The origin guard: what changes something comes from our own pages. Server functions do not check this
//! themselves.

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
    if state.guards.origin && !is_one_click(&request) && !is_own(&state, request.headers()) {
        tracing::info!("refused a form from another site");
        return Fail::from(Refusal::ForeignOrigin).into_response();
    }
    next.run(request).await
}

/// Whether it is for the one route that takes posts from anywhere (RFC 8058).
fn is_one_click(request: &Request) -> bool {
    request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == ONE_CLICK)
}

/// Whether the browser says that a page of ours sent this. Browsers say it in `Sec-Fetch-Site`, which no
/// script can set; older ones, and those that sign in over plain http, in `Origin`. A request that says
/// neither comes from no browser: such clients name our origin themselves.
/// A header that is there twice says two things, so it counts as foreign.
fn is_own(state: &State, headers: &HeaderMap) -> bool {
    let (Ok(site), Ok(origin)) = (single(headers, &SEC_FETCH_SITE), single(headers, &header::ORIGIN)) else {
        return false;
    };
    let site_fits = site.is_none_or(|site| site == "same-origin");
    let origin_fits =
        origin.is_none_or(|origin| origin.to_str().is_ok_and(|origin| is_own_origin(state, headers, origin)));
    (site.is_some() || origin.is_some()) && site_fits && origin_fits
}

/// There is more than one such header.
struct Doubled;

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a HeaderValue>, Doubled> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    values.next().map_or(Ok(first), |_| Err(Doubled))
}

fn is_own_origin(state: &State, headers: &HeaderMap, origin: &str) -> bool {
    let Ok(origin) = origin.parse::<PublicUrl>() else { return false };
    // The host guard has let only our own names through.
    let here = own_host(state, headers).and_then(|host| format!("http://{host}").parse().ok());
    origin == state.public_url || (!state.public_url.is_https() && Some(origin) == here)
}

/// Forms without scripts are led back to their referer: only our own pages may be it.
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

/// The path of the page of ours that a form was on.
#[must_use]
pub fn referring_path(state: &State, headers: &HeaderMap) -> Option<String> {
    own_path(state, headers, headers.get(header::REFERER)?)
}
