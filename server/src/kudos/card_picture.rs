//! Draws the picture of kudos: an SVG with texts, turned into a PNG. What the font cannot write is left out, so that
//! nobody sees empty boxes instead of a name.

use std::{
    fmt::Write as _,
    io::Cursor,
    sync::{Arc, LazyLock},
};

use domain::community::Logo;
use html_escape::encode_text;
use image::{ImageFormat, RgbImage};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};
use sha2::{Digest as _, Sha256};
use ttf_parser::Face;

use crate::picture::add_logo;

/// EB Garamond by Georg Duffner, under the SIL Open Font License (`server/fonts/OFL.txt`).
const FONT: &[u8] = include_bytes!("../../fonts/EBGaramond12-Regular.otf");
/// The size that other sites expect.
const SIZE: (u32, u32) = (1200, 630);
/// The space around the texts.
const MARGIN: u32 = 90;
/// Sizes of the message, the largest that fits is used.
const TEXT_SIZES: [u32; 5] = [56, 48, 40, 34, 29];
/// The room for the message.
const TEXT_HEIGHT: u32 = 330;
/// The largest width and height of the community's logo, below the message.
const LOGO_SIZE: (u32, u32) = (320, 76);
/// The space between the logo and the edges.
const LOGO_MARGIN: u32 = 28;
/// The most names in the title.
const MAX_NAMES: usize = 3;

/// The texts of a picture.
pub(super) struct Texts {
    /// The name of the community.
    pub(super) community: String,
    /// The title when no name can be written.
    pub(super) title: String,
    /// The names of the recipients.
    pub(super) to: Vec<String>,
    /// Makes the title from names.
    pub(super) to_names: Box<dyn Fn(String) -> String + Send>,
    /// The message.
    pub(super) text: String,
    /// The name of the giver, and the line with it.
    pub(super) from: Option<(String, String)>,
    /// The community's logo and its picture as PNG.
    pub(super) logo: Option<(Logo, Vec<u8>)>,
}

impl Texts {
    /// Names what is drawn, so that a picture of an older text is not used.
    pub(super) fn key(&self) -> String {
        let from = self.from.as_ref().map(|(name, _)| name.as_str()).unwrap_or_default();
        let logo = self.logo.as_ref().map(|(logo, _)| logo.name()).unwrap_or_default();
        let all = [&self.community, &self.title, &self.to.join("\n"), &self.text, from, &logo]
            .map(|text| text.to_owned());
        Sha256::digest(all.join("\n\n").as_bytes())[..12].iter().fold(String::new(), |mut key, byte| {
            _ = write!(key, "{byte:02x}");
            key
        })
    }
}

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// Draws a picture as PNG.
pub(super) fn draw(texts: &Texts) -> Result<Vec<u8>, String> {
    let family = FONTS.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    let family = family.ok_or("the font has no name")?;
    let face = Face::parse(FONT, 0).map_err(|error| error.to_string())?;
    let options = Options { fontdb: FONTS.clone(), font_family: family.clone(), ..Options::default() };
    let tree = Tree::from_str(&svg(texts, &face, &family), &options).map_err(|error| error.to_string())?;
    let mut pixels = Pixmap::new(SIZE.0, SIZE.1).ok_or("the picture has no size")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let Some((_, logo)) = &texts.logo else { return pixels.encode_png().map_err(|error| error.to_string()) };
    // The background covers everything, so the alpha channel says nothing.
    let rgb = pixels.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    let mut picture = RgbImage::from_raw(SIZE.0, SIZE.1, rgb).ok_or("the picture has another size")?;
    add_logo(&mut picture, logo, LOGO_SIZE, LOGO_MARGIN)?;
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).map_err(|error| error.to_string())?;
    Ok(png.into_inner())
}

/// Whether the font has every character. Spaces need none.
fn can_write(face: &Face<'_>, text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || face.glyph_index(c).is_some())
}

