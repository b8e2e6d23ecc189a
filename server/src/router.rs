//! Every route, and the guards around them. The order is told in [`crate::guard`].

use app::error::AppError;
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use http::{Method, Uri};
use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::{
    assets,
    errors::{self, Fail},
    export, feeds,
    guard::{account, body, host, limit, networks, origin, outer, policy},
    health, mailbox, manifest, outbox_email, pages, profile, seat_link, sign_in,
    state::State,
    unsubscribe, visit,
};

/// Plain routes that answer machines: nobody needs to be known.
fn machine() -> Router<State> {
    Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/robots.txt", get(health::robots))
        .route("/favicon.ico", get(assets::favicon))
        .route("/a/{*path}", get(assets::serve))
}

/// What only a debug build has.
fn debug_routes() -> Router<State> {
    #[cfg(debug_assertions)]
    return crate::dev_gallery::routes();
    #[cfg(not(debug_assertions))]
    Router::new()
}

/// What no route matches. It is not handed to the pages' own router, which reads paths more generously than
/// the guards do, and would open `/profile/` past the guard of `/profile`. A slash at the end is one too
/// many, so it leads to the path without.
async fn not_found(method: Method, uri: Uri) -> Response {
    let to = without_slash(&uri).filter(|_| matches!(method, Method::GET | Method::HEAD));
    to.map_or_else(
        || Fail::from(AppError::NotFound).into_response(),
        |to| Redirect::permanent(&to).into_response(),
    )
}

/// A path of ours without the slash at its end, and its query. Never the start of another address: browsers
/// read `//` and `/\` as one.
fn without_slash(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/').filter(|path| !path.is_empty() && !path.ends_with('/'))?;
    if !path.starts_with('/') || path.contains("//") || path.contains('\\') {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{path}{query}"))
}

/// The whole portal.
pub(crate) fn router(state: &State) -> Router {
    let machine = machine().layer(from_fn_with_state(state.clone(), policy::guard));
    let people = Router::new()
        .merge(pages::routes())
        .merge(sign_in::routes())
        .merge(unsubscribe::routes())
        .merge(profile::routes())
        .merge(seat_link::routes())
        .merge(mailbox::routes())
        .merge(outbox_email::routes())
        .merge(export::routes())
        .route("/manifest.webmanifest", get(manifest::manifest))
        // Emails that were sent before the page moved link here.
        .route("/profile/mail", get(|| async { Redirect::permanent("/profile/emails") }))
        .merge(feeds::routes())
        .merge(debug_routes())
        .fallback(not_found)
        .layer(from_fn_with_state(state.clone(), body::guard))
        .layer(from_fn_with_state(state.clone(), limit::guard))
        .layer(from_fn_with_state(state.clone(), account::guard))
        .layer(from_fn_with_state(state.clone(), policy::guard))
        .layer(from_fn_with_state(state.clone(), origin::guard))
        .layer(from_fn(errors::to_pages))
        .layer(from_fn_with_state(state.clone(), visit::resolve))
        // Assets come compressed. Pages hold nothing secret beside what their reader typed.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    machine
        .merge(people)
        .layer(from_fn_with_state(state.clone(), networks::guard))
        .layer(from_fn_with_state(state.clone(), host::guard))
        .layer(from_fn_with_state(state.clone(), outer::guard))
        .with_state(state.clone())
}
