//! Covers of events for everybody: generated ones, as SVG for pages and as JPEG for link previews and emails, which show
//! no SVG. Emails get the uploaded one instead where visitors may see it.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State as Shared},
    response::{IntoResponse as _, Response},
    routing::get,
};
use domain::{
    Actor, Slug,
    events::{COVER_SIZE, Cover, CoverSize},
};
use http::{HeaderValue, StatusCode, header};
use image::{RgbImage, codecs::jpeg::JpegEncoder};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};
use store::{StoreError, events};
use tokio::sync::Semaphore;

use crate::{errors::Fail, state::State};

/// The quality of JPEGs.
const QUALITY: u8 = 82;
/// JPEGs are this many times larger than the SVG says: 1280 × 720 pixels.
const SCALE: u32 = 2;
/// How many pictures are drawn at once. Drawing takes a processor for some hundred milliseconds.
static DRAWING: Semaphore = Semaphore::const_new(1);
/// JPEGs by name. There are 144 covers of about 60 kB, so all of them fit.
static DRAWN: LazyLock<Mutex<HashMap<String, Bytes>>> = LazyLock::new(Mutex::default);

pub(crate) fn routes() -> Router<State> {
    Router::new().route("/covers/{file}", get(cover)).route("/covers/{file}/{slug}", get(for_email))
}

/// The cover in an email about an event. Mail programs load it without signing in, so it is the uploaded one only where
/// visitors see the event. Otherwise it is the generated one that the path names, also for events that don't exist.
async fn for_email(Shared(state): Shared<State>, Path((name, slug)): Path<(String, String)>) -> Response {
    let slug = slug.strip_suffix(".jpg").and_then(Slug::parse);
    let (Some(slug), Some(generated)) = (slug, Cover::parse(&name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match events::cover(&state.store, &Actor::Anonymous, &slug, None, CoverSize::Small).await {
        Ok(uploaded) => {
            let mut response = picture("image/jpeg", Bytes::from(uploaded));
            // The hosts can replace or remove it.
            let cache = HeaderValue::from_static("public, max-age=600");
            response.headers_mut().insert(header::CACHE_CONTROL, cache);
            response
        }
        Err(StoreError::NotFound) => drawn(generated).await,
        Err(error) => Fail::from(error).into_response(),
    }
}

async fn cover(Path(file): Path<String>) -> Response {
    let (name, extension) = file.rsplit_once('.').unwrap_or_default();
    let Some(cover) = Cover::parse(name) else { return StatusCode::NOT_FOUND.into_response() };
    match extension {
        "svg" => picture("image/svg+xml", Bytes::from(cover.svg())),
        "jpg" => drawn(cover).await,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn drawn(cover: Cover) -> Response {
    match jpeg(cover).await {
        Ok(bytes) => picture("image/jpeg", bytes),
        Err(error) => {
            tracing::error!(error, "cannot draw a cover");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn picture(content_type: &'static str, bytes: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        // A later version may draw them differently.
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
        // Mail programs in the browser show pictures of other sites.
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    (headers, bytes).into_response()
}

async fn jpeg(cover: Cover) -> Result<Bytes, String> {
    let drawn = |name: &str| DRAWN.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
    let name = cover.name();
    if let Some(bytes) = drawn(&name) {
        return Ok(bytes);
    }
    // The semaphore is never closed.
    let _turn = DRAWING.acquire().await;
    // Another request may have drawn it meanwhile.
    if let Some(bytes) = drawn(&name) {
        return Ok(bytes);
    }
    let bytes =
        tokio::task::spawn_blocking(move || draw(cover)).await.map_err(|error| error.to_string())??;
    DRAWN.lock().unwrap_or_else(PoisonError::into_inner).insert(name, bytes.clone());
    Ok(bytes)
}

fn draw(cover: Cover) -> Result<Bytes, String> {
    let tree = Tree::from_str(&cover.svg(), &Options::default()).map_err(|error| error.to_string())?;
    let (width, height) = (COVER_SIZE.0 * SCALE, COVER_SIZE.1 * SCALE);
    let mut pixels = Pixmap::new(width, height).ok_or("the picture has no size")?;
    let scale = f32::from(u8::try_from(SCALE).unwrap_or(1));
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    // The background covers everything, so the alpha channel says nothing.
    let rgb = pixels.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    let picture = RgbImage::from_raw(width, height, rgb).ok_or("the picture has another size")?;
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&picture)
        .map_err(|error| error.to_string())?;
    Ok(jpeg.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_cover_is_a_small_jpeg_and_an_unknown_one_is_missing() {
        let response = cover(Path("talk-3.jpg".to_owned())).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/jpeg");
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert!(bytes.len() < 140_000, "{}", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (1280, 720));
        for file in ["talk-3.gif", "talk-3", "talk-99.svg", "party-1.svg", ".svg"] {
            assert_eq!(cover(Path(file.to_owned())).await.status(), StatusCode::NOT_FOUND, "{file}");
        }
    }
}
