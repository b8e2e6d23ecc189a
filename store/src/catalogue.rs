//! Reads tables and foreign keys from the database's own catalogue, so that no new table is forgotten.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::StoreError;

/// A foreign key of one column.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct ForeignKey {
    /// The table with the foreign key.
    pub(crate) child: String,
    /// The column with the foreign key.
    pub(crate) col: String,
    /// The table that it refers to.
    pub(crate) parent: String,
    /// The column that it refers to.
    pub(crate) parent_col: String,
    /// 1 when the row cannot stay without the other one, else 0: the column is NOT NULL, or the database deletes
    /// both rows together.
    pub(crate) needed: i32,
}

const SQLITE_FOREIGN_KEYS: &str = "SELECT m.name AS child, f.\"from\" AS col, f.\"table\" AS parent, \
     COALESCE(f.\"to\", 'id') AS parent_col, c.\"notnull\" OR f.on_delete = 'CASCADE' AS needed \
     FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
     JOIN pragma_table_info(m.name) c ON c.name = f.\"from\" WHERE m.type = 'table'";
const POSTGRES_FOREIGN_KEYS: &str = "SELECT CAST(k.relname AS TEXT) AS child, CAST(a.attname AS TEXT) AS col, \
     CAST(p.relname AS TEXT) AS parent, CAST(b.attname AS TEXT) AS parent_col, \
     CASE WHEN a.attnotnull OR c.confdeltype = 'c' THEN 1 ELSE 0 END AS needed \
     FROM pg_constraint c JOIN pg_class k ON k.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid \
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
     JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] \
     JOIN pg_namespace n ON n.oid = k.relnamespace \
     WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND n.nspname = current_schema()";

/// All foreign keys in the database.
pub(crate) async fn foreign_keys(db: &impl ConnectionTrait) -> Result<Vec<ForeignKey>, StoreError> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { SQLITE_FOREIGN_KEYS } else { POSTGRES_FOREIGN_KEYS };
    Ok(ForeignKey::find_by_statement(Statement::from_string(backend, sql)).all(db).await?)
}

/// The columns of a table. Empty when there is no such table.
pub(crate) async fn columns(db: &impl ConnectionTrait, table: &str) -> Result<Vec<String>, StoreError> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite {
        "SELECT name FROM pragma_table_info(?) ORDER BY cid"
    } else {
        "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
    };
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [table.into()])).await?;
    Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?)
}
