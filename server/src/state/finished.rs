//! The finished responses of the last second, for [`crate::page_cache`].

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Locale;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest as _, Sha256};

/// The size of the whole cache, in bytes. When it is full, the least useful responses go.
const CAPACITY: u64 = 16 * 1024 * 1024;
/// The number of responses that the cache is laid out for.
const RESPONSES: usize = 1000;
/// What a kept response costs beside its body, in bytes: its headers and the key.
const OVERHEAD: u64 = 2048;

/// The finished responses of the last second.
pub struct PageCache(pub(crate) Cache<Key, Kept, Size>);

/// What a response depends on, apart from the database.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) revision: u64,
    pub(crate) second: i64,
    pub(crate) path: String,
    pub(crate) locale: Locale,
    pub(crate) encoding: &'static str,
}

/// A finished response, or `None` for one that must not be kept. Then requests that wait for it run on their own.
pub(crate) type Kept = Option<Arc<Finished>>;

pub(crate) struct Finished {
    headers: HeaderMap,
    pub(crate) body: Bytes,
}

#[derive(Clone)]
pub(crate) struct Size;

impl Weighter<Key, Kept> for Size {
    fn weight(&self, _: &Key, kept: &Kept) -> u64 {
        OVERHEAD + kept.as_ref().map_or(0, |finished| finished.body.len() as u64)
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self(Cache::with_weighter(RESPONSES, CAPACITY, Size))
    }
}

impl Finished {
    pub(crate) fn new(mut headers: HeaderMap, body: Bytes) -> Self {
        headers.remove(header::CONTENT_LENGTH);
        // Other caches may keep the response too, if they ask each time whether it has changed.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-language, accept-encoding"));
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..12]));
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(header::ETAG, etag);
        }
        Self { headers, body }
    }

    /// The response, or 304 if the client has it already.
    pub(crate) fn respond(&self, known: Option<&HeaderValue>) -> Response {
        let etag = self.headers.get(header::ETAG).and_then(|etag| etag.to_str().ok()).unwrap_or_default();
        let known = known.and_then(|known| known.to_str().ok()).unwrap_or_default();
        let mut response = if known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(self.body.clone()))
        };
        *response.headers_mut() = self.headers.clone();
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_has_the_response_gets_304() {
        let finished = Finished::new(HeaderMap::new(), Bytes::from_static(b"page"));
        let etag = finished.headers[header::ETAG].clone();
        assert_eq!(finished.respond(Some(&etag)).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(finished.respond(Some(&HeaderValue::from_static("\"other\""))).status(), StatusCode::OK);
        assert_eq!(finished.respond(None).status(), StatusCode::OK);
    }
}
