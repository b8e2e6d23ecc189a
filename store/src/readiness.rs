//! Whether changes can be kept: a write that changes nothing anybody reads.

use sea_orm::{
    ActiveValue::Set,
    EntityTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use crate::{Store, StoreError, entities::write_probe};

/// The one row.
const ROW: i32 = 1;

/// Commits a small change, as verbs do. It fails on a full disk, a read-only database and a stuck writer,
/// which reads do not notice.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the change cannot be kept.
pub async fn probe(store: &Store) -> Result<(), StoreError> {
    store
        .write((), |tx, ()| {
            Box::pin(async move {
                let row =
                    write_probe::ActiveModel { id: Set(ROW), writes: Set(1), written_at: Set(tx.now()) };
                let writes = Expr::col((write_probe::Entity, write_probe::Column::Writes)).add(1);
                let again = OnConflict::column(write_probe::Column::Id)
                    .value(write_probe::Column::Writes, writes)
                    .update_column(write_probe::Column::WrittenAt)
                    .to_owned();
                write_probe::Entity::insert(row).on_conflict(again).exec_without_returning(tx.db()).await?;
                Ok(())
            })
        })
        .await
}
