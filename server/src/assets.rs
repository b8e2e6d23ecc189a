//! Serves the files that the browser loads. `cargo xtask site` writes them into a folder named after the hash
//! of their content, and the binary embeds them. A debug build reads them from disk, so that an edited
//! stylesheet shows at once.

use std::{borrow::Cow, fmt::Write};

use axum::{
    body::{Body, Bytes},
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../target/site"]
struct Site;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The hash that names the folder. `None` if the site hasn't been built.
#[must_use]
pub fn hash() -> Option<String> {
    let text = Site::get("hash.txt")?;
    let text = std::str::from_utf8(&text.data).ok()?.trim().to_owned();
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(text)
}

/// The path prefix of assets, without a trailing slash. `/a/none` if the site hasn't been built.
#[must_use]
pub fn base() -> String {
    format!("/a/{}", hash().as_deref().unwrap_or("none"))
}

/// Whether the site contains this file, named relative to the hashed folder.
#[must_use]
pub fn has(name: &str) -> bool {
    hash().is_some_and(|hash| Site::get(&format!("a/{hash}/{name}")).is_some())
}

/// `GET /a/{*path}`: serves a file of the site, compressed if the browser accepts it, and cached forever.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    respond(&format!("a/{path}"), &headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// `GET /favicon.ico`: some browsers request this path whatever the page links to.
pub async fn favicon(headers: HeaderMap) -> Response {
    let icon = hash().and_then(|hash| respond(&format!("a/{hash}/icon.svg"), &headers));
    let mut icon = icon.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
    icon.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    icon
}

fn respond(path: &str, headers: &HeaderMap) -> Option<Response> {
    // Compressed files are only served by negotiation. Requested by name, they would have the wrong type.
    let hidden =
        path.ends_with(".br") || path.ends_with(".gz") || path.split('/').any(|part| part.starts_with('.'));
    if hidden {
        return None;
    }
    let plain = Site::get(path)?;
    let (file, encoding) = compressed(path, headers).map_or((plain, None), |(file, name)| (file, Some(name)));
    let etag = etag(&file);
    let mut response = if is_known(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(body(file));
        response.headers_mut().insert(header::CONTENT_TYPE, content_type(path));
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let response_headers = response.headers_mut();
    response_headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response_headers.insert(header::CACHE_CONTROL, IMMUTABLE);
    response_headers.insert(header::ETAG, etag);
    Some(response)
}

/// The compressed file that the browser accepts, Brotli before gzip. `None` if there is none.
fn compressed(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, &'static str)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| {
        accepted.split(',').any(|part| {
            let (coding, weight) =
                part.split_once(';').map_or((part, ""), |(coding, weight)| (coding, weight));
            coding.trim() == name && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, suffix)| {
        let file = takes(coding).then(|| Site::get(&format!("{path}.{suffix}"))).flatten()?;
        Some((file, coding))
    })
}

fn body(file: EmbeddedFile) -> Body {
    match file.data {
        Cow::Borrowed(bytes) => Body::from(Bytes::from_static(bytes)),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// The type by the file's extension. It has to be right, because browsers ignore files of the wrong type when
/// we send `nosniff`.
fn content_type(path: &str) -> HeaderValue {
    HeaderValue::from_static(match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        // The file that the Speculation-Rules header names needs this type.
        "json" if path.ends_with("/speculation.json") => "application/speculationrules+json",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

fn etag(file: &EmbeddedFile) -> HeaderValue {
    let mut text = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..12] {
        _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""))
}

fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|tag| tag.trim().trim_start_matches("W/").as_bytes() == etag.as_bytes())
}
