//! Tests with pictures from cameras, phones and attackers.

use domain::events::CoverSize;
use image::{ImageEncoder as _, Luma, codecs::png::PngEncoder};
use moxcms::ColorProfile;

use super::{
    cover::make_cover,
    square::{SIDE, make_square},
    *,
};

/// Reads an upload and makes the picture of it.
type Use = fn(&[u8]) -> Result<Vec<u8>, Refusal>;

/// Both uses of an upload. Whatever one of them refuses, the other one refuses too.
const USES: [Use; 2] = [make_square, |bytes| make_cover(bytes).map(|files| files.large)];

fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 241).unwrap(), 7])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn shown(jpeg: &[u8]) -> RgbImage {
    assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
    image::load_from_memory(jpeg).unwrap().into_rgb8()
}

#[test]
fn every_format_becomes_a_small_square() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let picture = shown(&make_square(&drawn(300, 200, format)).unwrap());
        assert_eq!(picture.dimensions(), (SIDE, SIDE), "{format:?}");
    }
}

/// Scaling before cropping would need ten gigabytes here, which would end the process.
#[test]
fn a_strip_is_cropped_before_it_is_scaled() {
    for (width, height) in [(40_000, 1), (1, 40_000), (30_000, 2), (16_000, 3)] {
        let formats: &[ImageFormat] = if width.max(height) < 16_384 {
            &[ImageFormat::Png, ImageFormat::WebP]
        } else {
            &[ImageFormat::Png]
        };
        for format in formats {
            let picture = shown(&make_square(&drawn(width, height, *format)).unwrap());
            assert_eq!(picture.dimensions(), (SIDE, SIDE), "{width}x{height} {format:?}");
        }
    }
}

#[test]
fn only_the_centre_is_kept() {
    let picture = RgbImage::from_fn(900, 300, |x, _| {
        Rgb(if (300..600).contains(&x) { [0, 200, 0] } else { [200, 0, 0] })
    });
    let picture = DynamicImage::from(picture);
    assert!(centre(&picture, SIDE, SIDE).pixels().all(|pixel| pixel.0 == [0, 200, 0, 255]));
    // Control: a wider part contains both sides.
    assert!(centre(&picture, 64, 32).pixels().any(|pixel| pixel.0 == [200, 0, 0, 255]));
}

#[test]
fn a_truncated_file_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = drawn(300, 200, format);
        for used in USES {
            assert!(used(&whole).is_ok(), "{format:?}");
            for part in [1, 2, 3] {
                let cut = &whole[..whole.len() * part / 4];
                assert_eq!(used(cut), Err(Refusal::PictureUnreadable), "{format:?}, {part}/4");
            }
        }
    }
}

/// Phones append a video to a photo. Its bytes can contain all markers of JPEG.
#[test]
fn bytes_after_the_picture_do_not_matter() {
    let whole = drawn(300, 200, ImageFormat::Jpeg);
    let plain = make_square(&whole).unwrap();
    let video = [&b"\0\0\0\x18ftypmp42"[..], &[0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xc0], &[7; 500]].concat();
    for trailer in [&video[..], &[0xff, 0xda], &[0xff, 0xd9, 0xff, 0xda], &whole[..whole.len() / 2], b"\r\n"]
    {
        assert_eq!(make_square(&[&whole, trailer].concat()), Ok(plain.clone()), "{:?}", &trailer[..2]);
    }
    // The video doesn't replace the missing end of a truncated photo.
    let cut = [&whole[..whole.len() / 2], &video[..]].concat();
    assert_eq!(make_square(&cut), Err(Refusal::PictureUnreadable));
}

#[test]
fn other_files_are_refused() {
    let script = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    for bytes in [&b""[..], b"hello", script, b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", b"%PDF-1.7"] {
        for used in USES {
            assert_eq!(used(bytes), Err(Refusal::PictureUnreadable));
        }
    }
}

/// Noise is the hardest thing to compress.
#[test]
fn a_cover_has_two_sizes_that_are_small_enough() {
    let mut random = 7_u32;
    let noise = RgbImage::from_fn(1600, 900, |_, _| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, r, g, b] = random.to_le_bytes();
        Rgb([r, g, b])
    });
    let mut png = Cursor::new(Vec::new());
    DynamicImage::from(noise.clone()).write_to(&mut png, ImageFormat::Png).unwrap();
    for file in [png.into_inner(), drawn(300, 200, ImageFormat::Jpeg)] {
        let made = make_cover(&file).unwrap();
        for (size, jpeg) in [(CoverSize::Small, made.small), (CoverSize::Large, made.large)] {
            assert_eq!(shown(&jpeg).dimensions(), size.pixels());
            assert!(jpeg.len() <= size.max_bytes(), "{} bytes", jpeg.len());
        }
    }
    // Control: without a lower quality, noise is too large.
    let large = scaled(
        Decoded { picture: noise.into(), orientation: Orientation::NoTransforms, profile: None },
        (1280, 720),
    );
    assert!(encoded(&large, 85).unwrap().len() > CoverSize::Large.max_bytes());
}

