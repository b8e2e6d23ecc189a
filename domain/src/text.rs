//! What text from people may contain: visible characters, and none that change the direction of other text.
//!
//! Invisible characters can make two names look the same or leave a name blank. Direction controls can
//! reverse a name and the text next to it.

use std::borrow::Cow;

use unicode_security::confusable_detection::skeleton;

/// Whether the character overrides the direction of the text after it. Such characters are not needed:
/// browsers find the direction of a text by its letters.
#[must_use]
pub fn is_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character is invisible: Unicode's "default ignorable" characters, fillers and interlinear
/// marks.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether the character has a width but shows nothing, such as the blank Braille pattern.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{2800}'
}

/// Whether the character is a combining mark, which only shows on the letter before it.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// Whether at least one character is visible.
#[must_use]
pub fn has_visible(text: &str) -> bool {
    text.chars().any(|c| !is_blank(c) && !is_invisible(c) && !is_mark(c))
}

/// Whether an invisible character is needed after the character `before` it: joiners in Persian, Indic
/// scripts and emoji, variants of emoji and Chinese characters, flags of regions.
fn is_needed(c: char, before: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        '\u{200C}' | '\u{200D}' => {
            before >= '\u{590}' && !is_blank(before) && !matches!(before, '\u{200C}' | '\u{200D}')
        }
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            !is_blank(before) && !is_invisible(before) && !before.is_ascii_alphabetic()
        }
        '\u{E0020}'..='\u{E007F}' => matches!(before, '\u{1F3F4}' | '\u{E0020}'..='\u{E007E}'),
        _ => false,
    }
}

/// One line without hidden content. Line ends, tabs and control characters become spaces. Invisible
/// characters and direction controls are removed unless the letters around them need them. Trimmed; empty
/// when nothing is visible.
#[must_use]
pub fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        let c = if is_blank(c) { ' ' } else { c };
        if is_invisible(c) && !is_needed(c, before) {
            continue;
        }
        shown.push(c);
        before = Some(c);
    }
    let trimmed = shown.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200C}' | '\u{200D}'));
    if has_visible(trimmed) { trimmed.to_owned() } else { String::new() }
}

/// Several lines. Line ends become `\n`, other control characters and direction overrides are removed. The
/// result is trimmed, and empty when nothing is visible.
#[must_use]
pub fn block(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let shown: String = unified.chars().filter(|c| is_allowed_in_block(*c)).collect();
    let trimmed = shown.trim();
    if has_visible(trimmed) { trimmed.to_owned() } else { String::new() }
}

/// Whether a character may be part of a text of several lines.
#[must_use]
pub fn is_allowed_in_block(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || is_override(c))
}

/// Whether a character belongs to a script that is written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

/// The text for use inside a sentence. Text with letters from right to left is isolated, so that it does
/// not change the order of the text around it.
#[must_use]
pub fn isolated(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_right_to_left) {
        Cow::Owned(format!("\u{2068}{text}\u{2069}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A key that is equal for names that readers would confuse. It follows Unicode's list of confusable
/// characters (UTS 39) and ignores case, spaces and punctuation. Only for comparing, never for showing.
#[must_use]
pub fn lookalike_key(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    // Capital and small letters resemble different letters: "I" looks like "l", "m" like "rn". The key
    // combines both.
    let small: String = skeleton(&visible).flat_map(char::to_lowercase).collect();
    let like = skeleton(&small).flat_map(char::to_lowercase);
    let like: String = like.map(|c| if c == 'i' { 'l' } else { c }).collect();
    let letters: String = like.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { like.trim().to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_removed_from_names() {
        // Names from a report of this problem, and what must be left of each.
        for blank in
            ["\u{200B}", "\u{2800}", "\u{3164}", "\u{AD}", " \u{FEFF}\u{2060} ", "\u{301}", "\u{E0041}", "\t"]
        {
            assert_eq!(line(blank), "", "{blank:?}");
            assert_eq!(block(blank), "", "{blank:?}");
        }
        assert_eq!(line("\u{202E}Grace Lindqvist"), "Grace Lindqvist");
        assert_eq!(line("Gr\u{200B}a\u{AD}ce\u{2066} Lind\u{200D}qvist\u{200F}"), "Grace Lindqvist");
        assert_eq!(line(" a\r\nBcc: x "), "a  Bcc: x");
        assert_eq!(block("a\r\nb\u{7}\u{202E}c\u{2028}d"), "a\nbc\nd");
    }

    #[test]
    fn scripts_and_emoji_keep_what_they_need() {
        for whole in [
            "می‌خواهم",
            "क्‍ष",
            "👩‍💻 Ada",
            "❤️‍🔥",
            "1️⃣",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "葛\u{E0100}城",
            "Zoë O'Neill",
            "Jürgen",
            "ב׳ שלום",
            "⠓⠑⠇⠇⠕",
        ] {
            assert_eq!(line(whole), whole, "{whole:?}");
        }
    }

    #[test]
    fn a_right_to_left_name_is_isolated() {
        assert_eq!(isolated("Ada"), "Ada");
        assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
    }

    #[test]
    fn names_that_look_the_same_have_the_same_key() {
        for same in ["Аdа Lovelace", "ADA LOVELACE", "Ada  Love\u{200B}lace", "Ada Lovelace.", "Ada LoveIace"]
        {
            assert_eq!(lookalike_key(same), lookalike_key("Ada Lovelace"), "{same}");
        }
        for (one, same) in
            [("Same Name", "SAME NAME"), ("Alice", "ALICE"), ("Alice", "AIice"), ("Milo", "MI10")]
        {
            assert_eq!(lookalike_key(one), lookalike_key(same), "{same}");
        }
        for other in ["Adam Lovelace", "Ada Loveless", "Aida Lovelace"] {
            assert_ne!(lookalike_key(other), lookalike_key("Ada Lovelace"), "{other}");
        }
        assert_eq!(lookalike_key("🦀"), lookalike_key("🦀"));
        assert_ne!(lookalike_key("🦀"), "");
    }
}
