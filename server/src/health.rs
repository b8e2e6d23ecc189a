//! For machines: is the process alive, is it ready, what may a crawler read.

use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};

use crate::state::State;

/// `GET /livez`: the process answers.
pub(crate) async fn livez() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the database answers too. Its schema was brought up to date before the port was opened.
pub(crate) async fn readyz(Shared(state): Shared<State>) -> Response {
    match store::settings::load(&state.store).await {
        Ok(_) => "ready\n".into_response(),
        Err(fault) => {
            tracing::warn!(%fault, "not ready");
            let retry = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
            (StatusCode::SERVICE_UNAVAILABLE, retry, "The database does not answer.\n").into_response()
        }
    }
}

/// `GET /robots.txt`: pages of events may be found, doors of sign-in need not.
pub(crate) async fn robots() -> Response {
    let text = "User-agent: *\nDisallow: /sign-in\nDisallow: /setup\nDisallow: /api/\n";
    ([(header::CACHE_CONTROL, "public, max-age=86400")], text).into_response()
}
