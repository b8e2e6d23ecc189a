//! What routes answer when they do not do what was asked, and how it becomes a page.
//!
//! A handler returns a [`Fail`]. The middleware here, which knows who asks, makes a page of it for people and a
//! sentence for other programs. Scripts get it as JSON, as server functions answer.

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

use crate::guard::outer::RequestId;

/// How long a handler may take; shorter than the drain, so that stopping cuts nobody off.
const DEADLINE: Duration = Duration::from_secs(20);
/// When to come back when the database is away.
const RETRY_SECONDS: u32 = 5;

/// What a route answers when it does not do what was asked.
#[derive(Clone, Debug)]
pub enum Fail {
    /// Something a person should read.
    App(AppError),
    /// Something that only programs run into: a status and an English sentence.
    Plain(StatusCode, String),
}

impl Fail {
    /// The path is known, the method is not.
    #[must_use]
    pub fn wrong_method() -> Self {
        Self::Plain(StatusCode::METHOD_NOT_ALLOWED, "Use GET to read and POST to change.\n".to_owned())
    }

    /// A panic, logged here; the program goes on.
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
    fn from(fault: StoreError) -> Self {
        Self::App(fault.into())
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

/// Whether a person is to read the answer.
#[must_use]
pub fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Whether a script of our pages is to read the answer.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json"))
}

/// An error as a sentence, for whoever asks for neither a page nor JSON.
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

/// A fault as a page for people.
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
    let answer = timeout(DEADLINE, AssertUnwindSafe(next.run(request)).catch_unwind()).await;
    let response = match answer {
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
        // Pages and server functions set only their status.
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
    async fn a_panic_is_a_page_with_its_number_and_no_cause() {
        for html in [true, false] {
            let (status, _, body) = ask("/panic", html).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(body.contains("0193b0a2-incident") && !body.contains("secret"), "{body}");
            assert_eq!(body.contains("<!DOCTYPE html>"), html);
        }
    }

    #[tokio::test]
    async fn an_absent_database_is_503_and_says_when_to_come_back() {
        let (status, headers, body) = ask("/down", true).await;
        assert_eq!(
            (status, headers[header::RETRY_AFTER].to_str().unwrap()),
            (StatusCode::SERVICE_UNAVAILABLE, "5")
        );
        assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(!body.contains("example.org"), "{body}");
    }
}
