//! All routes, and the guards around them. [`crate::guard`] explains the order.

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
    assets, community, covers,
    errors::{self, Fail},
    event_cover, event_people, export, feeds,
    guard::{account, body, host, limit, networks, origin, outer, overload, policy},
    health, kudos, mailbox, manifest, mentoring, outbox_email, page_cache, pages, preview, profile,
    proposals, room_screen, schedule_file, session_slides, sign_in, signed_links,
    state::State,
    unsubscribe, visit,
};

/// Routes for programs. They need no visit, so most guards are left out.
fn machine() -> Router<State> {
    Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/robots.txt", get(health::robots))
        .route("/favicon.ico", get(assets::favicon))
        .route("/a/{*path}", get(assets::serve))
        .merge(community::machine())
        .merge(covers::routes())
        .merge(kudos::machine())
}

/// Routes that only exist in debug builds.
fn debug_routes() -> Router<State> {
    #[cfg(debug_assertions)]
    return crate::dev_gallery::routes();
    #[cfg(not(debug_assertions))]
    Router::new()
}

/// Handles paths that no route matches. They don't go to the router of the pages, which accepts more paths than
/// the guards do: it would open `/profile/` without the guard of `/profile`. A path with a trailing slash
/// redirects to the path without it.
async fn not_found(method: Method, uri: Uri) -> Response {
    let to = without_slash(&uri).filter(|_| matches!(method, Method::GET | Method::HEAD));
    to.map_or_else(
        || Fail::from(AppError::NotFound).into_response(),
        |to| Redirect::permanent(&to).into_response(),
    )
}

/// The path without its trailing slash, and the query. `None` for paths that could lead to another site,
/// because browsers read `//` and `/\` as the start of a host name.
fn without_slash(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/').filter(|path| !path.is_empty() && !path.ends_with('/'))?;
    if !path.starts_with('/') || path.contains("//") || path.contains('\\') {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{path}{query}"))
}

/// The router of the whole portal.
pub(crate) fn router(state: &State) -> Router {
    let machine = machine().layer(from_fn_with_state(state.clone(), policy::guard));
    let people = Router::new()
        .merge(pages::routes())
        .merge(sign_in::routes())
        .merge(unsubscribe::routes())
        .merge(profile::routes())
        .merge(community::routes())
        .merge(event_cover::routes())
        .merge(preview::routes())
        .merge(signed_links::routes())
        .merge(mailbox::routes())
        .merge(outbox_email::routes())
        .merge(event_people::routes())
        .merge(proposals::routes())
        .merge(schedule_file::routes())
        .merge(session_slides::routes())
        .merge(room_screen::routes())
        .merge(export::routes())
        .merge(mentoring::routes())
        .route("/manifest.webmanifest", get(manifest::manifest))
        // Emails that were sent before the page moved link here.
        .route("/profile/mail", get(|| async { Redirect::permanent("/profile/emails") }))
        .merge(feeds::routes())
        .merge(kudos::routes())
        .merge(debug_routes())
        .fallback(not_found)
        .layer(from_fn_with_state(state.clone(), body::guard))
        .layer(from_fn_with_state(state.clone(), limit::guard))
        .layer(from_fn_with_state(state.clone(), account::guard))
        .layer(from_fn_with_state(state.clone(), policy::guard))
        .layer(from_fn_with_state(state.clone(), origin::guard))
        .layer(from_fn(errors::to_pages))
        .layer(from_fn_with_state(state.clone(), visit::resolve))
        .layer(from_fn_with_state(state.turns.clone(), overload::guard))
        // Assets are compressed already. Compressing pages is safe, because they contain no secret next to text
        // that the reader typed.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(state.clone(), page_cache::serve));
    machine
        .merge(people)
        .layer(from_fn_with_state(state.clone(), networks::guard))
        .layer(from_fn_with_state(state.clone(), host::guard))
        .layer(from_fn_with_state(state.clone(), outer::guard))
        .with_state(state.clone())
}
