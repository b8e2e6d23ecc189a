//! The words of the documents and their trigrams, from which a mistyped word is corrected.
//!
//! Trigrams find similar words with the same SQL on both engines, and `strsim` measures the distance. A word is only
//! suggested if a document that the reader may see contains it.

use std::collections::{BTreeSet, HashSet};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{search_document, search_trigram, search_word},
    write::Tx,
};

/// The shortest word that is corrected or suggested, in characters. Most short words are one letter from another one.
const MIN_LENGTH: usize = 4;
/// The longest word that is suggested, in characters.
const MAX_LENGTH: usize = 24;
/// The most words of one document. Its first words say best what it is about.
const MAX_PER_DOCUMENT: usize = 50;
/// Words up to this length may differ by one letter, and longer ones by two.
const MAX_WITH_ONE_TYPO: usize = 5;
/// The nearest words for which a visible document is looked up.
const MAX_TRIED: usize = 10;
/// The most similar words that are compared with a mistyped one.
const MAX_CANDIDATES: u64 = 60;
/// Number of rows in one statement.
const BATCH_SIZE: usize = 1_000;

/// The words of one document: its record, its audience, and the words.
pub(super) struct DocumentWords {
    pub(super) subject: Uuid,
    pub(super) audience: String,
    pub(super) words: BTreeSet<String>,
}

/// The words of a document that can be suggested. Both texts are folded.
pub(super) fn of_document(title: &str, body: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for word in title.split(' ').chain(body.split(' ')) {
        if words.len() == MAX_PER_DOCUMENT {
            break;
        }
        if (MIN_LENGTH..=MAX_LENGTH).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
        {
            words.insert(word.to_owned());
        }
    }
    words
}

/// The trigrams of a word. Spaces mark its beginning and its end, so that words with the same beginning share more.
pub(super) fn trigrams(word: &str) -> BTreeSet<String> {
    let padded: Vec<char> = format!("  {word} ").chars().collect();
    padded.windows(3).map(|three| three.iter().collect()).collect()
}

/// Replaces the words of some records.
pub(super) async fn replace(
    tx: &Tx,
    subjects: &[Uuid],
    documents: &[DocumentWords],
) -> Result<(), StoreError> {
    let mut before = HashSet::new();
    for subjects in subjects.chunks(BATCH_SIZE) {
        let of_subjects = || search_word::Column::SubjectId.is_in(subjects.iter().copied());
        let words: Vec<String> = search_word::Entity::find()
            .select_only()
            .column(search_word::Column::Word)
            .distinct()
            .filter(of_subjects())
            .into_tuple()
            .all(tx.db())
            .await?;
        before.extend(words);
        search_word::Entity::delete_many().filter(of_subjects()).exec(tx.db()).await?;
    }
    let mut rows = Vec::new();
    for DocumentWords { subject, audience, words } in documents {
        rows.extend(words.iter().map(|word| search_word::ActiveModel {
            subject_id: Set(*subject),
            audience: Set(audience.clone()),
            word: Set(word.clone()),
        }));
    }
    for rows in rows.chunks(BATCH_SIZE) {
        search_word::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.db()).await?;
    }
    let now: BTreeSet<String> = documents.iter().flat_map(|document| document.words.clone()).collect();
    learn(tx, &now).await?;
    let gone: Vec<String> = before.into_iter().filter(|word| !now.contains(word)).collect();
    for gone in gone.chunks(BATCH_SIZE) {
        forget(tx, gone).await?;
    }
    Ok(())
}

