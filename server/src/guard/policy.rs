//! The access guard: a request is only served if [`app::routes::ROUTES`] contains its route and the route
//! admits the visitor. What a member may do there is decided by the policy inside each verb.

use app::{
    context::Visit,
    error::AppError,
    routes::{self, Access},
};
use axum::{
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{Method, header};

use super::{address, body, host, origin};
use crate::{
    errors::{Fail, wants_html},
    state::State,
};

/// The middleware. Requests that match no route pass, and get the 404 page.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().filter(|_| state.guards.policy) else {
        return next.run(request).await;
    };
    use routes::Method::{Get, Post};
    let (method, other) = if request.method() == Method::POST { (Post, Get) } else { (Get, Post) };
    let Some(route) = routes::find(method, path.as_str()) else {
        if routes::find(other, path.as_str()).is_some() {
            return Fail::wrong_method().into_response();
        }
        tracing::error!(path = path.as_str(), "a route is not in app::routes::ROUTES, so it is refused");
        return Fail::from(AppError::NotFound).into_response();
    };
    match refusal(&state, &request, route.access) {
        None => next.run(request).await,
        Some(refused) => {
            // The body is unread and not needed.
            body::discard(request).await;
            refused
        }
    }
}

/// The response to a visitor without access to the route. `None` if they have access.
fn refusal(state: &State, request: &Request, access: Access) -> Option<Response> {
    let may = match access {
        Access::Everyone => true,
        // The route looks the token up, once it has counted the request.
        Access::Token => true,
        Access::Member => is_member(request),
        Access::Administrator => is_administrator(request),
        Access::Demo => is_local(state, request, |visit| visit.demo),
        Access::Mailbox => is_local(state, request, |visit| visit.mailbox),
        Access::Debug => is_local(state, request, |_| cfg!(debug_assertions)),
    };
    (!may).then(|| match access {
        Access::Administrator if is_member(request) => Fail::from(AppError::Forbidden).into_response(),
        Access::Member | Access::Administrator => sign_in_first(state, request),
        Access::Everyone | Access::Token | Access::Demo | Access::Mailbox | Access::Debug => {
            Fail::from(AppError::NotFound).into_response()
        }
    })
}

fn is_member(request: &Request) -> bool {
    request.extensions().get::<Visit>().is_some_and(|visit| visit.actor.member().is_some())
}

fn is_administrator(request: &Request) -> bool {
    let role = request.extensions().get::<Visit>().and_then(|visit| visit.member.as_ref().map(|me| me.role));
    role == Some(domain::Role::Administrator)
}

/// Whether the request was made on this machine: its peer and host are loopback, and no proxy is in between.
/// Behind a proxy on this machine, every visitor would seem local.
fn is_local(state: &State, request: &Request, open: fn(&Visit) -> bool) -> bool {
    let open = request.extensions().get::<Visit>().is_some_and(open);
    let host = host::own_host(state, request.headers()).is_some_and(|host| host::is_local(state, &host));
    let peer = address::peer(request.extensions()).is_some_and(|peer| peer.is_loopback());
    state.public_url.is_loopback() && open && host && peer && !address::is_forwarded(request.headers())
}

/// Redirects people to the sign-in page, with the way back to the page they requested or to the page of the
/// form. Scripts get the status (401).
fn sign_in_first(state: &State, request: &Request) -> Response {
    let headers = request.headers();
    let next = match *request.method() {
        Method::POST if !wants_html(headers) => return Fail::from(AppError::SignIn).into_response(),
        Method::POST => origin::referring_path(state, headers),
        _ => request.uri().path_and_query().map(ToString::to_string),
    };
    let to = domain::next::with_next("/sign-in", next.as_deref().unwrap_or("/"));
    ([(header::CACHE_CONTROL, "no-store")], Redirect::to(&to)).into_response()
}
