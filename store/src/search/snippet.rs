//! Marks the search words in a title or a snippet. The pieces are plain text, which views escape.

use super::terms::{Terms, fold_word, in_a_word};

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text of the piece.
    pub text: String,
    /// Whether it is a search word.
    pub hit: bool,
}

/// The most text before the first hit and in the whole snippet, in bytes.
const BEFORE: usize = 60;
const LENGTH: usize = 180;
/// Shown where text is left out.
const CUT: &str = "…";

/// The whole text with its hits marked.
pub(super) fn marked(text: &str, terms: &Terms) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (word, is_word) in runs(text) {
        let hit = is_word && terms.hit(&fold_word(word));
        match pieces.last_mut().filter(|last| !last.hit && !hit) {
            Some(last) => last.text.push_str(word),
            None => pieces.push(Piece { text: word.to_owned(), hit }),
        }
    }
    pieces
}

/// The part of a text around its first hit, with hits marked. Empty when there is no hit. It comes from a
/// single line.
pub(super) fn around(text: &str, terms: &Terms) -> Vec<Piece> {
    text.lines().map(|line| around_in(line, terms)).find(|pieces| !pieces.is_empty()).unwrap_or_default()
}

fn around_in(text: &str, terms: &Terms) -> Vec<Piece> {
    let mut at = 0;
    let mut starts = Vec::new();
    let mut first = None;
    for (word, is_word) in runs(text) {
        if is_word {
            starts.push(at);
            if terms.hit(&fold_word(word)) {
                first = Some(at);
                break;
            }
        }
        at += word.len();
    }
    let Some(first) = first else { return Vec::new() };
    let from = starts.into_iter().find(|start| first - start <= BEFORE).unwrap_or(first);
    let mut to = text.len().min(from + LENGTH);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    if to < text.len() {
        // Cut between words, unless the snippet is a single word.
        let end = text[from..to].rfind(|c: char| !in_a_word(c)).map_or(to, |space| from + space);
        to = if end > first { end } else { to };
    }
    let mut pieces = marked(text[from..to].trim_end(), terms);
    let cut = || Piece { text: CUT.to_owned(), hit: false };
    if from > 0 {
        pieces.insert(0, cut());
    }
    if to < text.len() {
        pieces.push(cut());
    }
    pieces
}

/// Splits a text into words and the text between them. `true` for a word.
fn runs(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = in_a_word(rest.chars().next()?);
        let end = rest.find(|c: char| in_a_word(c) != is_word).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((run, is_word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn hits_are_marked_as_they_were_written() {
        let terms = Terms::of("tomas mod").unwrap();
        assert_eq!(show(&marked("Tomás on Modelling <b>", &terms)), "[Tomás] on [Modelling] <b>");
        assert!(around("nothing here", &terms).is_empty());
        assert_eq!(show(&around("Before\nWith Tomás here\nSecurity", &terms)), "With [Tomás] here");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = format!("{} Tomás {}", "before ".repeat(40), "äfter ".repeat(60));
        let terms = Terms::of("tomas").unwrap();
        let shown = show(&around(&text, &terms));
        assert!(
            shown.starts_with("…before") && shown.contains("[Tomás] äfter") && shown.ends_with("äfter…"),
            "{shown}"
        );
        assert!(shown.len() < LENGTH + 20, "{shown}");
    }

    #[test]
    fn no_text_breaks_it() {
        let terms = Terms::of("日").unwrap();
        for text in ["", "日", &"日本語".repeat(200), "👩‍💻 日", "a\u{301}\u{301} 日本"] {
            let _shown = around(text, &terms);
            assert_eq!(marked(text, &terms).iter().map(|p| p.text.as_str()).collect::<String>(), text);
        }
    }
}
