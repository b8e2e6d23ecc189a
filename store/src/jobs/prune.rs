//! Deleting old rows in batches.

use chrono::Duration;
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter as _, QuerySelect as _, Select};
use uuid::Uuid;

use super::{BATCH, Next};
use crate::{StoreError, write::Tx};

/// How often old rows are looked for.
const EVERY: Duration = Duration::days(1);

/// Deletes up to 100 of these rows. If there may be more, the job goes on after other jobs that are due.
/// Otherwise it runs again the next day.
pub(crate) async fn delete_batch<E: EntityTrait>(
    tx: &Tx,
    old: Select<E>,
    id: E::Column,
) -> Result<Next, StoreError> {
    let ids: Vec<Uuid> = old.select_only().column(id).limit(BATCH).into_tuple().all(tx.db()).await?;
    let full = ids.len() as u64 == BATCH;
    E::delete_many().filter(id.is_in(ids)).exec(tx.db()).await?;
    Ok(if full { Next::More } else { Next::At(tx.now() + EVERY) })
}
