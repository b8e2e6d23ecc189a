//! Colour profiles. Browsers show pictures without a profile as sRGB. The stored picture has no profile, so its
//! colours are converted.

use image::RgbaImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Converts the colours of a picture from an ICC profile to sRGB. The colours stay unchanged if the profile
/// can't be read or isn't for the decoded channels (CMYK is decoded to RGB).
pub(super) fn convert_to_srgb(picture: &mut RgbaImage, profile: &[u8]) {
    if let Some(converted) = converted(picture, profile) {
        *picture = converted;
    }
}

fn converted(picture: &RgbaImage, profile: &[u8]) -> Option<RgbaImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let (layout, pixels) = match profile.color_space {
        DataColorSpace::Rgb => (Layout::Rgba, picture.as_raw().clone()),
        DataColorSpace::Gray => {
            let grey = picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[3]]);
            (Layout::GrayAlpha, grey.collect())
        }
        _ => return None,
    };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_8bit(layout, &srgb, Layout::Rgba, options).ok()?;
    let mut converted = RgbaImage::new(picture.width(), picture.height());
    transform.transform(&pixels, &mut converted).ok()?;
    Some(converted)
}
