//! What the pages behind signed links in emails have in common: a plain page without signing in, and a redirect back to it
//! after a button.
//!
//! These are plain routes, because the router of pages decodes parameters twice, which breaks tokens.

use app::{
    context::Visit,
    flash::{self, Flash},
    layout::plain_page,
};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::prelude::{AnyView, Owner, provide_context};

/// The page, with the message that a button left behind. `view` gives its title and its content.
pub(crate) fn show(
    visit: &Visit,
    headers: &HeaderMap,
    view: impl FnOnce(Option<Flash>) -> (String, AnyView),
) -> Response {
    let cookies = headers.get_all(header::COOKIE).iter();
    let flash = cookies.filter_map(|cookie| flash::find(cookie.to_str().ok()?)).next();
    let clear = flash.is_some().then(|| flash::clear_cookie(visit.secure));
    let page = Owner::new().with(|| {
        provide_context(visit.clone());
        let (title, body) = view(flash);
        plain_page(visit, &title, body)
    });
    with_cookie(Html(page).into_response(), clear)
}

/// Leads back to the page at `path`, which shows the message.
pub(crate) fn back(visit: &Visit, path: &str, flash: &Flash) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::try_from(path) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    with_cookie(response, Some(flash.set_cookie(visit.secure)))
}

fn with_cookie(mut response: Response, cookie: Option<String>) -> Response {
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
