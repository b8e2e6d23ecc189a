//! The small square of a profile picture.

use domain::Refusal;

use super::{Permit, decode, encoded, make, scaled};

/// The side of the square, in pixels: twice the largest size that pages show.
pub(super) const SIDE: u32 = 256;
const QUALITY: u8 = 85;

/// The central square of a picture: small, upright, as a JPEG in sRGB.
pub(crate) async fn square(permit: Permit, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    make(permit, bytes, make_square).await
}

pub(super) fn make_square(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    encoded(&scaled(decode(bytes)?, (SIDE, SIDE)), QUALITY)
}
