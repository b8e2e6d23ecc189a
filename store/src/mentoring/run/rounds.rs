//! Rounds and their programmes, as runs need them.

use domain::{
    Actor, Slug,
    mentoring::RoundState,
    policy::{
        Permit,
        mentoring::{CoordinateRound, ProgrammeRelation},
        permit,
    },
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{mentoring_coordinator, mentoring_programme, mentoring_round},
    write::Tx,
};

/// A round with its programme.
pub(super) struct RoundRows {
    pub(super) round: mentoring_round::Model,
    pub(super) programme: mentoring_programme::Model,
}

impl RoundRows {
    pub(super) fn state(&self) -> Result<RoundState, StoreError> {
        let state = self.round.state.parse();
        state.map_err(|()| StoreError::Corrupt(format!("round {}: unknown state", self.round.id)))
    }
}

/// A round for a coordinator who only looks.
pub(super) async fn coordinated(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<RoundRows, StoreError> {
    let round = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Slug.eq(slug.as_str()))
        .one(db)
        .await?;
    let (rows, _) = permitted(db, actor, round).await?;
    Ok(rows)
}

/// A round for a coordinator, locked until the transaction ends. Everybody else gets the refusal, because rounds
/// are no secret.
pub(super) async fn locked_round(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
) -> Result<(RoundRows, Permit<CoordinateRound>), StoreError> {
    let round = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Slug.eq(slug.as_str()))
        .lock_exclusive()
        .one(tx.db())
        .await?;
    permitted(tx.db(), actor, round).await
}

async fn permitted(
    db: &impl ConnectionTrait,
    actor: &Actor,
    round: Option<mentoring_round::Model>,
) -> Result<(RoundRows, Permit<CoordinateRound>), StoreError> {
    let round = round.ok_or(StoreError::NotFound)?;
    let relation = relation(db, actor, round.programme_id).await?;
    let permit = permit(actor, CoordinateRound, relation)?;
    Ok((with_programme(db, round).await?, permit))
}

/// The actor's relation to a programme.
async fn relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    programme: Uuid,
) -> Result<ProgrammeRelation, StoreError> {
    let Some(me) = actor.member() else { return Ok(ProgrammeRelation::Other) };
    let row = mentoring_coordinator::Entity::find_by_id((programme, me.0)).one(db).await?;
    Ok(if row.is_some() { ProgrammeRelation::Coordinator } else { ProgrammeRelation::Other })
}

/// A round by its id, for jobs.
pub(super) async fn by_id(db: &impl ConnectionTrait, round: Uuid) -> Result<RoundRows, StoreError> {
    let round = mentoring_round::Entity::find_by_id(round).one(db).await?;
    with_programme(db, round.ok_or(StoreError::NotFound)?).await
}

/// A round by its id, locked until the transaction ends, for jobs.
pub(super) async fn locked_by_id(tx: &Tx, round: Uuid) -> Result<RoundRows, StoreError> {
    let round = mentoring_round::Entity::find_by_id(round).lock_exclusive().one(tx.db()).await?;
    with_programme(tx.db(), round.ok_or(StoreError::NotFound)?).await
}

async fn with_programme(
    db: &impl ConnectionTrait,
    round: mentoring_round::Model,
) -> Result<RoundRows, StoreError> {
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(db).await?;
    Ok(RoundRows { round, programme: programme.ok_or(StoreError::NotFound)? })
}
