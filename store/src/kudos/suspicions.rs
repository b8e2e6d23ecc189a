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
    entities::{kudos, kudos_giver, kudos_recipient, member},
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

/// Something to review, with the names of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspicionRow {
    /// Whether it is a ring; otherwise it is a burst.
    pub is_ring: bool,
    /// The member who got the kudos of a burst. `None` for a ring.
    pub to: Option<(MemberId, String)>,
    /// The members of a ring, or the givers of a burst.
    pub members: Vec<(MemberId, String)>,
    /// Number of kudos.
    pub kudos: usize,
}

/// The most findings that are shown. The graph of a large community has few.
const MAX_ROWS: usize = 100;

/// What looks like an arrangement, for the page of the admins.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn suspicion_rows(store: &Store, actor: &Actor) -> Result<Vec<SuspicionRow>, StoreError> {
    let mut found = suspicions(store, actor).await?;
    found.truncate(MAX_ROWS);
    let ids: Vec<Uuid> = found
        .iter()
        .flat_map(|one| match one {
            Suspicion::Ring { members, .. } => members.clone(),
            Suspicion::Burst { to, givers, .. } => givers.iter().copied().chain([*to]).collect(),
        })
        .map(|id| id.0)
        .collect();
    let names: Vec<(Uuid, String)> = member::Entity::find()
        .select_only()
        .columns([member::Column::Id, member::Column::Name])
        .filter(member::Column::Id.is_in(ids))
        .into_tuple()
        .all(store.db())
        .await?;
    let named = |id: MemberId| {
        let name = names.iter().find(|(known, _)| *known == id.0).map(|(_, name)| name.clone());
        (id, name.unwrap_or_default())
    };
    let row = |one: Suspicion| match one {
        Suspicion::Ring { members, kudos } => {
            SuspicionRow { is_ring: true, to: None, members: members.into_iter().map(named).collect(), kudos }
        }
        Suspicion::Burst { to, givers, kudos } => SuspicionRow {
            is_ring: false,
            to: Some(named(to)),
            members: givers.into_iter().map(named).collect(),
            kudos,
        },
    };
    Ok(found.into_iter().map(row).collect())
}
