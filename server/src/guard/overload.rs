//! Refuses what the portal can't answer soon (R15). A few requests are answered at a time, because more would only slow
//! each other down. Some more wait for their turn. The others get 503 at once, which costs nearly nothing, so those
//! inside are answered as fast as ever.

use std::sync::{Arc, OnceLock};

use app::{context::Visit, error::AppError, layout};
use axum::{
    body::Bytes,
    extract::{Request, State as Shared},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http::{Method, StatusCode, header};

use crate::{assets, errors::wants_html, state::turns::Turns};

/// The `Retry-After` of a refused request.
const RETRY_SECONDS: u32 = 2;

/// The middleware.
pub(crate) async fn guard(Shared(turns): Shared<Arc<Turns>>, request: Request, next: Next) -> Response {
    if !takes_turn(&request) {
        return next.run(request).await;
    }
    let Ok(_place) = turns.places.try_acquire() else { return refuse(&request) };
    // Neither semaphore is ever closed.
    let _turn = turns.turns.acquire().await;
    next.run(request).await
}

/// Whether a request is limited. Changes are not: their bodies come at the speed of the client, and the store's queue
/// limits them. Neither are the streams of walls, which have a limit of their own, and sign-in, which waits for other
/// servers.
fn takes_turn(request: &Request) -> bool {
    let path = request.uri().path();
    [Method::GET, Method::HEAD].contains(request.method())
        && path != "/kudos/stream"
        && !path.starts_with("/sign-in")
}

/// Rendered once for the process, because a refusal must be cheap.
fn refuse(request: &Request) -> Response {
    static PAGE: OnceLock<Bytes> = OnceLock::new();
    static SENTENCE: OnceLock<Bytes> = OnceLock::new();
    let visit = || Visit { assets: assets::base(), ..Visit::anonymous() };
    let mut response = if wants_html(request.headers()) {
        let page = PAGE.get_or_init(|| layout::error_document(&visit(), &AppError::Busy).into());
        Html(page.clone()).into_response()
    } else {
        SENTENCE.get_or_init(|| layout::error_text(&visit(), &AppError::Busy).into()).clone().into_response()
    };
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_SECONDS.into());
    response
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, middleware::from_fn_with_state, routing::get};
    use tokio::sync::Semaphore;
    use tower::ServiceExt as _;

    use super::*;

    /// Asks for a path, and lets everybody else run until they wait.
    async fn ask(router: &Router, method: Method, path: &str) -> tokio::task::JoinHandle<Response> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, "text/html")
            .body(Body::empty());
        let handle = tokio::spawn(router.clone().oneshot(request.unwrap()));
        // The runtime of a test has one thread, so this is enough for the request to be answered or to wait.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        tokio::spawn(async move { handle.await.unwrap().unwrap() })
    }

    #[tokio::test]
    async fn r15_what_cannot_be_answered_soon_is_refused_at_once() {
        let open = Arc::new(Semaphore::new(0));
        let page = {
            let open = open.clone();
            move || async move { open.acquire().await.unwrap().forget() }
        };
        let turns = Arc::new(Turns::new(2, 1));
        let router = Router::new()
            .route("/page", get(page.clone()).post(page.clone()))
            .route("/kudos/stream", get(page))
            .layer(from_fn_with_state(turns.clone(), guard));
        // Two are answered, and one waits.
        let mut inside = Vec::new();
        for _ in 0..3 {
            inside.push(ask(&router, Method::GET, "/page").await);
        }
        assert_eq!((turns.turns.available_permits(), turns.places.available_permits()), (0, 0));
        let refused = ask(&router, Method::GET, "/page").await.await.unwrap();
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(refused.headers()[header::RETRY_AFTER], "2");
        // Changes and streams wait elsewhere.
        let others = [(Method::POST, "/page"), (Method::GET, "/kudos/stream")];
        for (method, path) in others {
            inside.push(ask(&router, method, path).await);
        }
        open.add_permits(inside.len());
        for answer in inside {
            assert_eq!(answer.await.unwrap().status(), StatusCode::OK);
        }
        // Control: with room again, nobody is refused.
        open.add_permits(1);
        let served = ask(&router, Method::GET, "/page").await.await.unwrap();
        assert_eq!(served.status(), StatusCode::OK);
    }
}
