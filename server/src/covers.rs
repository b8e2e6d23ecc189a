//! Covers of events for everybody: generated ones in the community's colour, as SVG for pages and as JPEG for link previews
//! and emails, which show no SVG. Link previews and emails get the uploaded one instead where visitors may see it.

use std::{
    collections::HashMap,
    fmt::Write as _,
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
    community::Logo,
    events::{COVER_SIZE, Cover, CoverSize},
};
use http::{HeaderValue, header};
use image::{ImageFormat, RgbImage, codecs::jpeg::JpegEncoder};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};
use sha2::{Digest as _, Sha256};
use store::{
    StoreError, events,
    settings::{self, Settings},
};
use tokio::sync::Semaphore;

use crate::{errors::Fail, picture::add_logo, state::State};

/// The quality of JPEGs.
const QUALITY: u8 = 82;
/// JPEGs are this many times larger than the SVG says: 1280 × 720 pixels.
const SCALE: u32 = 2;
/// The largest width and height of a logo in the preview of a link, in pixels.
const LOGO_SIZE: (u32, u32) = (360, 100);
/// The space between the logo and the edges, in pixels.
const LOGO_MARGIN: u32 = 40;
/// How many pictures are drawn at once. Drawing takes a processor for some hundred milliseconds.
static DRAWING: Semaphore = Semaphore::const_new(1);
/// The most JPEGs that are kept. There are 144 generated covers, of about 60 kB each.
const MAX_DRAWN: usize = 300;
/// JPEGs by what is in them.
static DRAWN: LazyLock<Mutex<HashMap<String, Bytes>>> = LazyLock::new(Mutex::default);

pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/covers/{file}", get(cover))
        .route("/covers/{file}/{slug}", get(for_email))
        .route("/covers/{file}/{slug}/card.jpg", get(for_preview))
}

async fn cover(Shared(state): Shared<State>, Path(file): Path<String>) -> Result<Response, Fail> {
    let (name, extension) = file.rsplit_once('.').unwrap_or_default();
    let cover = Cover::parse(name).ok_or(StoreError::NotFound)?;
    let lamp = settings::load(&state.store).await?.colour.lamp();
    match extension {
        "svg" => Ok(picture("image/svg+xml", LASTING, Bytes::from(cover.svg(lamp)))),
        "jpg" => Ok(picture("image/jpeg", LASTING, drawn(Picture::Generated(cover, lamp), None).await?)),
        _ => Err(StoreError::NotFound.into()),
    }
}

