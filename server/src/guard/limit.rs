//! Limits how often one client address can use the sign-in routes. The limits of each account are in `store`.
//! This one keeps a single machine from trying many accounts.

use app::error::AppError;
use axum::{
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::Method;

use super::address;
use crate::{
    errors::Fail,
    state::{State, limiters::Kind},
};

fn kind(method: &Method, path: &str) -> Option<Kind> {
    let post = method == Method::POST;
    match path {
        "/sign-in" | "/request-invitation" | "/events/{slug}/register" if post => Some(Kind::Ask),
        // `/profile/links/verify` makes this server fetch a page from another site.
        "/setup" | "/profile/links/verify" | "/invitations/{secret}" if post => Some(Kind::Try),
        _ if path.starts_with("/sign-in/") && (post || path.starts_with("/sign-in/with/")) => Some(Kind::Try),
        _ => None,
    }
}

/// The middleware. It refuses requests over the limit with 429 and the number of seconds to wait.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    if let Some(kind) = kind(request.method(), path).filter(|_| state.guards.limit)
        && let Some(peer) = address::peer(request.extensions())
    {
        let client = address::client(request.headers(), peer, state.config.trusted_proxies);
        if let Err(seconds) = state.limiters.count(kind, client) {
            return Fail::from(AppError::SlowDown { seconds }).into_response();
        }
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_doors_of_sign_in_are_limited() {
        assert_eq!(kind(&Method::POST, "/sign-in"), Some(Kind::Ask));
        assert_eq!(kind(&Method::POST, "/request-invitation"), Some(Kind::Ask));
        assert_eq!(kind(&Method::POST, "/events/{slug}/register"), Some(Kind::Ask));
        assert_eq!(kind(&Method::POST, "/invitations/{secret}"), Some(Kind::Try));
        assert_eq!(kind(&Method::POST, "/sign-in/link/{secret}"), Some(Kind::Try));
        assert_eq!(kind(&Method::GET, "/sign-in/with/{provider}/callback"), Some(Kind::Try));
        assert_eq!(kind(&Method::GET, "/sign-in/link/{secret}"), None);
        assert_eq!(kind(&Method::GET, "/sign-in"), None);
        assert_eq!(kind(&Method::POST, "/api/events/rsvp"), None);
    }
}
