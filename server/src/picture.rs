//! Turns an uploaded picture into the pictures that are stored: a small square for a profile, two sizes for the cover of
//! an event, one size for a logo. Only the pixels are kept: no metadata, no second picture, no trailing bytes.

mod colour;
mod cover;
mod jpeg;
mod logo;
mod square;

use std::{
    io::Cursor,
    sync::{Arc, LazyLock},
};

use axum::extract::Multipart;
use domain::{Refusal, forms::Fields};
use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    RgbaImage, codecs::jpeg::JpegEncoder, imageops, metadata::Orientation,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(crate) use cover::cover;
pub(crate) use logo::{add_logo, logo};
pub(crate) use square::square;

/// The largest file, in MB, for the message to the member.
const MAX_MB: i64 = 5;
/// The largest file, in bytes.
pub(crate) const MAX_BYTES: usize = 5 * 1024 * 1024;
/// The longest text beside a file, in bytes. A longer one is ignored.
const MAX_TEXT: usize = 4_000;
/// The most pixels, in millions. Good cameras have about as many.
const MAX_MEGAPIXELS: u32 = 40;
/// The most memory for decoding, in bytes: 40 million pixels of eight bytes, and some for the decoder.
const MAX_MEMORY: u64 = 384 * 1024 * 1024;
/// Only one picture is decoded at a time, because each can take a third of a gigabyte of memory.
static ONE_AT_A_TIME: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

/// The permit to read and decode one picture. It lasts until the work is done, not until the request ends. A
/// request can be cancelled, but a running decoder can't.
pub(crate) struct Permit(#[expect(dead_code, reason = "held until it is dropped")] OwnedSemaphorePermit);

impl Permit {
    /// Waits for the permit. Take it before you read the file into memory.
    pub(crate) async fn wait() -> Result<Self, Refusal> {
        // The semaphore is never closed.
        let permit = ONE_AT_A_TIME.clone().acquire_owned().await;
        permit.map(Self).map_err(|_| Refusal::PictureUnreadable)
    }
}

/// A form with a picture that was received.
pub(crate) struct PictureForm {
    /// The file in the field `picture`. Empty when none was chosen.
    pub(crate) file: Vec<u8>,
    /// The texts in other fields.
    pub(crate) fields: Fields,
}

impl PictureForm {
    /// Reads a form into memory. Its size is limited before.
    pub(crate) async fn read(mut form: Multipart) -> Result<Self, Refusal> {
        let mut read = Self { file: Vec::new(), fields: Fields::new() };
        while let Ok(Some(field)) = form.next_field().await {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "picture" {
                read.file = field.bytes().await.map_err(|_| Refusal::PictureUnreadable)?.to_vec();
            } else if let Ok(text) = field.text().await
                && text.len() <= MAX_TEXT
            {
                read.fields.insert(name, text);
            }
        }
        Ok(read)
    }

    /// The file, if one was chosen.
    pub(crate) fn chosen(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        match self.file.len() {
            0 => Ok(None),
            n if n > MAX_BYTES => Err(Refusal::PictureTooLarge { max: MAX_MB }),
            _ => Ok(Some(std::mem::take(&mut self.file))),
        }
    }
}

/// Makes something from a file, outside of the threads that serve requests.
async fn make<T: Send + 'static>(
    permit: Permit,
    bytes: Vec<u8>,
    from: fn(&[u8]) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let made = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        from(&bytes)
    });
    // If the decoder panics, the file isn't a valid picture.
    made.await.unwrap_or(Err(Refusal::PictureUnreadable))
}

/// The centre of a picture, scaled to a size: upright, in sRGB and without transparency.
fn scaled(decoded: Decoded, (width, height): (u32, u32)) -> RgbImage {
    let Decoded { picture, orientation, profile } = decoded;
    // A picture that lies on its side is scaled on its side, and then turned.
    let (width, height) = if lies(orientation) { (height, width) } else { (width, height) };
    let mut small = DynamicImage::from(centre(&picture, width, height));
    drop(picture);
    small.apply_orientation(orientation);
    let mut small = small.into_rgba8();
    if let Some(profile) = profile {
        colour::convert_to_srgb(&mut small, &profile);
    }
    on_white(&small)
}

/// Whether a picture lies on its side before it is turned.
fn lies(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
}

/// The largest centre with the shape of a size, scaled to that size. It is cropped before it is scaled. Otherwise a strip
/// of 40,000 by 1 pixels would be scaled to ten million by 256 first.
fn centre(picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    let (whole_width, whole_height) = picture.dimensions();
    // A length of one picture that fits the other one: never more than there is, and at least one pixel.
    let fit = |length: u32, from: u32, to: u32, whole: u32| {
        let fitting = u64::from(length) * u64::from(to) / u64::from(from);
        u32::try_from(fitting).unwrap_or(u32::MAX).clamp(1, whole)
    };
    let part_width = fit(whole_height, height, width, whole_width);
    let part_height = fit(whole_width, width, height, whole_height);
    let (x, y) = ((whole_width - part_width) / 2, (whole_height - part_height) / 2);
    let part = imageops::crop_imm(picture, x, y, part_width, part_height);
    imageops::resize(&*part, width, height, imageops::FilterType::Triangle)
}

fn encoded(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode_image(picture)
        .map_err(|_| Refusal::PictureUnreadable)?;
    Ok(jpeg)
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