/// The message with what the font can write. `None` when a word is missing, because the rest would say something else.
/// Pictograms are not words.
fn written(face: &Face<'_>, text: &str) -> Option<String> {
    let has_letters = text.chars().any(|c| c.is_alphanumeric() && face.glyph_index(c).is_none());
    let kept = text.chars().filter(|c| c.is_whitespace() || face.glyph_index(*c).is_some());
    (!has_letters).then(|| kept.collect())
}

fn svg(texts: &Texts, face: &Face<'_>, family: &str) -> String {
    let names: Vec<&str> =
        texts.to.iter().map(String::as_str).filter(|name| can_write(face, name)).take(MAX_NAMES).collect();
    let all_named = names.len() == texts.to.len();
    let title = match names.as_slice() {
        [] => texts.title.clone(),
        names if all_named => (texts.to_names)(names.join(", ")),
        names => (texts.to_names)(format!("{} …", names.join(", "))),
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" font-family=\"{family}\">\
         <rect width=\"{0}\" height=\"{1}\" fill=\"#f8efd9\"/><rect width=\"{0}\" height=\"14\" fill=\"#b0802b\"/>",
        SIZE.0, SIZE.1
    );
    let width = SIZE.0 - 2 * MARGIN;
    line(&mut out, 118, 52, "#141820", &shortened(face, &title, 52, width));
    let message = written(face, &texts.text).map(|text| fitted(face, &text, width)).unwrap_or_default();
    for (row, text) in message.lines.iter().enumerate() {
        let y = 190 + message.size + u32::try_from(row).unwrap_or(0) * leading(message.size);
        line(&mut out, y, message.size, "#141820", text);
    }
    let from = texts.from.as_ref().filter(|(name, _)| can_write(face, name)).map(|(_, line)| line.as_str());
    // A wide logo contains the name.
    let is_named = texts.logo.as_ref().is_some_and(|(logo, _)| logo.replaces_name());
    let community = Some(texts.community.as_str()).filter(|name| !is_named && can_write(face, name));
    let below = [from, community].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let logo_width = texts.logo.as_ref().map_or(0, |(logo, _)| logo.within(LOGO_SIZE.0, LOGO_SIZE.1).0);
    line(&mut out, SIZE.1 - 48, 32, "#5d4310", &shortened(face, &below, 32, width - logo_width));
    out.push_str("</svg>");
    out
}

fn line(out: &mut String, y: u32, size: u32, colour: &str, text: &str) {
    _ = write!(
        out,
        "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\">{}</text>",
        encode_text(text)
    );
}

/// A message in lines, and its size.
#[derive(Default)]
struct Message {
    size: u32,
    lines: Vec<String>,
}

fn leading(size: u32) -> u32 {
    size * 13 / 10
}

/// The message in the largest size that fits. What is too long even in the smallest size ends with dots.
fn fitted(face: &Face<'_>, text: &str, width: u32) -> Message {
    let mut message = Message::default();
    for size in TEXT_SIZES {
        let max = usize::try_from(TEXT_HEIGHT / leading(size)).unwrap_or(1);
        let mut lines = wrapped(face, text, size, width);
        let fits = lines.len() <= max;
        if !fits {
            lines.truncate(max);
            if let Some(last) = lines.last_mut() {
                *last = shortened(face, &format!("{last} …"), size, width);
            }
        }
        message = Message { size, lines };
        if fits {
            break;
        }
    }
    message
}

