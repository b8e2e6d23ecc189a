//! Open learning requests that look like a new one.

use domain::{Actor, demands::DemandState, search::HitKind};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::cards::{DemandCard, cards};
use crate::{Store, StoreError, entities::demand, search};

/// The most similar requests that are shown.
const MAX_SIMILAR: usize = 4;

/// Open requests that look like this title, the most similar first. Only those that the reader sees.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn similar(store: &Store, actor: &Actor, title: &str) -> Result<Vec<DemandCard>, StoreError> {
    let ids = search::similar(store, actor, HitKind::Demand, title).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = demand::Entity::find()
        .filter(demand::Column::Id.is_in(ids.iter().copied()))
        .filter(demand::Column::State.eq(DemandState::Open.name()))
        .all(store.db())
        .await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    rows.truncate(MAX_SIMILAR);
    cards(store.db(), actor, rows).await
}
