//! Deletes rows together with everything that refers to them.

use sea_orm::{
    ConnectionTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement},
};

use crate::{
    StoreError,
    catalogue::{ForeignKey, columns},
    write::Tx,
};

/// Dependent rows are followed no deeper than this.
const MAX_DEPTH: usize = 8;

/// Deletes rows of a table. Rows that refer to them are deleted first, or their reference is set to null where
/// that is allowed.
pub(crate) fn remove<'a>(
    tx: &'a Tx,
    foreign_keys: &'a [ForeignKey],
    table: &'a str,
    which: Expr,
    depth: usize,
) -> std::pin::Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>> {
    Box::pin(async move {
        if depth > MAX_DEPTH {
            return Err(StoreError::Corrupt(format!("rows of {table} depend on each other in a circle")));
        }
        // A table that a later migration has dropped has nothing to erase.
        if depth == 0 && columns(tx.db(), table).await?.is_empty() {
            return Ok(());
        }
        for key in foreign_keys.iter().filter(|key| key.parent == table) {
            let deleted: SelectStatement = Query::select()
                .column(Alias::new(key.parent_col.as_str()))
                .from(Alias::new(table))
                .and_where(which.clone())
                .take();
            let dependent = Expr::col(Alias::new(key.col.as_str())).in_subquery(deleted);
            if key.needed == 1 {
                remove(tx, foreign_keys, &key.child, dependent, depth + 1).await?;
            } else {
                let update = Query::update()
                    .table(Alias::new(key.child.as_str()))
                    .value(Alias::new(key.col.as_str()), Expr::value(None::<uuid::Uuid>))
                    .and_where(dependent)
                    .take();
                tx.db().execute(&update).await?;
            }
        }
        let delete = Query::delete().from_table(Alias::new(table)).and_where(which).take();
        tx.db().execute(&delete).await?;
        Ok(())
    })
}
