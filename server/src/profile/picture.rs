//! A picture as it comes, made into the small square that is kept. Nothing of the file but its pixels
//! survives: no metadata, no second picture, no trailing bytes.

use std::io::Cursor;

use axum::extract::Multipart;
use domain::Refusal;
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use tokio::sync::Semaphore;

/// The largest file, in MB and in bytes.
const MOST_MB: i64 = 5;
/// As [`MOST_MB`].
pub(crate) const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most pixels, in millions: what a good camera takes.
const MOST_MEGAPIXELS: u32 = 40;
/// What decoding may take: 40 million pixels of four bytes, and as much again for the way.
const MOST_MEMORY: u64 = 384 * 1024 * 1024;
/// The side of what is kept: twice the largest that pages show.
const SIDE: u32 = 256;
const QUALITY: u8 = 85;

/// A picture can take a third of a gigabyte while it is decoded: one at a time.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// The file of the form.
pub(super) async fn sent(mut form: Multipart) -> Result<Vec<u8>, Refusal> {
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("picture") {
            let bytes = field.bytes().await.map_err(|_| Refusal::PictureUnreadable)?;
            return match bytes.len() {
                0 => Err(Refusal::PictureMissing),
                n if n > MOST_BYTES => Err(Refusal::PictureTooLarge { most: MOST_MB }),
                _ => Ok(bytes.to_vec()),
            };
        }
    }
    Err(Refusal::PictureMissing)
}

/// The middle of a picture, small, upright, as JPEG.
pub(super) async fn square(bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    // Never closed; who comes later waits.
    let _turn = ONE_AT_A_TIME.acquire().await;
    let made = tokio::task::spawn_blocking(move || square_now(&bytes));
    // A decoder that panics has met no picture.
    made.await.unwrap_or(Err(Refusal::PictureUnreadable))
}

fn square_now(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (picture, orientation) = decoded(bytes)?;
    let mut picture = picture.resize_to_fill(SIDE, SIDE, FilterType::Triangle);
    picture.apply_orientation(orientation);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&on_white(&picture))
        .map_err(|_| Refusal::PictureUnreadable)?;
    Ok(jpeg)
}

fn decoded(bytes: &[u8]) -> Result<(DynamicImage, Orientation), Refusal> {
    let unreadable = |_| Refusal::PictureUnreadable;
    let format = image::guess_format(bytes).map_err(unreadable)?;
    let whole = match format {
        ImageFormat::Jpeg => ends(bytes),
        ImageFormat::Png | ImageFormat::WebP => true,
        _ => false,
    };
    if !whole {
        return Err(Refusal::PictureUnreadable);
    }
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    // Its head alone says how large it would be: a bomb is not even begun.
    let (width, height) = reader().into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > u64::from(MOST_MEGAPIXELS) * 1_000_000 {
        return Err(Refusal::PictureTooManyPixels { most: i64::from(MOST_MEGAPIXELS) });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = reader();
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(unreadable)?, orientation))
}

/// Whether a JPEG's last scan has an end: its decoder fills up what is missing with grey.
fn ends(jpeg: &[u8]) -> bool {
    let last = |marker: [u8; 2]| jpeg.windows(2).rposition(|pair| pair == marker);
    last([0xff, 0xd9]) > last([0xff, 0xda])
}

/// What is see-through lies on white: JPEG knows no holes.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
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
mod tests {
    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 241).unwrap(), 7])
        });
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_format_becomes_a_small_square() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let small = square_now(&encoded(300, 200, format)).unwrap();
            assert_eq!(image::guess_format(&small).unwrap(), ImageFormat::Jpeg);
            let picture = image::load_from_memory(&small).unwrap();
            assert_eq!((picture.width(), picture.height()), (SIDE, SIDE), "{format:?}");
        }
    }

    #[test]
    fn a_file_that_breaks_off_is_no_picture() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let whole = encoded(300, 200, format);
            assert!(square_now(&whole).is_ok(), "{format:?}");
            for part in [1, 2, 3] {
                let cut = &whole[..whole.len() * part / 4];
                assert_eq!(square_now(cut), Err(Refusal::PictureUnreadable), "{format:?}, {part}/4");
            }
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let script = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
        for bytes in [&b""[..], b"hello", script, b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", b"%PDF-1.7"] {
            assert_eq!(square_now(bytes), Err(Refusal::PictureUnreadable));
        }
    }

    /// A PNG of 40,000 by 40,000 pixels whose head is all there is: 57 bytes.
    #[test]
    fn a_bomb_is_not_begun() {
        let mut bomb = encoded(1, 1, ImageFormat::Png);
        bomb[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&40_000_u32.to_be_bytes());
        let crc = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        let most = i64::from(MOST_MEGAPIXELS);
        assert_eq!(square_now(&bomb), Err(Refusal::PictureTooManyPixels { most }));
    }

    /// The checksum of PNG's chunks.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }

    #[test]
    fn what_a_camera_wrote_is_gone() {
        let whole = encoded(40, 40, ImageFormat::Jpeg);
        // A comment right behind the beginning, as a camera's notes are.
        let mut noted = whole[..2].to_vec();
        noted.extend([0xff, 0xfe, 0, 15]);
        noted.extend(b"canary-place!");
        noted.extend(&whole[2..]);
        noted.extend(b"canary-behind");
        let small = square_now(&noted).unwrap();
        assert!(!small.windows(6).any(|bytes| bytes == b"canary"));
    }
}