/// Phones save pictures on their side, with a note how to turn them.
#[test]
fn a_picture_on_its_side_is_turned_before_it_is_cropped() {
    let picture = RgbImage::from_fn(320, 180, |x, _| Rgb(if x < 160 { [0, 200, 0] } else { [200, 0, 0] }));
    let orientation = Orientation::Rotate90;
    let turned = scaled(Decoded { picture: picture.into(), orientation, profile: None }, (64, 36));
    assert_eq!(turned.dimensions(), (64, 36));
    // The left half of the file is the upper half of the picture.
    assert_eq!((turned.get_pixel(5, 2).0, turned.get_pixel(60, 33).0), ([0, 200, 0], [200, 0, 0]));
}

/// A PNG of 40,000 by 40,000 pixels that consists of little more than its header.
#[test]
fn a_bomb_is_not_decoded() {
    let mut bomb = drawn(1, 1, ImageFormat::Png);
    bomb[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&40_000_u32.to_be_bytes());
    let crc = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let max = i64::from(MAX_MEGAPIXELS);
    for used in USES {
        assert_eq!(used(&bomb), Err(Refusal::PictureTooManyPixels { max }));
    }
}

/// The checksum of PNG chunks.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            },
        )
    })
}

#[test]
fn metadata_is_removed() {
    let whole = drawn(40, 40, ImageFormat::Jpeg);
    // A comment right after the start, where cameras write metadata.
    let mut noted = whole[..2].to_vec();
    noted.extend([0xff, 0xfe, 0, 15]);
    noted.extend(b"canary-place!");
    noted.extend(&whole[2..]);
    noted.extend(b"canary-behind");
    for used in USES {
        let made = used(&noted).unwrap();
        assert!(!made.windows(6).any(|bytes| bytes == b"canary"));
    }
    // Control: the file did contain them.
    assert!(noted.windows(6).any(|bytes| bytes == b"canary"));
}

fn flat(colour: [u8; 3], profile: Option<Vec<u8>>) -> Vec<u8> {
    let picture = RgbImage::from_pixel(64, 64, Rgb(colour));
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 100);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    encoder.encode_image(&picture).unwrap();
    bytes
}

fn middle(file: &[u8]) -> [u8; 3] {
    shown(&make_square(file).unwrap()).get_pixel(SIDE / 2, SIDE / 2).0
}

fn is_near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 3)
}

#[test]
fn colours_are_converted_from_the_profile_of_the_file() {
    let dull = [200, 60, 60];
    assert!(is_near(middle(&flat(dull, None)), dull));
    let adobe = ColorProfile::new_adobe_rgb().encode().unwrap();
    let vivid = middle(&flat(dull, Some(adobe)));
    assert!(is_near(vivid, [231, 57, 57]), "{vivid:?}");
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    assert!(is_near(middle(&flat(dull, Some(srgb))), dull));
    // A profile that can't be read changes nothing.
    assert!(is_near(middle(&flat(dull, Some(b"no profile".to_vec()))), dull));
}

#[test]
fn grey_pictures_have_grey_profiles() {
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let picture = image::GrayImage::from_pixel(64, 64, Luma([128]));
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(linear).unwrap();
    encoder.write_image(&picture, 64, 64, image::ExtendedColorType::L8).unwrap();
    // Half of the light is this grey in sRGB.
    assert!(is_near(middle(&bytes), [188; 3]), "{:?}", middle(&bytes));
}

/// A cancelled request's decoder still runs, so no other picture may start until it is done.
#[tokio::test]
async fn a_cancelled_request_keeps_its_turn_while_it_works() {
    let large = drawn(2_000, 2_000, ImageFormat::Png);
    let permit = Permit::wait().await.unwrap();
    let mut request = Box::pin(square(permit, large));
    assert!(futures::poll!(request.as_mut()).is_pending());
    drop(request);
    assert_eq!(ONE_AT_A_TIME.available_permits(), 0);
    assert!(Permit::wait().await.is_ok());
}
