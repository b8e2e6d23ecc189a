//! The people of a programme, and taking one of them out of it.

use std::collections::HashSet;

use domain::{MemberId, Refusal, mentoring::SignUpState, mentorships::MeasureKind};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::proposals;
use crate::{
    StoreError,
    entities::{mentoring_measure, mentoring_round, mentoring_sign_up},
    write::Tx,
};

fn rounds_of(programme: Uuid) -> SelectStatement {
    mentoring_round::Entity::find()
        .select_only()
        .column(mentoring_round::Column::Id)
        .filter(mentoring_round::Column::ProgrammeId.eq(programme))
        .into_query()
}

/// The members who signed up in a programme.
pub(crate) async fn people_of(
    db: &impl ConnectionTrait,
    programme: Uuid,
) -> Result<HashSet<Uuid>, StoreError> {
    let people: Vec<Uuid> = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::MemberId)
        .filter(mentoring_sign_up::Column::RoundId.in_subquery(rounds_of(programme)))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Draft.name()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(people.into_iter().collect())
}

/// Locks the rounds that both members signed up for against publishing, until the transaction ends. Others can
/// sign up meanwhile.
pub(crate) async fn lock_rounds_of(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    let rounds = |of: MemberId| {
        mentoring_sign_up::Entity::find()
            .select_only()
            .column(mentoring_sign_up::Column::RoundId)
            .filter(mentoring_sign_up::Column::MemberId.eq(of.0))
            .into_query()
    };
    mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Id.in_subquery(rounds(one)))
        .filter(mentoring_round::Column::Id.in_subquery(rounds(other)))
        .order_by_asc(mentoring_round::Column::Id)
        .lock_shared()
        .all(tx.db())
        .await?;
    Ok(())
}

/// Withdraws every sign-up of a member in a programme, and ends their pending proposals there.
pub(crate) async fn withdraw_all(tx: &Tx, programme: Uuid, member: MemberId) -> Result<(), StoreError> {
    let rows = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.in_subquery(rounds_of(programme)))
        .filter(mentoring_sign_up::Column::MemberId.eq(member.0))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Withdrawn.name()))
        .all(tx.db())
        .await?;
    for row in rows {
        let change = mentoring_sign_up::ActiveModel {
            id: Set(row.id),
            state: Set(SignUpState::Withdrawn.name().to_owned()),
            updated_at: Set(tx.now()),
            version: Set(row.version + 1),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        proposals::end_of_sign_up(tx, &row).await?;
    }
    Ok(())
}

/// Whether a member can take part in a programme.
///
/// # Errors
/// `Refused(ExcludedFromProgramme)` while a coordinator's exclusion is in force.
pub(crate) async fn check_not_excluded(
    db: &impl ConnectionTrait,
    programme: Uuid,
    member: MemberId,
) -> Result<(), StoreError> {
    match is_under(db, programme, &[member], MeasureKind::Exclude).await? {
        true => Err(Refusal::ExcludedFromProgramme.into()),
        false => Ok(()),
    }
}

/// Whether no coordinator has paused one of these people in a programme, so that they can begin a mentorship or resume
/// one.
///
/// # Errors
/// `Refused(PausedInProgramme)` while a pause is in force. It does not say whose.
pub(crate) async fn check_not_paused(
    db: &impl ConnectionTrait,
    programme: Uuid,
    people: &[MemberId],
) -> Result<(), StoreError> {
    match is_under(db, programme, people, MeasureKind::Pause).await? {
        true => Err(Refusal::PausedInProgramme.into()),
        false => Ok(()),
    }
}

/// Whether a measure against one of these people is in force in a programme.
async fn is_under(
    db: &impl ConnectionTrait,
    programme: Uuid,
    people: &[MemberId],
    kind: MeasureKind,
) -> Result<bool, StoreError> {
    let count = mentoring_measure::Entity::find()
        .filter(mentoring_measure::Column::ProgrammeId.eq(programme))
        .filter(mentoring_measure::Column::MemberId.is_in(people.iter().map(|member| member.0)))
        .filter(mentoring_measure::Column::Kind.eq(kind.name()))
        .filter(mentoring_measure::Column::LiftedAt.is_null())
        .count(db)
        .await?;
    Ok(count > 0)
}
