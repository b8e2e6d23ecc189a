//! Search words as a condition over the texts that a list shows of an event.

use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr},
};

use crate::entities::event::{self, Column};

/// Maximum number of words. More would only make the query slow.
const MAX_WORDS: usize = 8;
/// Maximum length of a word in characters. No searched text is longer.
const MAX_LENGTH: usize = 200;
/// Escape character of a `LIKE` pattern. Works the same on SQLite and PostgreSQL.
const ESCAPE: char = '!';

/// Each word must occur in title, summary or place.
pub(super) fn condition(words: &str) -> Condition {
    let columns = [Column::Title, Column::Summary, Column::Place];
    each_word_in(words, &columns.map(|column| Expr::col((event::Entity, column))))
}

/// Each word must occur in one of the given texts.
pub(crate) fn each_word_in(words: &str, texts: &[Expr]) -> Condition {
    words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .fold(Condition::all(), |all, word| all.add(occurs(word, texts)))
}

fn occurs(word: &str, texts: &[Expr]) -> Condition {
    let word: String = word.chars().take(MAX_LENGTH).collect();
    let mut condition = Condition::any();
    for spelling in spellings(&word) {
        for text in texts {
            let text = Expr::expr(Func::lower(text.clone()));
            condition = condition.add(text.like(LikeExpr::new(pattern(&spelling)).escape(ESCAPE)));
        }
    }
    condition
}

/// Spellings that `LOWER` may produce for a text with the word. SQLite's `LOWER` changes ASCII only and keeps
/// the case of other characters, so the word is searched in lower case, capitalised and in capitals.
fn spellings(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    if lower.is_ascii() {
        return vec![lower];
    }
    let upper = |c: char| if c.is_ascii() { c.to_string() } else { c.to_uppercase().to_string() };
    let all_upper: String = lower.chars().map(upper).collect();
    let mut rest = lower.chars();
    let capitalised: String = rest.next().map(upper).into_iter().chain([rest.as_str().to_owned()]).collect();
    let mut spellings = vec![lower, capitalised, all_upper];
    spellings.dedup();
    spellings
}

fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if ['%', '_', ESCAPE].contains(&c) {
            pattern.push(ESCAPE);
        }
        pattern.push(c);
    }
    pattern + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_of_a_pattern_are_escaped() {
        assert_eq!(pattern("100%_sure!"), "%100!%!_sure!!%");
    }

    #[test]
    fn words_beyond_ascii_are_searched_in_every_case() {
        assert_eq!(spellings("SBOM"), ["sbom"]);
        assert_eq!(spellings("Übergrößen"), ["übergrößen", "Übergrößen", "ÜbergrÖSSen"]);
    }
}
