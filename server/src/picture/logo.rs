//! The logo of a community, in one size for pages and emails.

use std::io::Cursor;

use domain::{Refusal, community::Logo};
use image::{
    DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, RgbaImage,
    imageops::{self, FilterType},
};

use super::{Decoded, Permit, colour, decode, lies, make};

/// The space around a logo with transparent parts, in pixels.
const MARGIN: u32 = 8;
/// Behind dark logos.
const PAPER: [u8; 3] = [255, 255, 255];
/// Behind light logos: the colour of the header of emails.
const NIGHT: [u8; 3] = [0x1b, 0x22, 0x35];
/// From how much light on, of 255, a logo needs a dark background.
const LIGHT: u64 = 190;

/// A logo as it is stored.
#[derive(Debug)]
pub(crate) struct LogoFile {
    /// The picture as PNG, without transparency.
    pub(crate) png: Vec<u8>,
    /// Width and height in pixels.
    pub(crate) size: (u32, u32),
}

/// The whole picture as a PNG within [`Logo::MAX_SIZE`] and [`Logo::MAX_BYTES`]. Transparent parts get a background that
/// suits the picture, because it is shown on light and dark pages.
pub(crate) async fn logo(permit: Permit, bytes: Vec<u8>) -> Result<LogoFile, Refusal> {
    make(permit, bytes, make_logo).await
}

pub(super) fn make_logo(bytes: &[u8]) -> Result<LogoFile, Refusal> {
    let whole = small(decode(bytes)?);
    let (mut width, mut height) = whole.dimensions();
    // PNG is lossless, so only fewer pixels make it smaller. A sixteenth of the pixels of noise always fits.
    loop {
        let picture = if (width, height) == whole.dimensions() {
            whole.clone()
        } else {
            imageops::resize(&whole, width, height, FilterType::Triangle)
        };
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).map_err(|_| Refusal::PictureUnreadable)?;
        let png = png.into_inner();
        if png.len() <= Logo::MAX_BYTES {
            return Ok(LogoFile { png, size: (width, height) });
        }
        (width, height) = ((width * 3 / 4).max(1), (height * 3 / 4).max(1));
    }
}

/// The picture upright, in sRGB, at most as large as a logo, and without transparency.
fn small(Decoded { picture, orientation, profile }: Decoded) -> RgbImage {
    let (max_width, max_height) = Logo::MAX_SIZE;
    let (max_width, max_height) =
        if lies(orientation) { (max_height, max_width) } else { (max_width, max_height) };
    let (width, height) = shape(&picture).within(max_width, max_height);
    let mut small = DynamicImage::from(imageops::resize(&picture, width, height, FilterType::Triangle));
    drop(picture);
    small.apply_orientation(orientation);
    let mut small = small.into_rgba8();
    if let Some(profile) = profile {
        colour::convert_to_srgb(&mut small, &profile);
    }
    if small.pixels().all(|pixel| pixel.0[3] == u8::MAX) { opaque(&small, PAPER) } else { framed(&small) }
}

/// A picture with transparent parts on a background, with space around it.
fn framed(picture: &RgbaImage) -> RgbImage {
    let behind = if is_light(picture) { NIGHT } else { PAPER };
    let inside = opaque(picture, behind);
    let (max_width, max_height) = Logo::MAX_SIZE;
    let (width, height) = shape(&inside).within(max_width - 2 * MARGIN, max_height - 2 * MARGIN);
    let inside = imageops::resize(&inside, width, height, FilterType::Triangle);
    let mut framed = RgbImage::from_pixel(width + 2 * MARGIN, height + 2 * MARGIN, Rgb(behind));
    imageops::replace(&mut framed, &inside, MARGIN.into(), MARGIN.into());
    framed
}

