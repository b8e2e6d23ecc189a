//! Names that look like an administrator's are shown with a handle. Schedules are identified by their
//! acronym as written, sessions are ordered by room, and the search index is rebuilt at the next start
//! because texts are read differently.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            ColumnDef::new("look").text().not_null().default("").take(),
            ColumnDef::new("distinct_name").text().take(),
        ] {
            manager.alter_table(Table::alter().table("members").add_column(column).to_owned()).await?;
        }
        manager
            .create_index(Index::create().name("members_look").table("members").col("look").to_owned())
            .await?;
        let db = manager.get_connection();
        let acronym = match manager.get_database_backend() {
            DbBackend::Sqlite => "json_extract(content, '$.acronym')",
            _ => "content::json->>'acronym'",
        };
        db.execute_unprepared(&format!(
            "UPDATE events SET import_key = (SELECT {acronym} FROM schedules WHERE event_id = events.id) \
             WHERE id IN (SELECT event_id FROM schedules)"
        ))
        .await?;
        db.execute_unprepared(
            "UPDATE agenda_sessions SET position = \
             (SELECT rooms.position FROM rooms WHERE rooms.id = agenda_sessions.room_id)",
        )
        .await?;
        db.execute_unprepared("DELETE FROM search_documents").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Slugs derived from acronyms are not restored: an import with an older version creates a new
        // event.
        manager.drop_index(Index::drop().name("members_look").table("members").to_owned()).await?;
        for column in ["look", "distinct_name"] {
            manager.alter_table(Table::alter().table("members").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
