//! The host guard: the portal only answers requests for its own host names. This prevents DNS rebinding and
//! poisoned links, because origins are derived from the host name.

use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};

use crate::{config::is_loopback_host, errors::Fail, state::State};

/// The `Host` of a request in lower case, if it is one of ours: the public host, or a loopback name with our
/// port while the server listens on loopback only.
#[must_use]
pub fn own_host(state: &State, headers: &HeaderMap) -> Option<String> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?.to_ascii_lowercase();
    if hosts.next().is_some() {
        return None;
    }
    let ours = host == state.public_url.authority() || is_local(state, &host);
    ours.then_some(host)
}

/// Whether a host is a loopback name with our port, while the server listens on loopback only.
#[must_use]
pub fn is_local(state: &State, host: &str) -> bool {
    let name = host.strip_suffix(&format!(":{}", state.listen.port())).unwrap_or(host);
    let port_fits = name.len() < host.len() || state.listen.port() == 80;
    state.listen.ip().is_loopback() && port_fits && is_loopback_host(name)
}

/// Paths of health checks. Orchestrators call them by any host name, and the responses reveal nothing.
const HEALTH: [&str; 2] = ["/livez", "/readyz"];

/// Whether this is a health check. Those come to the server directly, not through our proxies.
pub(super) fn is_health(request: &Request) -> bool {
    HEALTH.contains(&request.uri().path())
}

/// The middleware. It refuses foreign host names with 421, except for health checks.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    if state.guards.host && !is_health(&request) && own_host(&state, request.headers()).is_none() {
        let sentence = format!("This server is {}. Use that address.\n", state.public_url);
        return Fail::Plain(StatusCode::MISDIRECTED_REQUEST, sentence).into_response();
    }
    next.run(request).await
}
