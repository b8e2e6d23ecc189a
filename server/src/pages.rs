//! The pages and server functions of `app`. Each is its own axum route, so that the guards know exactly which
//! one was requested.

use std::sync::{Arc, OnceLock};

use app::{context::Visit, error::AppError};
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::{Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use leptos::{
    config::LeptosOptions, nonce::use_nonce, prelude::provide_context,
    server_fn::error::SERVER_FN_ERROR_HEADER,
};
use leptos_axum::{generate_route_list, handle_server_fns_with_context, render_app_async_with_context};

use crate::{assets, errors::Fail, state::State};

/// The header that names the file with the links that a browser may prefetch: links to pages only.
const SPECULATION_RULES: HeaderName = HeaderName::from_static("speculation-rules");

/// The longest error of a server function, in bytes.
const MAX_ERROR: usize = 64 * 1024;

/// The paths of the pages, as axum patterns.
#[must_use]
pub fn paths() -> Vec<String> {
    generate_route_list(app::App).iter().map(|route| route.path().to_owned()).collect()
}

/// The method and path of each server function.
pub fn functions() -> impl Iterator<Item = (Method, &'static str)> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method, path))
}

/// The routes of all pages and server functions. A function over GET could change something by a link, so it
/// gets no route, and a test fails.
pub fn routes() -> Router<State> {
    let mut router = Router::new();
    for path in paths() {
        router = router.route(&path, get(page));
    }
    for (method, path) in functions() {
        if method == Method::POST {
            router = router.route(path, post(function));
        } else {
            tracing::error!(path, %method, "refused a server function that does not use POST");
        }
    }
    router
}

/// Runs a server function.
async fn function(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let response = handle_server_fns_with_context(context(&state, &visit), request).await.into_response();
    if is_unanswered(&response) { answered(response).await } else { response }
}

/// Whether a form never reached its function, because its fields could not be read. For scripts, the framework
/// responds with 500. People are redirected back, with the error in the address. Functions themselves respond
/// with other statuses, and with 500 only for internal errors.
fn is_unanswered(response: &Response) -> bool {
    response.headers().contains_key(SERVER_FN_ERROR_HEADER)
        && matches!(response.status(), StatusCode::FOUND | StatusCode::INTERNAL_SERVER_ERROR)
}

/// The same error as a response with its own status.
async fn answered(response: Response) -> Response {
    let bytes = to_bytes(response.into_body(), MAX_ERROR).await.unwrap_or_default();
    let error = serde_json::from_slice(&bytes).unwrap_or_else(|_| AppError::internal("an unreadable error"));
    Fail::from(error).into_response()
}

/// Renders a page.
async fn page(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let nonce = Arc::new(OnceLock::new());
    let provide = {
        let (context, nonce) = (context(&state, &visit), nonce.clone());
        move || {
            context();
            if let Some(fresh) = use_nonce() {
                _ = nonce.set(fresh.to_string());
            }
        }
    };
    let options = options(&state);
    let render = render_app_async_with_context(provide, move || app::shell(options.clone()));
    finish(&state, &visit, render(request).await, nonce.get().map(String::as_str)).await
}

fn context(state: &State, visit: &Visit) -> impl Fn() + Clone + Send + Sync + 'static {
    let (store, visit) = (state.store.clone(), visit.clone());
    move || {
        provide_context(store.clone());
        provide_context(visit.clone());
    }
}

fn options(state: &State) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("guildhall")
        .site_pkg_dir(assets::base().trim_start_matches('/').to_owned())
        .site_addr(state.listen)
        .hash_files(false)
        .build()
}

/// Removes inline scripts from pages without islands, and sets the matching headers.
async fn finish(state: &State, visit: &Visit, response: Response, nonce: Option<&str>) -> Response {
    let (mut parts, body) = response.into_parts();
    // The page was rendered in memory, so its body can't fail, and its size is limited.
    let html = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let Ok(html) = std::str::from_utf8(&html) else { return Response::from_parts(parts, Body::from(html)) };
    let nonce = nonce.unwrap_or_default();
    let is_visitor = visit.actor.member().is_none();
    let html = if has_islands(html) {
        // A visitor's page may be sent to other visitors too, so it has no nonce.
        let policy = if is_visitor {
            state.content_policy.with_scripts(inline_scripts(html, nonce))
        } else {
            state.content_policy.with_nonce(nonce)
        };
        if let Some(policy) = policy {
            parts.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if is_visitor { without_nonce(html, nonce) } else { html.to_owned() }
    } else {
        without_inline_scripts(html, nonce)
    };
    let html = without_markers(&html);
    let caching = if is_visitor { "private, no-cache" } else { "no-store" };
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(caching));
    if parts.status.is_success()
        && let Ok(rules) = HeaderValue::try_from(format!("\"{}/speculation.json\"", visit.assets))
    {
        parts.headers.insert(SPECULATION_RULES, rules);
    }
    parts.headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(html))
}

