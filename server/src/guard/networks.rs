//! Limits the connections or requests that one client network can have open, so that it can't take all of
//! them. Without a proxy the accept loop counts connections. Behind our proxies every connection comes from a
//! proxy, so requests are counted instead, by the client address that the proxies report.

use app::error::AppError;
use axum::{
    body::Body,
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt as _;

use super::{address, host};
use crate::{errors::Fail, state::State};

/// The `Retry-After` of a refused request.
const RETRY_SECONDS: u32 = 5;

/// The middleware. Behind proxies, it refuses requests over the limit of a network with 429.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let hops = state.config.trusted_proxies;
    let Some(peer) = address::peer(request.extensions()).filter(|_| !host::is_health(&request)) else {
        return next.run(request).await;
    };
    state.proxies.check(address::forwarded(request.headers()), hops);
    if hops == 0 {
        // The accept loop has already counted the connection.
        return next.run(request).await;
    }
    let Some(held) = state.networks.enter(address::client(request.headers(), peer, hops)) else {
        return Fail::from(AppError::SlowDown { seconds: RETRY_SECONDS }).into_response();
    };
    // The guard moves into the body, so that it is held until the whole response is written.
    next.run(request).await.map(|body| {
        Body::new(body.map_err(move |error| {
            let _held = &held;
            error
        }))
    })
}
