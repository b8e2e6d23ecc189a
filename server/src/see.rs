//! The answer to a form that a plain route handles: the page that shows the new state.

use app::{context::Visit, flash::Flash};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// Redirects to a page of the portal, with a flash message.
pub(crate) fn see(visit: &Visit, page: &str, flash: Option<&Flash>) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(Ok(cookie)) = flash.map(|flash| HeaderValue::try_from(flash.set_cookie(visit.secure))) {
        headers.append(header::SET_COOKIE, cookie);
    }
    if let Ok(to) = HeaderValue::try_from(page) {
        headers.insert(header::LOCATION, to);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, headers).into_response()
}
