//! Folds words for comparing: without case and accents, and the same for both engines.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The most words of a query that count.
const MAX_WORDS: usize = 8;
/// The most words of a document that are indexed.
const MAX_DOCUMENT: usize = 5_000;
/// The most characters of a word that count.
const MAX_LENGTH: usize = 64;

/// The folded words of a query, at least one. They contain letters and digits only, so they contain no
/// operators of either engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    words: Vec<String>,
    /// Whether one of the words is enough.
    any: bool,
}

/// From how many characters on the beginning of a word stands for the word, where one of several words is enough.
const BEGINNING: usize = 5;

impl Terms {
    /// Parses a query. `None` when it contains no word.
    pub(super) fn of(words: &str) -> Option<Self> {
        let terms: Vec<String> = tokens(words).take(MAX_WORDS).collect();
        (!terms.is_empty()).then_some(Self { words: terms, any: false })
    }

    /// A query for documents with a word that begins like one of these folded words. `None` without a word.
    pub(super) fn any_of(words: Vec<String>) -> Option<Self> {
        let begin = |word: String| word.chars().take(BEGINNING).collect::<String>();
        let words: Vec<String> = words.into_iter().map(begin).collect();
        (!words.is_empty()).then_some(Self { words, any: true })
    }

    /// Each term, also as a query of its own.
    pub(super) fn each(&self) -> impl Iterator<Item = (String, Self)> {
        self.words.iter().map(|term| (term.clone(), Self { words: vec![term.clone()], any: false }))
    }

    /// Whether a folded word matches a term. The last term also matches the beginning of a word.
    pub(super) fn hit(&self, word: &str) -> bool {
        let last = self.words.last().is_some_and(|last| word.starts_with(last));
        last || self.words.iter().any(|term| term == word)
    }

    /// The query in FTS5 syntax.
    pub(super) fn for_sqlite(&self) -> String {
        let quoted: Vec<String> = self.words.iter().map(|term| format!("\"{term}\"")).collect();
        quoted.join(if self.any { "* OR " } else { " AND " }) + "*"
    }

    /// The query in the syntax of `to_tsquery`.
    pub(super) fn for_postgres(&self) -> String {
        let quoted: Vec<String> = self.words.iter().map(|term| format!("'{term}'")).collect();
        quoted.join(if self.any { ":* | " } else { " & " }) + ":*"
    }
}

/// A text as it is stored in the index.
pub(super) fn folded(text: &str) -> String {
    tokens(text).take(MAX_DOCUMENT).collect::<Vec<_>>().join(" ")
}

fn tokens(text: &str) -> impl Iterator<Item = String> {
    let folded: String =
        text.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).flat_map(plain).collect();
    let words: Vec<String> = folded
        .split(|c: char| !in_a_word(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| word.chars().take(MAX_LENGTH).collect())
        .collect();
    words.into_iter()
}

/// Whether a character is part of a word. Works before and after folding.
pub(super) fn in_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A single word, folded in the same way as [`folded`].
pub(super) fn fold_word(word: &str) -> String {
    tokens(word).collect()
}

/// Combining marks on Latin, Greek and Cyrillic letters. In other scripts such marks are part of the letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Replacements for letters without a Unicode decomposition, as people type them on other keyboards.
fn plain(c: char) -> impl Iterator<Item = char> {
    let text = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        _ => "",
    };
    text.chars().chain(text.is_empty().then_some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(folded("Tomás  Herrera’s ÜBERGRÖSSE, straße"), "tomas herrera s ubergrosse strasse");
        assert_eq!(folded("Inês · Đorđe · Łukasz · Øyvind"), "ines dorde lukasz oyvind");
        assert_eq!(folded("e\u{301}te"), folded("été"));
        assert_eq!(folded("日本語 ＡＢＣ"), "日本語 abc");
        assert_eq!(folded("—·– !?"), "");
    }

    #[test]
    fn a_question_is_words_and_nothing_else() {
        let terms = Terms::of("\"a\" OR b* NEAR(c) ' & | ! :* -- ; DROP").unwrap();
        assert_eq!(terms.for_sqlite(), "\"a\" AND \"or\" AND \"b\" AND \"near\" AND \"c\" AND \"drop\"*");
        assert_eq!(terms.for_postgres(), "'a' & 'or' & 'b' & 'near' & 'c' & 'drop':*");
        assert_eq!(Terms::of(" '\" & "), None);
        assert_eq!(Terms::of(&"w ".repeat(50)).unwrap().words.len(), MAX_WORDS);
    }

    #[test]
    fn one_of_several_beginnings_is_enough() {
        let terms = Terms::any_of(vec!["threat".into(), "modelling".into()]).unwrap();
        assert_eq!(terms.for_sqlite(), "\"threa\"* OR \"model\"*");
        assert_eq!(terms.for_postgres(), "'threa':* | 'model':*");
        assert_eq!(Terms::any_of(Vec::new()), None);
    }

    #[test]
    fn the_last_word_may_be_a_beginning() {
        let terms = Terms::of("threat mod").unwrap();
        assert!(terms.hit("threat") && terms.hit("modelling") && !terms.hit("threats"));
    }
}
