//! A test write that shows whether changes can be saved.

use sea_orm::{
    ActiveValue::Set,
    EntityTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use crate::{Store, StoreError, entities::write_probe, write::verb};

/// The id of the only row.
const ROW: i32 = 1;

/// Commits a small change in the same way as a verb. It fails on a full disk, a read-only database or a blocked
/// writer, which reads would not notice.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the change cannot be saved.
pub async fn probe(store: &Store) -> Result<(), StoreError> {
    verb!(store, |tx| {
        let row = write_probe::ActiveModel { id: Set(ROW), writes: Set(1), written_at: Set(tx.now()) };
        let writes = Expr::col((write_probe::Entity, write_probe::Column::Writes)).add(1);
        let again = OnConflict::column(write_probe::Column::Id)
            .value(write_probe::Column::Writes, writes)
            .update_column(write_probe::Column::WrittenAt)
            .to_owned();
        write_probe::Entity::insert(row).on_conflict(again).exec_without_returning(tx.db()).await?;
        Ok(())
    })
}
