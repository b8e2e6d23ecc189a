//! Reported learning requests.

use domain::{
    Actor, DemandId, MemberId,
    policy::{Permit, demands::HideDemand},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::visibility::seen_by;
use crate::{StoreError, audit, entities::demand, write::Tx};

/// The author of a request that somebody wants to report.
///
/// # Errors
/// `NotFound` when the reader does not see it.
pub(crate) async fn find_reported(tx: &Tx, actor: &Actor, id: Uuid) -> Result<Option<MemberId>, StoreError> {
    let row = demand::Entity::find_by_id(id).filter(seen_by(actor)).one(tx.db()).await?;
    Ok(row.ok_or(StoreError::NotFound)?.asker_id.map(MemberId))
}

/// Those of some requests that a reader sees or wrote.
pub(crate) async fn readable(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    let find = demand::Entity::find().select_only().column(demand::Column::Id);
    let find = find.filter(demand::Column::Id.is_in(ids.iter().copied())).filter(seen_by(actor));
    Ok(find.into_tuple().all(db).await?)
}

/// Hides a request for everybody but its author, or shows it again, for reports and their decisions.
pub(crate) async fn set_hidden(
    tx: &Tx,
    permit: &Permit<HideDemand>,
    id: DemandId,
    hidden: bool,
) -> Result<(), StoreError> {
    let row = demand::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.hidden_at.is_some() != hidden) else { return Ok(()) };
    let change = demand::ActiveModel {
        id: Set(row.id),
        hidden_at: Set(hidden.then(|| tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    audit::record(tx, permit, if hidden { "demand.hide" } else { "demand.show" }, id.0).await
}