/// Adds the trigrams of words that have none.
async fn learn(tx: &Tx, words: &BTreeSet<String>) -> Result<(), StoreError> {
    let words: Vec<&String> = words.iter().collect();
    for words in words.chunks(BATCH_SIZE) {
        let known: HashSet<String> = search_trigram::Entity::find()
            .select_only()
            .column(search_trigram::Column::Word)
            .distinct()
            .filter(search_trigram::Column::Word.is_in(words.iter().map(|word| word.as_str())))
            .into_tuple()
            .all(tx.db())
            .await?
            .into_iter()
            .collect();
        let rows: Vec<_> = words
            .iter()
            .filter(|word| !known.contains(word.as_str()))
            .flat_map(|word| {
                let row = |trigram| search_trigram::ActiveModel {
                    trigram: Set(trigram),
                    word: Set((*word).clone()),
                };
                trigrams(word).into_iter().map(row).collect::<Vec<_>>()
            })
            .collect();
        for rows in rows.chunks(BATCH_SIZE) {
            // On PostgreSQL, another transaction may add the same word at the same time.
            let known = OnConflict::columns([search_trigram::Column::Trigram, search_trigram::Column::Word])
                .do_nothing()
                .to_owned();
            search_trigram::Entity::insert_many(rows.to_vec())
                .on_conflict(known)
                .exec_without_returning(tx.db())
                .await?;
        }
    }
    Ok(())
}

/// Deletes the trigrams of those words that are in no document.
async fn forget(tx: &Tx, words: &[String]) -> Result<(), StoreError> {
    // With NOT IN, PostgreSQL would compare each trigram with every word once the words are too many for its memory.
    let used = search_word::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(
            Expr::col((search_word::Entity, search_word::Column::Word))
                .equals((search_trigram::Entity, search_trigram::Column::Word)),
        )
        .into_query();
    search_trigram::Entity::delete_many()
        .filter(search_trigram::Column::Word.is_in(words))
        .filter(Expr::exists(used).not())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Forgets the words of a member's own documents, before the member is erased.
pub(crate) async fn forget_words_of(tx: &Tx, member: Uuid) -> Result<(), StoreError> {
    replace(tx, &[member], &[]).await
}

/// The word that is most like a mistyped one, among the documents that match `seen`. `None` when none is similar enough.
pub(super) async fn nearest(
    store: &Store,
    seen: Condition,
    typed: &str,
) -> Result<Option<String>, StoreError> {
    let length = typed.chars().count();
    if !(MIN_LENGTH..=MAX_LENGTH).contains(&length) {
        return Ok(None);
    }
    let max = if length <= MAX_WITH_ONE_TYPO { 1 } else { 2 };
    let candidates: Vec<String> = search_trigram::Entity::find()
        .select_only()
        .column(search_trigram::Column::Word)
        .filter(search_trigram::Column::Trigram.is_in(trigrams(typed)))
        .group_by(search_trigram::Column::Word)
        .order_by_desc(search_trigram::Column::Trigram.count())
        .order_by_asc(search_trigram::Column::Word)
        .limit(MAX_CANDIDATES)
        .into_tuple()
        .all(store.db())
        .await?;
    let distance = |word: &str| strsim::osa_distance(typed, word);
    let mut near: Vec<String> = candidates.into_iter().filter(|word| distance(word) <= max).collect();
    near.sort_by_key(|word| (distance(word), word.clone()));
    let of_word = |column: search_word::Column| Expr::col((search_word::Entity, column));
    let same_document = search_word::Entity::find()
        .select_only()
        .column(search_word::Column::Word)
        .filter(
            of_word(search_word::Column::SubjectId)
                .equals((search_document::Entity, search_document::Column::SubjectId)),
        )
        .filter(
            of_word(search_word::Column::Audience)
                .equals((search_document::Entity, search_document::Column::Audience)),
        );
    for word in near.into_iter().take(MAX_TRIED) {
        let contains = same_document.clone().filter(search_word::Column::Word.eq(&word)).into_query();
        let document = search_document::Entity::find()
            .filter(seen.clone())
            .filter(Expr::exists(contains))
            .one(store.db())
            .await?;
        if document.is_some() {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trigrams_know_where_a_word_begins_and_ends() {
        assert_eq!(trigrams("run").into_iter().collect::<Vec<_>>(), ["  r", " ru", "run", "un "]);
        assert_eq!(trigrams("日本").len(), 3);
    }

    #[test]
    fn only_words_that_help_are_kept() {
        let words =
            of_document("the runbook of 2026", "x1234 supercalifragilisticexpialidocious threat runbook");
        assert_eq!(words.into_iter().collect::<Vec<_>>(), ["runbook", "threat"]);
        let long: String =
            ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("word{a}{b} "))).collect();
        assert_eq!(of_document("", &long).len(), MAX_PER_DOCUMENT);
    }
}
