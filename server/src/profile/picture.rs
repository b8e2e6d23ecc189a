//! Turns an uploaded picture into the small square that is stored. Only the pixels are kept: no metadata, no
//! second picture, no trailing bytes.

mod colour;
mod jpeg;

use std::{
    io::Cursor,
    sync::{Arc, LazyLock},
};

use axum::extract::Multipart;
use domain::Refusal;
use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    RgbaImage, codecs::jpeg::JpegEncoder, imageops, metadata::Orientation,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The largest file, in MB, for the message to the member.
const MAX_MB: i64 = 5;
/// The largest file, in bytes.
pub(crate) const MAX_BYTES: usize = 5 * 1024 * 1024;
/// The most pixels, in millions. Good cameras have about as many.
const MAX_MEGAPIXELS: u32 = 40;
/// The most memory for decoding, in bytes: 40 million pixels of eight bytes, and some for the decoder.
const MAX_MEMORY: u64 = 384 * 1024 * 1024;
/// The side of the stored square, in pixels: twice the largest size that pages show.
const SIDE: u32 = 256;
const QUALITY: u8 = 85;

/// Only one picture is decoded at a time, because each can take a third of a gigabyte of memory.
static ONE_AT_A_TIME: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

/// The permit to read and decode one picture. It lasts until the work is done, not until the request ends. A
/// request can be cancelled, but a running decoder can't.
pub(super) struct Permit(#[expect(dead_code, reason = "held until it is dropped")] OwnedSemaphorePermit);

impl Permit {
    /// Waits for the permit. Take it before you read the file into memory.
    pub(super) async fn wait() -> Result<Self, Refusal> {
        // The semaphore is never closed.
        let permit = ONE_AT_A_TIME.clone().acquire_owned().await;
        permit.map(Self).map_err(|_| Refusal::PictureUnreadable)
    }
}

/// Reads the file from the form's field `picture`.
pub(super) async fn read_file(mut form: Multipart) -> Result<Vec<u8>, Refusal> {
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("picture") {
            let bytes = field.bytes().await.map_err(|_| Refusal::PictureUnreadable)?;
            return match bytes.len() {
                0 => Err(Refusal::PictureMissing),
                n if n > MAX_BYTES => Err(Refusal::PictureTooLarge { max: MAX_MB }),
                _ => Ok(bytes.to_vec()),
            };
        }
    }
    Err(Refusal::PictureMissing)
}

/// The central square of a picture: small, upright, as a JPEG in sRGB.
pub(super) async fn square(permit: Permit, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let made = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        make_square(&bytes)
    });
    // If the decoder panics, the file isn't a valid picture.
    made.await.unwrap_or(Err(Refusal::PictureUnreadable))
}

fn make_square(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let Decoded { picture, orientation, profile } = decode(bytes)?;
    let mut small = DynamicImage::from(centre(&picture));
    drop(picture);
    small.apply_orientation(orientation);
    let mut small = small.into_rgba8();
    if let Some(profile) = profile {
        colour::convert_to_srgb(&mut small, &profile);
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&on_white(&small))
        .map_err(|_| Refusal::PictureUnreadable)?;
    Ok(jpeg)
}

/// The central square, scaled to [`SIDE`]. It is cropped before it is scaled. Otherwise a strip of 40,000 by 1
/// pixels would be scaled to ten million by 256 first. Scaling needs memory for at most the square's side times
/// [`SIDE`] pixels.
fn centre(picture: &DynamicImage) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    let square = imageops::crop_imm(picture, (width - side) / 2, (height - side) / 2, side, side);
    imageops::resize(&*square, SIDE, SIDE, imageops::FilterType::Triangle)
}

struct Decoded {
    picture: DynamicImage,
    orientation: Orientation,
    /// The ICC profile in the file, if there is one.
    profile: Option<Vec<u8>>,
}

fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let unreadable = |_| Refusal::PictureUnreadable;
    let format = image::guess_format(bytes).map_err(unreadable)?;
    let bytes = match format {
        // The JPEG decoder fills missing parts with grey, so truncated files have to be detected here.
        ImageFormat::Jpeg => jpeg::first_picture(bytes).ok_or(Refusal::PictureUnreadable)?,
        ImageFormat::Png | ImageFormat::WebP => bytes,
        _ => return Err(Refusal::PictureUnreadable),
    };
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    // The size is in the header, so a decompression bomb is refused before it is decoded.
    let (width, height) = reader().into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > u64::from(MAX_MEGAPIXELS) * 1_000_000 {
        return Err(Refusal::PictureTooManyPixels { max: i64::from(MAX_MEGAPIXELS) });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = reader();
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    Ok(Decoded { picture, orientation, profile })
}

/// Puts the picture on a white background, because JPEG has no transparency.
fn on_white(picture: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, a] = picture.get_pixel(x, y).0;
        let mixed = |c: u8| {
            let (c, a) = (u16::from(c), u16::from(a));
            u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([mixed(r), mixed(g), mixed(b)])
    })
}

#[cfg(test)]
mod tests;