/// Puts a stored logo into the lower right corner of a picture, within `max` pixels. `margin` is the space to the edges.
pub(crate) fn add_logo(
    picture: &mut RgbImage,
    png: &[u8],
    max: (u32, u32),
    margin: u32,
) -> Result<(), String> {
    let logo =
        image::load_from_memory_with_format(png, ImageFormat::Png).map_err(|error| error.to_string())?;
    let (width, height) = shape(&logo).within(max.0, max.1);
    let logo = imageops::resize(&logo.into_rgb8(), width, height, FilterType::Triangle);
    let x = picture.width().saturating_sub(width + margin);
    let y = picture.height().saturating_sub(height + margin);
    imageops::replace(picture, &logo, x.into(), y.into());
    Ok(())
}

fn shape(picture: &impl GenericImageView) -> Logo {
    let (width, height) = picture.dimensions();
    Logo { hash: String::new(), width, height }
}

/// Whether the visible parts are so light that they would be lost on paper.
fn is_light(picture: &RgbaImage) -> bool {
    let (mut light, mut visible) = (0_u64, 0_u64);
    for pixel in picture.pixels() {
        let [r, g, b, a] = pixel.0.map(u64::from);
        light += (2 * r + 5 * g + b) / 8 * a;
        visible += a;
    }
    visible > 0 && light / visible > LIGHT
}

fn opaque(picture: &RgbaImage, behind: [u8; 3]) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, a] = picture.get_pixel(x, y).0;
        let mixed = |c: u8, back: u8| {
            let (c, a, back) = (u16::from(c), u16::from(a), u16::from(back));
            u8::try_from((c * a + back * (255 - a)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([mixed(r, behind[0]), mixed(g, behind[1]), mixed(b, behind[2])])
    })
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    fn made(picture: impl Into<DynamicImage>) -> (RgbImage, LogoFile) {
        let mut png = Cursor::new(Vec::new());
        picture.into().write_to(&mut png, ImageFormat::Png).unwrap();
        let logo = make_logo(png.get_ref()).unwrap();
        let shown = image::load_from_memory(&logo.png).unwrap().into_rgb8();
        assert_eq!(shown.dimensions(), logo.size);
        assert!(logo.png.len() <= Logo::MAX_BYTES);
        (shown, logo)
    }

    #[test]
    fn a_logo_keeps_its_shape_and_is_never_enlarged() {
        let colour = Rgb([10, 20, 30]);
        assert_eq!(made(RgbImage::from_pixel(960, 240, colour)).1.size, (480, 120));
        assert_eq!(made(RgbImage::from_pixel(100, 1000, colour)).1.size, (16, 160));
        assert_eq!(made(RgbImage::from_pixel(40, 30, colour)).1.size, (40, 30));
        assert_eq!(made(RgbImage::from_pixel(9000, 1, colour)).1.size, (480, 1));
    }

    #[test]
    fn transparent_parts_get_a_background_that_shows_the_logo() {
        let logo = |grey: u8| {
            RgbaImage::from_fn(100, 50, |x, _| {
                if x < 50 { Rgba([grey, grey, grey, 255]) } else { Rgba([0, 0, 0, 0]) }
            })
        };
        let (dark, file) = made(logo(20));
        assert_eq!(file.size, (116, 66));
        assert_eq!(dark.get_pixel(0, 0).0, PAPER);
        assert_eq!(made(logo(250)).0.get_pixel(0, 0).0, NIGHT);
        // Control: an opaque logo stays as it is.
        let (whole, file) = made(RgbImage::from_pixel(100, 50, Rgb([250, 250, 250])));
        assert_eq!((file.size, whole.get_pixel(0, 0).0), ((100, 50), [250, 250, 250]));
    }

    #[test]
    fn noise_is_made_small_enough() {
        let mut seed = 7_u32;
        let noise = RgbImage::from_fn(480, 160, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = seed.to_be_bytes();
            Rgb([a, b, c])
        });
        let (_, file) = made(noise);
        assert!(file.size.0 < 480 && file.size.0 > 100, "{:?}", file.size);
    }
}
