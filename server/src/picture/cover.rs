//! The two sizes of an event's cover.

use domain::{Refusal, events::CoverSize};
use image::{RgbImage, imageops};
use store::events::CoverFiles;

use super::{Permit, decode, encoded, make, scaled};

/// The quality that is tried first, and how much lower the next one is.
const BEST_QUALITY: u8 = 85;
const STEP: usize = 7;

/// Both sizes of a cover as JPEG. Each has at most the bytes that its size allows, with the best quality that fits.
pub(crate) async fn cover(permit: Permit, bytes: Vec<u8>) -> Result<CoverFiles, Refusal> {
    make(permit, bytes, make_cover).await
}

pub(super) fn make_cover(bytes: &[u8]) -> Result<CoverFiles, Refusal> {
    let large = scaled(decode(bytes)?, CoverSize::Large.pixels());
    let (width, height) = CoverSize::Small.pixels();
    let small = imageops::resize(&large, width, height, imageops::FilterType::Triangle);
    Ok(CoverFiles {
        small: encoded_within(&small, CoverSize::Small.max_bytes())?,
        large: encoded_within(&large, CoverSize::Large.max_bytes())?,
    })
}

/// The best JPEG of at most `max` bytes. The lowest quality makes even noise small enough.
fn encoded_within(picture: &RgbImage, max: usize) -> Result<Vec<u8>, Refusal> {
    for quality in (1..=BEST_QUALITY).rev().step_by(STEP) {
        let jpeg = encoded(picture, quality)?;
        if jpeg.len() <= max {
            return Ok(jpeg);
        }
    }
    Err(Refusal::PictureUnreadable)
}