fn wrapped(face: &Face<'_>, text: &str, size: u32, width: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = shortened(face, word, size, width);
        match lines.last_mut() {
            Some(last) if measured(face, &format!("{last} {word}"), size) <= width => {
                last.push(' ');
                last.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// A text that is cut with dots where it is too wide.
fn shortened(face: &Face<'_>, text: &str, size: u32, width: u32) -> String {
    if measured(face, text, size) <= width {
        return text.to_owned();
    }
    let mut cut: String = text.to_owned();
    while cut.pop().is_some() {
        let shown = format!("{}…", cut.trim_end());
        if measured(face, &shown, size) <= width {
            return shown;
        }
    }
    String::new()
}

/// The width of a text, without kerning.
fn measured(face: &Face<'_>, text: &str, size: u32) -> u32 {
    let advance = |c: char| {
        let glyph = face.glyph_index(c)?;
        face.glyph_hor_advance(glyph).map(u32::from)
    };
    let units: u32 =
        text.chars().map(|c| advance(c).unwrap_or_else(|| u32::from(face.units_per_em()) / 4)).sum();
    units * size / u32::from(face.units_per_em()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(to: &[&str], text: &str) -> Texts {
        Texts {
            community: "Secure Synergy".into(),
            title: "Kudos".into(),
            to: to.iter().map(ToString::to_string).collect(),
            to_names: Box::new(|names| format!("Kudos to {names}")),
            text: text.into(),
            from: Some(("Kofi".into(), "From Kofi".into())),
            logo: None,
        }
    }

    /// A green logo.
    fn logo(width: u32, height: u32) -> Option<(Logo, Vec<u8>)> {
        let mut png = Cursor::new(Vec::new());
        RgbImage::from_pixel(width, height, image::Rgb([0, 200, 0]))
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        Some((Logo { hash: "c0ffee".into(), width, height }, png.into_inner()))
    }

    fn drawn(to: &[&str], text: &str) -> String {
        svg(&texts(to, text), &Face::parse(FONT, 0).unwrap(), "EB Garamond")
    }

    #[test]
    fn k11_a_name_that_the_font_lacks_is_left_out() {
        assert!(drawn(&["Inês Carvalho"], "x").contains("Kudos to Inês Carvalho"));
        assert!(drawn(&["Zsófia", "田中 明"], "x").contains("Kudos to Zsófia …"));
        let none = drawn(&["田中 明"], "x");
        assert!(none.contains(">Kudos<") && !none.contains('田'));
        assert!(!drawn(&["Mei"], "日本語で書きました").contains('日'), "a text in another script");
        assert!(drawn(&["Mei"], "Well done 🎉 you").contains("Well done"), "pictograms are left out");
    }

    #[test]
    fn k11_texts_cannot_add_markup_and_stay_inside() {
        let svg = drawn(&["<b>Mei</b> & co"], &"wide words ".repeat(90));
        assert!(svg.contains("&lt;b&gt;Mei") && !svg.contains("<b>"));
        assert!(svg.contains('…') && svg.matches("<text").count() <= 12);
        let one_word = drawn(&["Mei"], &"W".repeat(500));
        assert!(one_word.contains("WW…"));
    }

    #[test]
    fn k11_a_picture_is_a_png_of_the_usual_size() {
        let png = draw(&texts(&["Mei Tanaka"], "You read my runbook aloud, and then we mended it.")).unwrap();
        let picture = image::load_from_memory(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), SIZE);
        let dark = picture.to_luma8().pixels().filter(|pixel| pixel.0[0] < 60).count();
        assert!(dark > 2_000, "the texts are there: {dark}");
    }

    #[test]
    fn k11_the_logo_of_the_community_is_below_the_message() {
        let with_logo = |logo| draw(&Texts { logo, ..texts(&["Mei Tanaka"], "You mended it.") }).unwrap();
        let is_green = |png: &[u8]| {
            let pixel = image::load_from_memory(png).unwrap().into_rgb8().get_pixel(1150, 570).0;
            pixel == [0, 200, 0]
        };
        assert!(is_green(&with_logo(logo(480, 160))));
        assert!(!is_green(&with_logo(None)), "control");
        let written =
            |logo| svg(&Texts { logo, ..texts(&["Mei"], "x") }, &Face::parse(FONT, 0).unwrap(), "x");
        assert!(!written(logo(480, 120)).contains("Secure Synergy"), "a wide logo contains the name");
        assert!(written(logo(80, 80)).contains("Secure Synergy"));
        assert_ne!(texts(&["Mei"], "a").key(), Texts { logo: logo(9, 9), ..texts(&["Mei"], "a") }.key());
    }

    #[test]
    fn k11_another_text_has_another_key() {
        assert_ne!(texts(&["Mei"], "a").key(), texts(&["Mei"], "b").key());
        assert_eq!(texts(&["Mei"], "a").key(), texts(&["Mei"], "a").key());
    }
}
