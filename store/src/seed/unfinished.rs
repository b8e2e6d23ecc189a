//! A demo that was never finished, because the process was killed while it made one.
//!
//! The settings are saved last, with the end of the demo. So members of the demo without settings are half a demo.
//! A community of real people has members who are not the demo's, and is never touched.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, Statement,
};

use crate::{StoreError, entities::member, settings, write::Tx};

/// The tables that the migrations fill. The demo doesn't change them.
const SHIPPED: [&str; 6] =
    ["disciplines", "kudos_feed_lock", "kudos_values", "seaql_migrations", "stages", "topics"];

/// The names of all tables. The search index belongs to `search_documents`, whose triggers empty it.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' \
     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_index%' ESCAPE '\\'";
const POSTGRES_TABLES: &str =
    "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()";

/// Whether the demo can be made: the database has no members, or it had half a demo, which is removed.
pub(super) async fn make_room(tx: &Tx) -> Result<bool, StoreError> {
    let members = member::Entity::find().count(tx.db()).await?;
    if members == 0 {
        return Ok(true);
    }
    let of_the_demo =
        member::Entity::find().filter(member::Column::DemoKey.is_not_null()).count(tx.db()).await?;
    if members > of_the_demo || settings::are_saved(tx).await? {
        return Ok(false);
    }
    remove_everything(tx).await?;
    Ok(true)
}

async fn remove_everything(tx: &Tx) -> Result<(), StoreError> {
    let backend = tx.db().get_database_backend();
    let sqlite = backend == DbBackend::Sqlite;
    let sql = if sqlite { SQLITE_TABLES } else { POSTGRES_TABLES };
    let rows = tx.db().query_all_raw(Statement::from_string(backend, sql)).await?;
    let mut tables = Vec::new();
    for row in rows {
        let name: String = row.try_get("", "name")?;
        if !SHIPPED.contains(&name.as_str()) {
            tables.push(format!("\"{name}\""));
        }
    }
    if sqlite {
        // Foreign keys are checked at the commit, so that the order of the tables doesn't matter.
        tx.db().execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
        for table in tables {
            tx.db().execute_unprepared(&format!("DELETE FROM {table}")).await?;
        }
    } else {
        tx.db().execute_unprepared(&format!("TRUNCATE {}", tables.join(", "))).await?;
    }
    Ok(())
}
