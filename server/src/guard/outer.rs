//! The outermost layer: sets the request ID, logs each request, adds the headers and catches panics last.

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use http::{HeaderName, HeaderValue, Method};
use tracing::Instrument;
use uuid::Uuid;

use super::headers;
use crate::{errors::Fail, request_id::RequestId, state::State};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware. It logs the route, never the path, because paths can contain secrets.
pub async fn guard(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    // Never the ID that a client sends: it would put the client's text into our log.
    let id = Uuid::new_v4().to_string();
    let method = method(request.method());
    // The route's pattern, not the requested path: paths can contain secrets, and queries anything.
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", id);
    async {
        let result = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = result.unwrap_or_else(|panic| Fail::of_panic(&*panic, &id).into_response());
        headers::complete(&state, response.headers_mut());
        if let Ok(id) = HeaderValue::try_from(&id) {
            response.headers_mut().insert(X_REQUEST_ID, id);
        }
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(method, path, status = response.status().as_u16(), ms, "request answered");
        response
    }
    .instrument(span)
    .await
}

/// The method for the log. Other methods are text from the client, so they aren't logged.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}
