//! The differences between two drafts: whose mentor changed.

use std::collections::BTreeMap;

use domain::{Actor, Slug};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::rounds::coordinated;
use crate::{
    Store, StoreError,
    entities::{mentoring_pair, mentoring_run},
    mentoring::people::{Participant, participants},
};

/// A mentee whose mentor differs between two drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The mentee.
    pub mentee: Participant,
    /// Their mentor in the earlier draft.
    pub from: Option<Participant>,
    /// Their mentor in the later one.
    pub to: Option<Participant>,
}

/// Whose mentor differs between two drafts of a round, sorted by name.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `NotFound` without such a run.
pub async fn compare(
    store: &Store,
    actor: &Actor,
    round: &Slug,
    earlier: i32,
    later: i32,
) -> Result<Vec<Move>, StoreError> {
    let db = store.db();
    let rows = coordinated(db, actor, round).await?;
    let (earlier, later) = (pairs(db, rows.round.id, earlier).await?, pairs(db, rows.round.id, later).await?);
    moves(db, &earlier, &later).await
}

/// The mentor of each mentee.
pub(super) type Matched = BTreeMap<Uuid, Uuid>;

async fn pairs(db: &impl ConnectionTrait, round: Uuid, number: i32) -> Result<Matched, StoreError> {
    let run = mentoring_run::Entity::find()
        .filter(mentoring_run::Column::RoundId.eq(round))
        .filter(mentoring_run::Column::Number.eq(number))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let rows =
        mentoring_pair::Entity::find().filter(mentoring_pair::Column::RunId.eq(run.id)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.mentee_id, row.mentor_id)).collect())
}

/// The mentees whose mentor differs, sorted by name.
pub(super) async fn moves(
    db: &impl ConnectionTrait,
    earlier: &Matched,
    later: &Matched,
) -> Result<Vec<Move>, StoreError> {
    let differs = |mentee: &&Uuid| earlier.get(*mentee) != later.get(*mentee);
    let mut changed: Vec<Uuid> = earlier.keys().chain(later.keys()).filter(differs).copied().collect();
    changed.sort_unstable();
    changed.dedup();
    let mut concerned = changed.clone();
    for mentee in &changed {
        concerned.extend([earlier.get(mentee), later.get(mentee)].into_iter().flatten());
    }
    let people = participants(db, concerned).await?;
    let person = |id: Option<&Uuid>| id.and_then(|id| people.get(id)).cloned();
    let mut moves: Vec<Move> = changed
        .iter()
        .filter_map(|mentee| {
            let (from, to) = (person(earlier.get(mentee)), person(later.get(mentee)));
            Some(Move { mentee: person(Some(mentee))?, from, to })
        })
        .collect();
    moves.sort_by(|a, b| (&a.mentee.name, &a.mentee.slug).cmp(&(&b.mentee.name, &b.mentee.slug)));
    Ok(moves)
}
