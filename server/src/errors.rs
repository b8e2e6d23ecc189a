//! The errors of routes, and how they become responses.
//!
//! A handler returns a [`Fail`]. The middleware in this file knows the visitor, so it turns the error into a
//! page for people, and into a sentence for other programs. Scripts get JSON, as from server functions.

use std::{any::Any, panic::AssertUnwindSafe, time::Duration};

use app::{context::Visit, error::AppError};
use axum::{
    Json,
    extract::Request,
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::Refusal;
use futures::FutureExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use store::StoreError;
use tokio::time::timeout;

use crate::request_id::RequestId;

/// How long a handler may take. It is shorter than the drain, so that stopping doesn't abort responses.
const DEADLINE: Duration = Duration::from_secs(20);
/// The `Retry-After` while the database is unavailable.
const RETRY_SECONDS: u32 = 5;

/// The error of a route.
#[derive(Clone, Debug)]
pub enum Fail {
    /// An error for people, shown as a page.
    App(AppError),
    /// An error that only programs get: a status and an English sentence.
    Plain(StatusCode, String),
}

impl Fail {
    /// The response (405) to a method that the path doesn't support.
    #[must_use]
    pub fn wrong_method() -> Self {
        Self::Plain(StatusCode::METHOD_NOT_ALLOWED, "Use GET to read and POST to change.\n".to_owned())
    }

    /// Logs a panic and turns it into an internal error. `incident` is the request ID.
    #[must_use]
    pub fn of_panic(panic: &(dyn Any + Send), incident: &str) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let cause = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no text");
        tracing::error!(incident, cause, "a request panicked");
        AppError::Internal { incident: incident.to_owned() }.into()
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::App(error) => error.status(),
            Self::Plain(status, _) => *status,
        }
    }

    fn retry_after(&self) -> Option<u32> {
        match self {
            Self::App(AppError::SlowDown { seconds }) => Some(*seconds),
            Self::App(AppError::Unavailable) => Some(RETRY_SECONDS),
            Self::App(_) | Self::Plain(..) => None,
        }
    }
}

impl From<AppError> for Fail {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let mut response = match &self {
            Self::App(error) => Json(error).into_response(),
            Self::Plain(_, sentence) => sentence.clone().into_response(),
        };
        *response.status_mut() = self.status();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status() == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Whether the client accepts HTML, so that a person reads the response.
#[must_use]
pub fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Whether the client accepts JSON, as the scripts of our pages do.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json"))
}

/// The error as a sentence, for clients that accept neither HTML nor JSON.
fn text(visit: &Visit, mut response: Response) -> Response {
    let Some(Fail::App(error)) = response.extensions_mut().remove::<Fail>() else { return response };
    replace_body(response, app::layout::error_text(visit, &error).into_response())
}

fn replace_body(response: Response, document: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.extend(document.headers().clone());
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, document.into_body())
}

/// The error as a page. Other responses are returned unchanged.
#[must_use]
pub fn page(visit: &Visit, mut response: Response) -> Response {
    let Some(Fail::App(error)) = response.extensions_mut().remove::<Fail>() else { return response };
    replace_body(response, Html(app::layout::error_document(visit, &error)).into_response())
}

/// The middleware: errors, panics and missed deadlines become pages or sentences.
pub async fn to_pages(request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned().unwrap_or_else(Visit::anonymous);
    let incident = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let html = wants_html(request.headers()) || *request.method() == Method::HEAD;
    let json = wants_json(request.headers());
    let result = timeout(DEADLINE, AssertUnwindSafe(next.run(request)).catch_unwind()).await;
    let response = match result {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Fail::of_panic(&*panic, &incident).into_response(),
        Err(_) => {
            tracing::warn!("a request took too long");
            Fail::from(AppError::Unavailable).into_response()
        }
    };
    let mut response = match (html, json) {
        (true, _) => page(&visit, response),
        (false, true) => response,
        (false, false) => text(&visit, response),
    };
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        // Pages and server functions only set the status.
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(RETRY_SECONDS.into());
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::to_bytes, middleware::from_fn, routing::get};
    use tower::ServiceExt;

    use super::*;

    async fn breaks() -> &'static str {
        panic!("a cause with a secret")
    }

    async fn ask(path: &str, html: bool) -> (StatusCode, HeaderMap, String) {
        let broken =
            || async { Err::<(), _>(Fail::from(StoreError::Unavailable("the disk of example.org".into()))) };
        let router =
            Router::new().route("/panic", get(breaks)).route("/down", get(broken)).layer(from_fn(to_pages));
        let mut request = Request::builder().uri(path);
        if html {
            request = request.header(header::ACCEPT, "text/html");
        }
        let mut request = request.body(axum::body::Body::empty()).unwrap();
        request.extensions_mut().insert(RequestId("0193b0a2-incident".into()));
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_becomes_a_page_with_the_request_id_and_without_the_cause() {
        for html in [true, false] {
            let (status, _, body) = ask("/panic", html).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(body.contains("0193b0a2-incident") && !body.contains("secret"), "{body}");
            assert_eq!(body.contains("<!DOCTYPE html>"), html);
        }
    }

    #[tokio::test]
    async fn an_unavailable_database_is_503_with_retry_after() {
        let (status, headers, body) = ask("/down", true).await;
        assert_eq!(
            (status, headers[header::RETRY_AFTER].to_str().unwrap()),
            (StatusCode::SERVICE_UNAVAILABLE, "5")
        );
        assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(!body.contains("example.org"), "{body}");
    }
}
