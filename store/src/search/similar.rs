//! Records whose titles look like a text, to find duplicates.
//!
//! The full-text index finds documents with one of the words, and mistyped words are corrected first. Trigrams then
//! compare the words of both titles, so that "model" and "models" are alike.

use std::collections::BTreeSet;

use domain::{Actor, search::HitKind};
use sea_orm::{QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    best_first, matching, of_kind, seen_by,
    terms::{Terms, folded},
    words::{self, trigrams},
};
use crate::{Store, StoreError};

/// The most documents that are compared.
const MAX_CANDIDATES: u64 = 30;
/// The most mistyped words that are corrected. Each costs several queries.
const MAX_CORRECTED: usize = 2;
/// From which share of common trigrams on two words are alike.
const ALIKE_WORDS: f64 = 0.5;
/// Which share of the words of the shorter title must be in the other one. Two titles with half of their words in common
/// are about different things.
const ALIKE_TITLES: f64 = 0.6;
/// The shortest word that says what a title is about.
const MIN_LENGTH: usize = 3;

/// Words that many titles have, and that say nothing about their subject.
const COMMON: &[&str] = &[
    "and",
    "are",
    "for",
    "from",
    "how",
    "into",
    "its",
    "our",
    "the",
    "this",
    "what",
    "when",
    "why",
    "with",
    "you",
    "your",
    "about",
    "basics",
    "beginners",
    "course",
    "introduction",
    "intro",
    "learn",
    "learning",
    "please",
    "session",
    "someone",
    "somebody",
    "talk",
    "teach",
    "training",
    "tutorial",
    "want",
    "workshop",
    "using",
    "use",
    "can",
    "does",
    "not",
];

/// The words of a title that say what it is about. If there are none, all its words.
fn subject(title: &str) -> Vec<String> {
    let folded = folded(title);
    let words: Vec<String> = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let telling = |word: &&String| word.chars().count() >= MIN_LENGTH && !COMMON.contains(&word.as_str());
    let subject: Vec<String> = words.iter().filter(telling).cloned().collect();
    if subject.is_empty() { words } else { subject }
}

/// How alike two words are: the share of their trigrams that both have, from 0 to 1.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let common = one.intersection(other).count();
    2.0 * common as f64 / (one.len() + other.len()).max(1) as f64
}

/// How alike two titles are, from 0 to 1: the share of the words of the shorter one that are in the other one.
fn score(one: &[String], other: &[String]) -> f64 {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let long: Vec<_> = long.iter().map(|word| trigrams(word)).collect();
    let is_in = |word: &&String| {
        let word = trigrams(word);
        long.iter().any(|other| alike(&word, other) >= ALIKE_WORDS)
    };
    short.iter().filter(is_in).count() as f64 / short.len().max(1) as f64
}

/// The records of a kind whose titles look like this one and that the reader sees, the most similar first.
pub(crate) async fn similar(
    store: &Store,
    actor: &Actor,
    kind: HitKind,
    title: &str,
) -> Result<Vec<Uuid>, StoreError> {
    let wanted = subject(title);
    let Some(terms) = Terms::of(&wanted.join(" ")) else { return Ok(Vec::new()) };
    let seen = of_kind(kind, actor);
    let (mut words, mut corrected) = (Vec::new(), 0);
    for (word, term) in terms.each() {
        let is_known = matching(store.engine(), &term).filter(seen.clone()).one(store.db()).await?.is_some();
        let better = match !is_known && corrected < MAX_CORRECTED {
            true => words::nearest(store, seen_by(actor), &word).await?,
            false => None,
        };
        corrected += usize::from(!is_known);
        words.push(better.unwrap_or(word));
    }
    let Some(terms) = Terms::any_of(words.clone()) else { return Ok(Vec::new()) };
    let find = matching(store.engine(), &terms).filter(seen);
    let documents = best_first(find, store.engine(), &terms).limit(MAX_CANDIDATES).all(store.db()).await?;
    let mut found: Vec<(f64, Uuid)> = documents
        .iter()
        .map(|document| (score(&words, &subject(&document.title)), document.subject_id))
        .filter(|(score, _)| *score >= ALIKE_TITLES)
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(one: &str, other: &str) -> f64 {
        score(&subject(one), &subject(other))
    }

    #[test]
    fn b10_titles_about_the_same_thing_are_alike() {
        for (one, other) in [
            ("Threat modelling for small teams", "How to threat model"),
            ("Async Rust", "Introduction to async Rust for beginners"),
            ("Kuberntes networking", "Networking in Kubernetes"),
        ] {
            assert!(similarity(one, other) >= ALIKE_TITLES, "{one} / {other}");
        }
        for (one, other) in [
            ("Introduction to Kubernetes", "Introduction to Rust"),
            ("Threat modelling", "Data modelling"),
            ("Writing runbooks", "Reading assembly"),
        ] {
            assert!(similarity(one, other) < ALIKE_TITLES, "{one} / {other}");
        }
    }
}
