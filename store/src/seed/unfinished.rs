//! A demo that was never finished, because the process was killed while it made one.
//!
//! The settings are saved last, with the end of the demo. So members of the demo without settings are half a demo.
//! A community of real people has members who are not the demo's, and is never touched.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use crate::{StoreError, entities::member, inventory::TABLES, settings, write::Tx};

/// The tables that the migrations fill. The demo doesn't change them.
const SHIPPED: [&str; 5] = ["disciplines", "kudos_feed_lock", "kudos_values", "stages", "topics"];

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
    let tables = TABLES.iter().filter(|table| !SHIPPED.contains(table)).map(|table| format!("\"{table}\""));
    let tables: Vec<String> = tables.collect();
    if tx.db().get_database_backend() == DbBackend::Sqlite {
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
