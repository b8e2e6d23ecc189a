//! Kudos that admins should look at (K5).

use domain::{
    Actor, MemberId,
    kudos::{self as rules, Given, Suspicion},
    policy::reports::DecideReports,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    admin::may,
    entities::{kudos, kudos_giver, kudos_recipient},
};

/// The period that is examined.
const PERIOD: chrono::Duration = chrono::Duration::days(90);
/// The most kudos that are examined, the latest ones.
const MAX_EDGES: u64 = 20_000;

/// What looks like an arrangement in the kudos of the last 90 days. Thanks that were added count like kudos.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn suspicions(store: &Store, actor: &Actor) -> Result<Vec<Suspicion>, StoreError> {
    let _permit = may(actor, DecideReports)?;
    let rows: Vec<(Uuid, Uuid, domain::Instant)> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos::Column::FromId)
        .column(kudos_recipient::Column::MemberId)
        .column(kudos::Column::GivenAt)
        .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def())
        .filter(kudos::Column::GivenAt.gt(store.now() - PERIOD))
        .filter(kudos::Column::RetractedAt.is_null())
        .order_by_desc(kudos::Column::GivenAt)
        .limit(MAX_EDGES)
        .into_tuple()
        .all(store.db())
        .await?;
    let added: Vec<(Uuid, Uuid, domain::Instant)> = kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::MemberId)
        .column(kudos_recipient::Column::MemberId)
        .column(kudos_giver::Column::AddedAt)
        .join(JoinType::InnerJoin, kudos_giver::Relation::Kudos.def())
        .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def().rev())
        .filter(kudos_giver::Column::AddedAt.gt(store.now() - PERIOD))
        .filter(kudos::Column::RetractedAt.is_null())
        .order_by_desc(kudos_giver::Column::AddedAt)
        .limit(MAX_EDGES)
        .into_tuple()
        .all(store.db())
        .await?;
    let given = |(from, to, at)| Given { from: MemberId(from), to: MemberId(to), at };
    let given: Vec<Given> = rows.into_iter().chain(added).map(given).collect();
    // Large graphs take a moment, so the server's threads stay free.
    let found = tokio::task::spawn_blocking(move || rules::suspicions(&given)).await;
    found.map_err(|error| StoreError::Corrupt(error.to_string()))
}
