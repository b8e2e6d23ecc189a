//! The pseudo-locales of debug builds, generated from English. The accented one makes text that isn't in the
//! catalogue easy to spot. The right-to-left one shows layouts that assume left-to-right text.

use std::borrow::Cow;

use domain::Locale;

/// Transforms a formatter's English output for a locale.
pub(super) fn formatted(locale: Locale, text: String) -> String {
    match locale {
        Locale::En => text,
        Locale::Pseudo => accented(&text).into_owned(),
        Locale::PseudoRtl => mirrored(&text).into_owned(),
    }
}

/// Replaces English letters with accented ones.
pub(super) fn accented(text: &str) -> Cow<'_, str> {
    let accented = |c: char| match c {
        'a' => 'á',
        'b' => 'ƀ',
        'c' => 'ç',
        'd' => 'đ',
        'e' => 'é',
        'f' => 'ƒ',
        'g' => 'ğ',
        'h' => 'ĥ',
        'i' => 'í',
        'j' => 'ĵ',
        'k' => 'ķ',
        'l' => 'ł',
        'm' => 'ɱ',
        'n' => 'ñ',
        'o' => 'ó',
        'p' => 'þ',
        'q' => 'ɋ',
        'r' => 'ř',
        's' => 'š',
        't' => 'ŧ',
        'u' => 'ú',
        'v' => 'ṽ',
        'w' => 'ŵ',
        'x' => 'ẋ',
        'y' => 'ý',
        'z' => 'ž',
        'A'..='Z' => char::from_u32(c as u32 - 'A' as u32 + 'Ａ' as u32).unwrap_or(c),
        other => other,
    };
    Cow::Owned(text.chars().map(accented).collect())
}

/// Reverses the direction of each word, as Android's pseudo-locale `ar-XB` does: mark, override, word, end of
/// override, mark. Digits stay as they are, because `24` must not read `42`.
pub(super) fn mirrored(text: &str) -> Cow<'_, str> {
    let mut mirrored = String::with_capacity(text.len() * 2);
    let mut in_word = false;
    for c in text.chars() {
        let is_letter = c.is_alphabetic() || (in_word && (c == '’' || c == '\''));
        match (in_word, is_letter) {
            (false, true) => mirrored.push_str("\u{200f}\u{202e}"),
            (true, false) => mirrored.push_str("\u{202c}\u{200f}"),
            (true, true) | (false, false) => {}
        }
        mirrored.push(c);
        in_word = is_letter;
    }
    if in_word {
        mirrored.push_str("\u{202c}\u{200f}");
    }
    Cow::Owned(mirrored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_mirrored_and_numbers_are_not() {
        let (start, end) = ("\u{200f}\u{202e}", "\u{202c}\u{200f}");
        assert_eq!(mirrored("24 seats"), format!("24 {start}seats{end}"));
        assert_eq!(mirrored("Isn’t it?"), format!("{start}Isn’t{end} {start}it{end}?"));
        assert_eq!(mirrored("18:05"), "18:05");
    }

    #[test]
    fn letters_get_accents() {
        assert_eq!(accented("Tue 24"), "Ｔúé 24");
    }
}
