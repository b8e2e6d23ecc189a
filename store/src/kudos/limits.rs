//! The limits of giving (K4), counted from the rows. Thanks that a member added to kudos of somebody else count too.

use chrono::Duration;
use domain::{
    Instant, MemberId, Refusal,
    kudos::{DAY, WEEK, check_per_day, check_per_person, check_per_team},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, JoinType, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, RelationTrait as _, sea_query::UnionType,
};
use uuid::Uuid;

use super::visibility::{received, team_of};
use crate::{
    StoreError,
    entities::{kudos, kudos_giver, profile},
    write::Tx,
};

/// Refuses kudos beyond a limit. Retracted kudos count too, because their recipients were notified.
pub(super) async fn check_limits(
    tx: &Tx,
    from: MemberId,
    to: &[MemberId],
    team: Option<Uuid>,
) -> Result<(), StoreError> {
    let now = tx.now();
    check_per_day(&given(tx, from, DAY, Condition::all()).await?, now)?;
    for person in to {
        // Kudos to the person's team count too. Otherwise a small team would be a way round the limit.
        let to_person = Condition::any()
            .add(kudos::Column::Id.in_subquery(received(*person)))
            .add(kudos::Column::TeamId.in_subquery(team_of(*person)));
        check_per_person(&given(tx, from, WEEK, to_person).await?, now)?;
    }
    let Some(team) = team else { return Ok(()) };
    if profile::Entity::find_by_id(from.0).one(tx.db()).await?.and_then(|row| row.team_id) == Some(team) {
        return Err(Refusal::KudosToOwnTeam.into());
    }
    let to_team = Condition::all().add(kudos::Column::TeamId.eq(team));
    check_per_team(&given(tx, from, WEEK, to_team).await?, now)?;
    Ok(())
}

/// When a member gave kudos that match a condition, or added their thanks to them, within a window.
async fn given(
    tx: &Tx,
    from: MemberId,
    window: Duration,
    which: Condition,
) -> Result<Vec<Instant>, StoreError> {
    let now = tx.now();
    let mut times = kudos::Entity::find()
        .select_only()
        .column_as(kudos::Column::GivenAt, "at")
        .filter(kudos::Column::FromId.eq(from.0))
        .filter(kudos::Column::GivenAt.gt(now - window))
        .filter(kudos::Column::GivenAt.lte(now))
        .filter(which.clone())
        .into_query();
    let added = kudos_giver::Entity::find()
        .select_only()
        .column_as(kudos_giver::Column::AddedAt, "at")
        .join(JoinType::InnerJoin, kudos_giver::Relation::Kudos.def())
        .filter(kudos_giver::Column::MemberId.eq(from.0))
        .filter(kudos_giver::Column::AddedAt.gt(now - window))
        .filter(kudos_giver::Column::AddedAt.lte(now))
        .filter(which)
        .into_query();
    times.union(UnionType::All, added);
    let rows = tx.db().query_all(&times).await?;
    Ok(rows.iter().map(|row| row.try_get("", "at")).collect::<Result<_, _>>()?)
}
