//! Keeps finished pages for visitors who are not signed in.
//!
//! A kept response is used only while [`Store::revision`](store::Store::revision) is the number that was read before
//! it was rendered. So a reader who asks after a verb has returned never gets the page from before it. A response is
//! used for a second at most, because pages also change with time, and other processes on the same database change
//! them too. Requests with a cookie or with credentials neither read nor fill the cache.

use std::sync::Arc;

use axum::{
    body::to_bytes,
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::Response,
};
use domain::Locale;
use http::{HeaderValue, Method, StatusCode, header};

use crate::state::{
    State,
    finished::{Finished, Key},
};

/// The routes whose responses are kept: pages and feeds that everyone may read, without forms that carry a key.
const KEPT: &[&str] = &[
    "/",
    "/events",
    "/events.atom",
    "/events.ics",
    "/events.json",
    "/events/{slug}",
    "/events/{slug}/schedule.ics",
    "/events/{slug}/schedule.json",
    "/events/{slug}/schedule.xml",
    "/events/{slug}/sessions/{id}",
    "/groups",
    "/groups/{slug}",
    "/groups/{slug}/events.atom",
    "/groups/{slug}/events.ics",
    "/groups/{slug}/events.json",
    "/kudos",
    "/kudos.atom",
    "/kudos.json",
    "/kudos/{id}",
    "/members/{slug}",
    "/series/{slug}",
];
/// The longest path with query that is kept, in bytes.
const MAX_PATH: usize = 200;
/// The largest body that is kept, in bytes.
const MAX_BODY: usize = 1024 * 1024;
/// The middleware. Several requests for the same page wait for one of them to render it.
pub(crate) async fn serve(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let Some(key) = key(&state, &request) else { return next.run(request).await };
    let known = request.headers_mut().remove(header::IF_NONE_MATCH);
    let guard = match state.page_cache.0.get_value_or_guard_async(&key).await {
        Ok(Some(finished)) => return finished.respond(known.as_ref()),
        Ok(None) => return next.run(request).await,
        Err(guard) => guard,
    };
    // The layer that compresses responses must choose the encoding of the key.
    request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(key.encoding));
    let (parts, body) = next.run(request).await.into_parts();
    let refuses = parts.headers.get(header::CACHE_CONTROL).is_some_and(|value| value == "no-store");
    if parts.status != StatusCode::OK || parts.headers.contains_key(header::SET_COOKIE) || refuses {
        let _ = guard.insert(None);
        return Response::from_parts(parts, body);
    }
    // These responses were made in memory, so their bodies cannot fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let finished = Arc::new(Finished::new(parts.headers, body));
    let _ = guard.insert((finished.body.len() <= MAX_BODY).then(|| finished.clone()));
    finished.respond(known.as_ref())
}

/// The key of a request whose response may be kept.
fn key(state: &State, request: &Request) -> Option<Key> {
    let headers = request.headers();
    let route = request.extensions().get::<MatchedPath>()?;
    let personal = [header::COOKIE, header::AUTHORIZATION, header::RANGE];
    if request.method() != Method::GET
        || !KEPT.contains(&route.as_str())
        || personal.iter().any(|name| headers.contains_key(name))
        || !state.guards.page_cache
    {
        return None;
    }
    let path = request.uri().path_and_query()?.as_str();
    let text =
        |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    (path.len() <= MAX_PATH).then(|| Key {
        // Read before the page is rendered, so that it never stands for a change that the page does not show.
        revision: state.store.revision(),
        second: state.store.now().timestamp(),
        path: path.to_owned(),
        locale: Locale::accepted(text(header::ACCEPT_LANGUAGE)),
        encoding: encoding(text(header::ACCEPT_ENCODING)),
    })
}

/// The best encoding that the client names. Clients that refuse one with `q=0` get the response as it is.
fn encoding(accepted: &str) -> &'static str {
    let named = |name: &str| accepted.split(',').any(|part| part.trim() == name);
    if named("br") {
        "br"
    } else if named("gzip") {
        "gzip"
    } else {
        "identity"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_encoding_is_chosen() {
        assert_eq!(encoding("gzip, deflate, br, zstd"), "br");
        assert_eq!(encoding("gzip, deflate"), "gzip");
        assert_eq!(encoding("br;q=0, *"), "identity");
        assert_eq!(encoding(""), "identity");
    }

    #[test]
    fn only_routes_for_everyone_are_kept() {
        use app::routes::{Access, Method, ROUTES};
        for path in KEPT {
            let route = ROUTES.iter().find(|route| route.path == *path && route.method == Method::Get);
            assert_eq!(route.map(|route| route.access), Some(Access::Everyone), "{path}");
        }
    }
}