fn has_islands(html: &str) -> bool {
    html.contains("<leptos-island")
}

/// The page without the empty comments by which a browser finds the parts of a view again. Nothing but islands is
/// hydrated, so only what lies between the first and the last island needs them.
fn without_markers(html: &str) -> String {
    let first = html.find("<leptos-island").unwrap_or(html.len());
    let last = html.rfind("</leptos-island>").unwrap_or(first);
    let (before, rest) = html.split_at(first);
    let (islands, after) = rest.split_at(last.saturating_sub(first));
    format!("{}{islands}{}", before.replace("<!>", ""), after.replace("<!>", ""))
}

/// The page without its nonce. The renderer also writes it into `crossorigin`, where an empty value means the same.
fn without_nonce(html: &str, nonce: &str) -> String {
    if nonce.is_empty() {
        return html.to_owned();
    }
    html.replace(&format!(" nonce=\"{nonce}\""), "").replace(&format!("=\"{nonce}\""), "=\"\"")
}

/// The content of the scripts with the nonce. Typed text can't contain the nonce.
fn inline_scripts<'a>(html: &'a str, nonce: &str) -> Vec<&'a str> {
    let mark = format!("nonce=\"{nonce}\"");
    let scripts = html.split("<script").skip(1).filter_map(|script| script.split_once('>'));
    scripts
        .filter(|(attributes, _)| !nonce.is_empty() && attributes.contains(&mark))
        .filter_map(|(_, rest)| Some(rest.split_once("</script>")?.0))
        .collect()
}

/// Removes the inline scripts with the data of resources. The renderer adds them to every page, even if nothing
/// reads them. They are recognised by the nonce, which typed text can't contain.
fn without_inline_scripts(html: &str, nonce: &str) -> String {
    if nonce.is_empty() {
        return html.to_owned();
    }
    let mark = format!("nonce=\"{nonce}\"");
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(&mark) {
        let start = rest[..at].rfind("<script");
        let end = rest[at..].find("</script>").map(|end| at + end + "</script>".len());
        let (Some(start), Some(end)) = (start, end) else { break };
        kept.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_with_the_nonce_are_removed() {
        let html = "<head><script src=\"/a/x.js\"></script></head><p>a</p><script nonce=\"N\">x</script>\
                    <p>b</p><script nonce=\"N\">y</script>";
        assert_eq!(
            without_inline_scripts(html, "N"),
            "<head><script src=\"/a/x.js\"></script></head><p>a</p><p>b</p>"
        );
        assert_eq!(without_inline_scripts(html, ""), html);
        assert_eq!(without_inline_scripts("nonce=\"N\"", "N"), "nonce=\"N\"");
    }

    #[test]
    fn only_islands_keep_their_markers() {
        assert_eq!(without_markers("<p>a<!>b</p><!>"), "<p>ab</p>");
        assert_eq!(
            without_markers("a<!><leptos-island>b<!></leptos-island>c<!><leptos-island></leptos-island><!>d"),
            "a<leptos-island>b<!></leptos-island>c<!><leptos-island></leptos-island>d"
        );
    }

    #[test]
    fn scripts_with_the_nonce_are_found() {
        let html = "<script src=\"/a/x.js\"></script><script type=\"module\" nonce=\"N\">x > y</script><p>b</p>\
                    <script nonce=\"N\">z</script><script>typed</script>";
        assert_eq!(inline_scripts(html, "N"), ["x > y", "z"]);
        assert!(inline_scripts(html, "").is_empty());
        let linked = "<link crossorigin=\"N\"><script nonce=\"N\">N</script>";
        assert_eq!(without_nonce(linked, "N"), "<link crossorigin=\"\"><script>N</script>");
        assert_eq!(without_nonce(linked, ""), linked);
    }
}
