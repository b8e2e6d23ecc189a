//! Words that somebody looks for, as a condition over what a list shows of an event.

use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr},
};

use crate::entities::event::{self, Column};

/// More words than this only make the database slow.
const MAX_WORDS: usize = 8;
/// No text that is searched is longer.
const MAX_LENGTH: usize = 200;
/// Makes the next character of a pattern stand for itself; the same on both engines.
const ESCAPE: char = '!';

/// Each word occurs in title, summary or place.
pub(super) fn condition(words: &str) -> Condition {
    let columns = [Column::Title, Column::Summary, Column::Place];
    over(words, &columns.map(|column| Expr::col((event::Entity, column))))
}

/// Each word occurs in one of these texts.
pub(crate) fn over(words: &str, texts: &[Expr]) -> Condition {
    words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .fold(Condition::all(), |all, word| all.add(somewhere(word, texts)))
}

fn somewhere(word: &str, texts: &[Expr]) -> Condition {
    let word: String = word.chars().take(MAX_LENGTH).collect();
    let mut any = Condition::any();
    for spelling in spellings(&word) {
        for text in texts {
            let text = Expr::expr(Func::lower(text.clone()));
            any = any.add(text.like(LikeExpr::new(pattern(&spelling)).escape(ESCAPE)));
        }
    }
    any
}

/// What `LOWER` may make of a text that holds the word. SQLite's knows ASCII only: of other letters there
/// it leaves small ones small and capitals capital, so a word is looked for as prose, as a beginning and
/// as a headline write it.
fn spellings(word: &str) -> Vec<String> {
    let small = word.to_lowercase();
    if small.is_ascii() {
        return vec![small];
    }
    let capital = |c: char| if c.is_ascii() { c.to_string() } else { c.to_uppercase().to_string() };
    let all: String = small.chars().map(capital).collect();
    let mut rest = small.chars();
    let first: String = rest.next().map(capital).into_iter().chain([rest.as_str().to_owned()]).collect();
    let mut spellings = vec![small, first, all];
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
    fn what_is_special_in_a_pattern_stands_for_itself() {
        assert_eq!(pattern("100%_sure!"), "%100!%!_sure!!%");
    }

    #[test]
    fn letters_beyond_ascii_are_looked_for_in_every_case() {
        assert_eq!(spellings("SBOM"), ["sbom"]);
        assert_eq!(spellings("Übergrößen"), ["übergrößen", "Übergrößen", "ÜbergrÖSSen"]);
    }
}
