//! Covers of events: pictures that hosts uploaded, and generated ones.
//!
//! A generated cover is a pattern for each kind of event, drawn as SVG with the community's colour. An event without an
//! uploaded picture always gets the same one, chosen by its slug. There are few variants, so browsers and servers can keep
//! them.

use std::fmt::Write as _;

use super::EventKind;
use crate::{Problems, Slug, checks::Checks};

/// How many covers there are for each kind.
pub const COVER_VARIANTS: u8 = 24;
/// Width and height of a cover in its own units.
pub const COVER_SIZE: (u32, u32) = (640, 360);

const PAPER: &str = "#f6f0e2";

/// The longest alternative text of a cover, in characters.
pub const MAX_ALTERNATIVE: usize = 200;

/// The cover that hosts uploaded for an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedCover {
    /// The name of the picture, from its content. Another picture has another name.
    pub hash: String,
    /// What the picture shows, for people who cannot see it. Empty for a picture that only decorates.
    pub alternative: String,
}

impl UploadedCover {
    /// The name of the file with one size of it, for example `c0ffee-640.jpg`.
    #[must_use]
    pub fn file(&self, size: CoverSize) -> String {
        format!("{}-{}.jpg", self.hash, size.pixels().0)
    }
}

/// A size of an uploaded cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverSize {
    /// For lists and emails.
    Small,
    /// For the event's page and link previews.
    Large,
}

impl CoverSize {
    /// Width and height. Both sizes have the shape of the generated covers.
    #[must_use]
    pub fn pixels(self) -> (u32, u32) {
        match self {
            Self::Small => COVER_SIZE,
            Self::Large => (COVER_SIZE.0 * 2, COVER_SIZE.1 * 2),
        }
    }

    /// The largest file, in bytes.
    #[must_use]
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Small => 60_000,
            Self::Large => 140_000,
        }
    }

    /// Reads the name of a [file](UploadedCover::file): the picture and its size. `None` for other names.
    #[must_use]
    pub fn of_file(name: &str) -> Option<(&str, Self)> {
        let (hash, width) = name.strip_suffix(".jpg")?.rsplit_once('-')?;
        let size =
            [Self::Small, Self::Large].into_iter().find(|size| size.pixels().0.to_string() == width)?;
        Some((hash, size))
    }
}

/// Checks the alternative text of a cover.
///
/// # Errors
/// A problem with the field `alternative`.
pub fn check_alternative(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.line("alternative", text, 0, MAX_ALTERNATIVE);
    checks.finish(Some(text))
}

/// One of the generated covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    kind: EventKind,
    variant: u8,
}

impl Cover {
    /// The cover of an event.
    #[must_use]
    pub fn of(kind: EventKind, slug: &Slug) -> Self {
        // FNV-1a: the same on every machine and in every version.
        let hash = slug.as_str().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let variant = u8::try_from(hash % u64::from(COVER_VARIANTS)).unwrap_or(0);
        Self { kind, variant }
    }

    /// Reads a [`name`](Self::name). `None` if there is no such cover.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (kind, number) = name.rsplit_once('-')?;
        let cover = Self { kind: kind.parse().ok()?, variant: number.parse().ok()? };
        (cover.variant < COVER_VARIANTS && cover.name() == name).then_some(cover)
    }

    /// Its name in URLs, for example `talk-7`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}-{}", self.kind.name(), self.variant)
    }

    /// The picture. `lamp` is the colour of what stands out in it, for example `#e2b45c`. It contains no text, because it
    /// decorates a page that names the event.
    #[must_use]
    pub fn svg(self, lamp: &str) -> String {
        let (width, height) = COVER_SIZE;
        let (dark, light) = self.colours();
        let mut dice = Dice(u64::from(self.variant) * 0x9e37_79b9 + self.kind as u64 + 1);
        let (x, y) = (dice.below(2) * 100, dice.below(2) * 100);
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><defs><linearGradient id="g" x1="{x}%" y1="{y}%" x2="{}%" y2="{}%"><stop stop-color="{dark}"/><stop offset="1" stop-color="{light}"/></linearGradient></defs><path fill="url(#g)" d="m0 0h{width}v{height}h-{width}z"/>"#,
            100 - x,
            100 - y,
        );
        match self.kind {
            EventKind::Talk => waves(&mut svg, &mut dice, lamp),
            EventKind::Demo => screens(&mut svg, &mut dice, lamp),
            EventKind::Workshop => tiles(&mut svg, &mut dice, lamp),
            EventKind::SecurityReview => cells(&mut svg, &mut dice, lamp),
            EventKind::OfficeHours => windows(&mut svg, &mut dice, lamp),
            EventKind::Social => tables(&mut svg, &mut dice, lamp),
        }
        svg.push_str("</svg>");
        svg
    }

    /// The two ends of the background.
    fn colours(self) -> (&'static str, &'static str) {
        match self.kind {
            EventKind::Talk => ("#1c2550", "#3c4f9e"),
            EventKind::Demo => ("#0b3a40", "#1f7a78"),
            EventKind::Workshop => ("#17382a", "#3a7d57"),
            EventKind::SecurityReview => ("#431a1b", "#95463a"),
            EventKind::OfficeHours => ("#171d30", "#33426b"),
            EventKind::Social => ("#3b1a42", "#8a4683"),
        }
    }
}

