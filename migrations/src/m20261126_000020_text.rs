//! Schedules are known by their acronym as written, sessions are ordered by their rooms, and search is filled
//! again at the next start, because its texts are read in another way.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
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

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        // The slugs of acronyms are not kept: an import with an older version makes a new event.
        Ok(())
    }
}
