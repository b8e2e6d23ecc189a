//! The colours of emails. Mail programs support neither custom properties nor OKLCH, so this file repeats the
//! colours of `style/tokens.css` in hexadecimal. A test compares the two.

/// The colours that differ between the light and the dark scheme. Each field is named after its token.
pub(super) struct Palette {
    /// The background around the sheet.
    pub(super) paper_sunk: &'static str,
    /// The background of the sheet.
    pub(super) paper_raised: &'static str,
    /// The text.
    pub(super) ink: &'static str,
    /// Less important text.
    pub(super) ink_soft: &'static str,
    /// The borders of the sheet.
    pub(super) line: &'static str,
    /// The rule beside the facts.
    pub(super) brass: &'static str,
    /// Links in the facts.
    pub(super) brass_ink: &'static str,
    /// The background of the button.
    pub(super) action: &'static str,
    /// The text of the button.
    pub(super) on_action: &'static str,
}

/// The colours of an email's header, a drawing of the hall at night. They are the same in both schemes.
pub(super) struct Head {
    /// The night sky in the background.
    pub(super) night: &'static str,
    /// A dark window.
    pub(super) night_line: &'static str,
    /// The community's name.
    pub(super) night_text: &'static str,
    /// A lit window, and the rule under the hall.
    pub(super) lamp: &'static str,
}

pub(super) const LIGHT: Palette = Palette {
    paper_sunk: "#f4f0e8",
    paper_raised: "#fffefb",
    ink: "#1a2133",
    ink_soft: "#4c5262",
    line: "#dcd7cd",
    brass: "#b88934",
    brass_ink: "#734c11",
    action: "#1d253d",
    on_action: "#faf8f3",
};

pub(super) const DARK: Palette = Palette {
    paper_sunk: "#0d1018",
    paper_raised: "#1c202a",
    ink: "#ede9e1",
    ink_soft: "#b8b4aa",
    line: "#333843",
    brass: "#d5aa55",
    brass_ink: "#eac989",
    action: "#eae4d6",
    on_action: "#141822",
};

pub(super) const HEAD: Head =
    Head { night: "#1b2235", night_line: "#404a61", night_text: "#f2eee6", lamp: "#e3b662" };

#[cfg(test)]
mod tests {
    use super::*;

    /// The colours of a token in hexadecimal, light first.
    fn token(name: &str) -> Vec<String> {
        let css = include_str!("../../../style/tokens.css");
        let (_, rest) = css.split_once(&format!("--{name}:")).unwrap();
        let value = rest.split(';').next().unwrap();
        value.split("oklch(").skip(1).map(|rest| hex(rest.split(')').next().unwrap())).collect()
    }

    /// Converts OKLCH values such as `98.4% .007 88` with the matrices of CSS Color 4.
    fn hex(oklch: &str) -> String {
        let [l, c, h] = [0, 1, 2].map(|at| {
            oklch.split_whitespace().nth(at).unwrap().trim_end_matches('%').parse::<f64>().unwrap()
        });
        let (l, a, b) = (l / 100.0, c * h.to_radians().cos(), c * h.to_radians().sin());
        let cube = |p: f64, q: f64| (l + p * a + q * b).powi(3);
        let (l, m, s) = (
            cube(0.396_337_777_4, 0.215_803_757_3),
            cube(-0.105_561_345_8, -0.063_854_172_8),
            cube(-0.089_484_177_5, -1.291_485_548),
        );
        let rgb = [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ];
        let byte = |x: f64| {
            let x = if x <= 0.003_130_8 { 12.92 * x } else { 1.055 * x.powf(1.0 / 2.4) - 0.055 };
            format!("{:02x}", (x.clamp(0.0, 1.0) * 255.0).round() as u8)
        };
        format!("#{}", rgb.map(byte).concat())
    }

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2).
    fn contrast(one: &str, other: &str) -> f64 {
        let light = |hex: &str| {
            let [r, g, b] = [1, 3, 5].map(|at| {
                let x = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
                if x <= 0.040_45 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (one, other) = (light(one), light(other));
        (one / other).max(other / one)
    }

    #[test]
    fn every_colour_of_a_community_is_easy_to_read() {
        let css = include_str!("../../../style/tokens.css");
        let (_, chosen) = css.split_once(":root[data-colour]:not(").unwrap();
        for colour in store::settings::Colour::ALL {
            let rule = css.split_once(&format!("data-colour=\"{}\"] {{ --hue: ", colour.name()));
            assert_eq!(rule.is_none(), colour.name() == "brass", "{}", colour.name());
            let values = |name: &str| match rule {
                None => token(name),
                Some((_, rest)) => {
                    let hue = rest.split(';').next().unwrap();
                    let (_, rest) = chosen.split_once(&format!("--{name}:")).unwrap();
                    let parts = rest.split(';').next().unwrap().split("oklch(").skip(1);
                    parts.map(|part| hex(&format!("{} {hue}", part.split(" var(").next().unwrap()))).collect()
                }
            };
            for (text, behind) in [
                ("brass-ink", "paper"),
                ("brass-ink", "paper-raised"),
                ("brass-ink", "brass-wash"),
                ("ink", "brass-wash"),
            ] {
                let value = |name: &str| if name.starts_with("brass") { values(name) } else { token(name) };
                for (scheme, (text_colour, back)) in value(text).iter().zip(&value(behind)).enumerate() {
                    let found = contrast(text_colour, back);
                    assert!(found >= 4.5, "{} {text} on {behind} in scheme {scheme}: {found}", colour.name());
                }
            }
            // Control: the bright colour is not for text on paper.
            assert!(contrast(&values("brass")[0], &token("paper")[0]) < 4.5);
        }
    }

    #[test]
    fn emails_have_the_colours_of_the_portal() {
        let both = [
            ("paper-sunk", LIGHT.paper_sunk, DARK.paper_sunk),
            ("paper-raised", LIGHT.paper_raised, DARK.paper_raised),
            ("ink", LIGHT.ink, DARK.ink),
            ("ink-soft", LIGHT.ink_soft, DARK.ink_soft),
            ("line", LIGHT.line, DARK.line),
            ("brass", LIGHT.brass, DARK.brass),
            ("brass-ink", LIGHT.brass_ink, DARK.brass_ink),
            ("action", LIGHT.action, DARK.action),
            ("on-action", LIGHT.on_action, DARK.on_action),
        ];
        let wrong: Vec<_> =
            both.iter().filter(|(name, light, dark)| token(name) != [*light, *dark]).collect();
        let expected: Vec<_> = wrong.iter().map(|(name, ..)| (name, token(name))).collect();
        assert!(wrong.is_empty(), "style/tokens.css says {expected:?}");
        let shared = [
            ("night", HEAD.night),
            ("night-line", HEAD.night_line),
            ("night-text", HEAD.night_text),
            ("lamp", HEAD.lamp),
        ];
        for (name, colour) in shared {
            assert_eq!(token(name), [colour], "{name}");
        }
    }
}