/// Random numbers that are the same on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        u32::try_from(z % u64::from(end.max(1))).unwrap_or(0)
    }

    fn between(&mut self, from: u32, to: u32) -> u32 {
        from + self.below(to - from + 1)
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }
}

/// Adds markup. Writing to a string cannot fail.
macro_rules! draw {
    ($svg:expr, $($arguments:tt)*) => { _ = write!($svg, $($arguments)*) };
}

/// A voice that spreads through a room.
fn waves(svg: &mut String, dice: &mut Dice, lamp: &str) {
    let (x, y) = (dice.between(60, 580), dice.between(250, 400));
    let bright = dice.between(2, 5);
    for ring in (1..=12).rev() {
        let radius = ring * 46 + dice.below(14);
        let (stroke, opacity, width) =
            if ring == bright { (lamp, 95, 7) } else { (PAPER, 34 - ring * 2, dice.between(2, 14)) };
        draw!(
            svg,
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{stroke}" stroke-opacity=".{opacity:02}" stroke-width="{width}"/>"#
        );
    }
    draw!(svg, r#"<circle cx="{x}" cy="{y}" r="22" fill="{lamp}"/>"#);
}

/// Screens that overlap, with something running on them.
fn screens(svg: &mut String, dice: &mut Dice, lamp: &str) {
    let shown = dice.below(4);
    for screen in 0..4 {
        let (x, y) = (screen * 128 + dice.below(40), dice.between(24, 130));
        let (width, height) = (dice.between(190, 250), dice.between(150, 200));
        draw!(
            svg,
            r#"<g transform="translate({x} {y})"><rect width="{width}" height="{height}" rx="12" fill="{PAPER}" fill-opacity=".13"/><path d="m0 30h{width}" stroke="{PAPER}" stroke-opacity=".3" stroke-width="2"/><g fill="{PAPER}" fill-opacity=".55"><circle cx="18" cy="15" r="5"/><circle cx="36" cy="15" r="5"/></g>"#
        );
        let bars = width / 30;
        for bar in 0..bars {
            let high = dice.between(12, height - 60);
            let (fill, opacity) = if screen == shown && bar == bars / 2 { (lamp, 100) } else { (PAPER, 24) };
            draw!(
                svg,
                r#"<rect x="{}" y="{}" width="16" height="{high}" rx="3" fill="{fill}" fill-opacity="{opacity}%"/>"#,
                bar * 28 + 18,
                height - 16 - high
            );
        }
        svg.push_str("</g>");
    }
}

/// Tiles with quarter circles, turned by hand.
fn tiles(svg: &mut String, dice: &mut Dice, lamp: &str) {
    let side = if dice.one_in(2) { 80 } else { 120 };
    let (rows, columns) = (COVER_SIZE.1.div_ceil(side), COVER_SIZE.0.div_ceil(side));
    let mut is_any_lit = false;
    for row in 0..rows {
        for column in 0..columns {
            let (x, y, turn, half) = (column * side, row * side, dice.below(4) * 90, side / 2);
            // The last one has the community's colour if no other has it.
            let is_last = (row, column) == (rows - 1, columns - 1);
            let number = dice.below(9);
            let is_lit = number == 0 || is_last && !is_any_lit;
            is_any_lit |= is_lit;
            let (fill, opacity) = match number {
                _ if is_lit => (lamp, 92),
                0..=3 => (PAPER, 30),
                4..=6 => (PAPER, 16),
                _ => (PAPER, 7),
            };
            draw!(
                svg,
                r#"<path transform="translate({x} {y}) rotate({turn} {half} {half})" d="m0 0h{side}a{side} {side} 0 0 1-{side} {side}z" fill="{fill}" fill-opacity=".{opacity:02}"/>"#
            );
        }
    }
}

/// A wall of hexagons, some of them looked at closely.
fn cells(svg: &mut String, dice: &mut Dice, lamp: &str) {
    let bright = (dice.between(2, 7), dice.between(1, 3));
    for row in 0..6 {
        for column in 0..11 {
            let (x, y) = (column * 66 + (row % 2) * 33, row * 57 + 30);
            let path = format!("M{x} {}l31 18v36l-31 18l-31-18v-36z", i64::from(y) - 36);
            if (column, row) == bright {
                draw!(svg, r#"<path d="{path}" fill="{lamp}"/>"#);
            } else if dice.one_in(3) {
                let opacity = dice.between(10, 28);
                draw!(svg, r#"<path d="{path}" fill="{PAPER}" fill-opacity=".{opacity:02}"/>"#);
            } else {
                draw!(
                    svg,
                    r#"<path d="{path}" fill="none" stroke="{PAPER}" stroke-opacity=".2" stroke-width="2"/>"#
                );
            }
        }
    }
}

/// The windows of the guild's house in the evening. Some are lit.
fn windows(svg: &mut String, dice: &mut Dice, lamp: &str) {
    let (columns, rows) = (dice.between(6, 9), if dice.one_in(2) { 2 } else { 3 });
    let (wide, high) = (COVER_SIZE.0 / columns, COVER_SIZE.1 / rows);
    for row in 0..rows {
        for column in 0..columns {
            let width = wide * 11 / 20;
            let (x, foot) = (column * wide + (wide - width) / 2, row * high + high * 9 / 10);
            let (half, body) = (width / 2, (high * 4 / 5).saturating_sub(width / 2));
            let (fill, opacity) = match dice.below(5) {
                0 => (lamp, 96),
                1 => (lamp, 55),
                _ => (PAPER, 10),
            };
            draw!(
                svg,
                r#"<path d="M{x} {foot}v-{body}a{half} {half} 0 0 1 {width} 0v{body}z" fill="{fill}" fill-opacity=".{opacity:02}"/>"#
            );
        }
    }
}

/// Round tables from above, with people around them.
fn tables(svg: &mut String, dice: &mut Dice, lamp: &str) {
    // Points around a circle of radius 100, starting at the top.
    const SEATS: [(i32, i32); 8] =
        [(0, -100), (71, -71), (100, 0), (71, 71), (0, 100), (-71, 71), (-100, 0), (-71, -71)];
    let bright = dice.below(5);
    for table in 0..5 {
        let (x, y) = (table * 140 + dice.below(80), dice.between(50, 310));
        let radius = dice.between(42, 84);
        draw!(svg, r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{PAPER}" fill-opacity=".17"/>"#);
        for (right, down) in SEATS {
            if dice.one_in(4) {
                continue;
            }
            let away = |percent: i32| percent * i32::try_from(radius + 22).unwrap_or(0) / 100;
            let (fill, opacity) = if table == bright { (lamp, 96) } else { (PAPER, 42) };
            draw!(
                svg,
                r#"<circle cx="{}" cy="{}" r="11" fill="{fill}" fill-opacity=".{opacity:02}"/>"#,
                i64::from(x) + i64::from(away(right)),
                i64::from(y) + i64::from(away(down))
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAMP: &str = "#e2b45c";

    #[test]
    fn every_cover_is_small_and_has_a_name() {
        for kind in EventKind::ALL {
            for variant in 0..COVER_VARIANTS {
                let cover = Cover { kind: *kind, variant };
                assert_eq!(Cover::parse(&cover.name()), Some(cover));
                let svg = cover.svg(LAMP);
                assert!(svg.len() < 12_000, "{}: {} bytes", cover.name(), svg.len());
                // Control: another variant is another picture.
                let other = Cover { variant: (variant + 1) % COVER_VARIANTS, ..cover };
                assert_ne!(other.svg(LAMP), svg, "{}", cover.name());
                // What stands out has the community's colour, and nothing else changes.
                assert!(svg.contains(LAMP), "{}", cover.name());
                assert_eq!(cover.svg("#4ed5d5"), svg.replace(LAMP, "#4ed5d5"));
            }
        }
    }

    #[test]
    fn other_names_have_no_cover() {
        for name in ["", "talk", "talk-", "talk-24", "talk-07", "talk-+7", "party-1", "talk-1-1"] {
            assert_eq!(Cover::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_name_says_which_picture_in_which_size() {
        let cover = UploadedCover { hash: "c0ffee".to_owned(), alternative: String::new() };
        for size in [CoverSize::Small, CoverSize::Large] {
            assert_eq!(CoverSize::of_file(&cover.file(size)), Some(("c0ffee", size)));
        }
        for name in ["", "c0ffee", "c0ffee.jpg", "c0ffee-641.jpg", "c0ffee-0640.jpg", "c0ffee-640.png"] {
            assert_eq!(CoverSize::of_file(name), None, "{name}");
        }
    }

    #[test]
    fn an_event_keeps_its_cover() {
        let slug = Slug::parse("guild-supper").unwrap();
        assert_eq!(Cover::of(EventKind::Social, &slug).name(), "social-0");
    }
}
