//! A round as an instance for `guildhall match`, without names: people are numbers, and pairs have scores.

use std::fmt::Write as _;

use domain::{
    Slug,
    mentoring::{RoundState, RunOrder},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{input::load, rounds::by_id, solve::prepare};
use crate::{Store, StoreError, entities::mentoring_round, jobs};

/// A round that can be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRound {
    /// The slug, which names it on the command line.
    pub slug: String,
    /// The name.
    pub name: String,
    /// Where it is.
    pub state: String,
}

/// All rounds, the newest first, for the operator.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn export_rounds(store: &Store) -> Result<Vec<ExportRound>, StoreError> {
    let rows = mentoring_round::Entity::find()
        .order_by_desc(mentoring_round::Column::StartsOn)
        .order_by_asc(mentoring_round::Column::Slug)
        .all(store.db())
        .await?;
    let round =
        |row: mentoring_round::Model| ExportRound { slug: row.slug, name: row.name, state: row.state };
    Ok(rows.into_iter().map(round).collect())
}

/// A round as text in the format that `matching::read` documents, as the next run would solve it. It has no
/// names, no topics, and no reasons for a score. For the operator.
///
/// # Errors
/// `NotFound` without such a round.
pub async fn export(store: &Store, round: &Slug) -> Result<String, StoreError> {
    let row = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Slug.eq(round.as_str()))
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let seed = row.seed;
    let order = if row.state == RoundState::Published.name() { RunOrder::Kept } else { RunOrder::Cost };
    let rounds = by_id(store.db(), row.id).await?;
    let input = load(store.db(), &rounds, order, i32::MAX, store.now()).await?;
    let prepared = jobs::compute(move || prepare(&input, seed, || true)).await?;
    let prepared = prepared.map_err(|error| StoreError::Corrupt(format!("{error:?}")))?;
    Ok(instance_text(&prepared.draft))
}

/// A draft in the format that `matching::read` documents.
pub(super) fn instance_text(draft: &matching::Draft) -> String {
    let mut text = String::new();
    let mut line = |words: std::fmt::Arguments<'_>| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{words}");
    };
    let options = draft.options;
    let sizes = [draft.classes.len(), draft.places.len(), draft.candidates.len()];
    line(format_args!("p guildhall-match {} {} {}", sizes[0], sizes[1], sizes[2]));
    line(format_args!("o load {}", options.load));
    line(format_args!("o seed {}", options.seed));
    let order = match options.order {
        matching::Order::Cost => "cost",
        matching::Order::Kept => "kept",
    };
    line(format_args!("o order {order}"));
    for (mentee, class) in draft.classes.iter().enumerate() {
        line(format_args!("n {mentee} {class}"));
    }
    for (mentor, places) in draft.places.iter().enumerate() {
        line(format_args!("c {mentor} {places}"));
    }
    for it in &draft.candidates {
        line(format_args!("a {} {} {}", it.mentee, it.mentor, it.score));
    }
    for (letter, list) in [("k", &draft.kept), ("x", &draft.bans), ("f", &draft.pins)] {
        for (mentee, mentor) in list {
            line(format_args!("{letter} {mentee} {mentor}"));
        }
    }
    text
}