/// The cover in an email about an event. Mail programs load it without signing in, so it is the uploaded one only where
/// visitors see the event. Otherwise it is the generated one that the path names, also for events that don't exist.
async fn for_email(
    Shared(state): Shared<State>,
    Path((name, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let slug = file.strip_suffix(".jpg").ok_or(StoreError::NotFound)?;
    let settings = settings::load(&state.store).await?;
    let shown = seen_by_everyone(&state, &settings, &name, slug, CoverSize::Small).await?;
    let cache = shown.cache();
    Ok(picture("image/jpeg", cache, drawn(shown, None).await?))
}

/// The cover in the preview of a link to an event, with the community's logo. Like in emails, it shows what everybody may
/// see.
async fn for_preview(
    Shared(state): Shared<State>,
    Path((name, slug)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let settings = settings::load(&state.store).await?;
    let shown = seen_by_everyone(&state, &settings, &name, &slug, CoverSize::Large).await?;
    let logo = match &settings.logo {
        // It may have been replaced meanwhile.
        Some(logo) => settings::logo(&state.store, &logo.name()).await.ok().map(|png| (logo.clone(), png)),
        None => None,
    };
    Ok(picture("image/jpeg", BRIEF, drawn(shown, logo).await?))
}

/// A cover before it is drawn.
enum Picture {
    /// A generated one, and the colour of what stands out in it.
    Generated(Cover, &'static str),
    /// The JPEG that a host uploaded.
    Uploaded(Vec<u8>),
}

impl Picture {
    /// How long others may keep it. Hosts can replace or remove an uploaded one.
    fn cache(&self) -> &'static str {
        match self {
            Self::Generated(..) => LASTING,
            Self::Uploaded(_) => BRIEF,
        }
    }

    /// Names what is in it.
    fn key(&self) -> String {
        match self {
            Self::Generated(cover, lamp) => format!("{} {lamp}", cover.name()),
            Self::Uploaded(bytes) => Sha256::digest(bytes).iter().fold(String::new(), |mut key, byte| {
                _ = write!(key, "{byte:02x}");
                key
            }),
        }
    }

    fn pixels(self) -> Result<RgbImage, String> {
        let (cover, lamp) = match self {
            Self::Generated(cover, lamp) => (cover, lamp),
            Self::Uploaded(jpeg) => {
                let picture = image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg);
                return picture.map(image::DynamicImage::into_rgb8).map_err(|error| error.to_string());
            }
        };
        let tree =
            Tree::from_str(&cover.svg(lamp), &Options::default()).map_err(|error| error.to_string())?;
        let (width, height) = (COVER_SIZE.0 * SCALE, COVER_SIZE.1 * SCALE);
        let mut pixels = Pixmap::new(width, height).ok_or("the picture has no size")?;
        let scale = f32::from(u8::try_from(SCALE).unwrap_or(1));
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        // The background covers everything, so the alpha channel says nothing.
        let rgb = pixels.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
        RgbImage::from_raw(width, height, rgb).ok_or_else(|| "the picture has another size".to_owned())
    }
}

/// The uploaded cover where visitors see the event, and otherwise the generated one with this name.
async fn seen_by_everyone(
    state: &State,
    settings: &Settings,
    name: &str,
    slug: &str,
    size: CoverSize,
) -> Result<Picture, StoreError> {
    let (Some(slug), Some(generated)) = (Slug::parse(slug), Cover::parse(name)) else {
        return Err(StoreError::NotFound);
    };
    match events::cover(&state.store, &Actor::Anonymous, &slug, None, size).await {
        Ok(uploaded) => Ok(Picture::Uploaded(uploaded)),
        Err(StoreError::NotFound) => Ok(Picture::Generated(generated, settings.colour.lamp())),
        Err(error) => Err(error),
    }
}

/// For what seldom changes: a later version may draw it differently, and a community may choose another colour.
const LASTING: &str = "public, max-age=3600, stale-while-revalidate=86400";
/// For what people can replace or remove.
const BRIEF: &str = "public, max-age=600";

fn picture(content_type: &'static str, cache: &'static str, bytes: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        // Mail programs in the browser show pictures of other sites.
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    (headers, bytes).into_response()
}

/// The JPEG of a cover, with a logo in its corner. It is drawn once.
async fn drawn(cover: Picture, logo: Option<(Logo, Vec<u8>)>) -> Result<Bytes, Fail> {
    let kept = |key: &str| DRAWN.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
    if let (Picture::Uploaded(bytes), None) = (&cover, &logo) {
        return Ok(bytes.clone().into());
    }
    let logo_name = logo.as_ref().map(|(logo, _)| logo.name()).unwrap_or_default();
    let key = format!("{} {logo_name}", cover.key());
    if let Some(bytes) = kept(&key) {
        return Ok(bytes);
    }
    // The semaphore is never closed.
    let _turn = DRAWING.acquire().await;
    // Another request may have drawn it meanwhile.
    if let Some(bytes) = kept(&key) {
        return Ok(bytes);
    }
    let bytes = tokio::task::spawn_blocking(move || draw(cover, logo.map(|(_, png)| png))).await;
    let bytes = bytes.map_err(|error| error.to_string()).flatten();
    let bytes = bytes.map_err(|error| app::error::AppError::internal(&error))?;
    let mut all = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= MAX_DRAWN {
        all.clear();
    }
    all.insert(key, bytes.clone());
    Ok(bytes)
}

fn draw(cover: Picture, logo: Option<Vec<u8>>) -> Result<Bytes, String> {
    let mut picture = cover.pixels()?;
    if let Some(logo) = logo {
        add_logo(&mut picture, &logo, LOGO_SIZE, LOGO_MARGIN)?;
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&picture)
        .map_err(|error| error.to_string())?;
    Ok(jpeg.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut png = std::io::Cursor::new(Vec::new());
        RgbImage::from_pixel(width, height, image::Rgb([0, 200, 0]))
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        png.into_inner()
    }

    #[test]
    fn a_cover_is_a_small_jpeg() {
        let cover = Cover::parse("talk-3").unwrap();
        let bytes = draw(Picture::Generated(cover, "#e2b45c"), None).unwrap();
        assert!(bytes.len() < 140_000, "{}", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (1280, 720));
    }

    #[test]
    fn a_logo_is_in_the_corner_of_both_kinds_of_covers() {
        let cover = Cover::parse("talk-3").unwrap();
        let generated = || Picture::Generated(cover, "#e2b45c");
        let plain = draw(generated(), None).unwrap();
        let corner = |jpeg: &[u8]| image::load_from_memory(jpeg).unwrap().into_rgb8().get_pixel(1100, 620).0;
        let is_green = |[r, g, b]: [u8; 3]| g > 180 && r < 40 && b < 40;
        for shown in [generated(), Picture::Uploaded(plain.to_vec())] {
            let with_logo = draw(shown, Some(png(480, 160))).unwrap();
            assert!(is_green(corner(&with_logo)), "{:?}", corner(&with_logo));
        }
        assert!(!is_green(corner(&plain)), "control: without a logo");
    }
}
