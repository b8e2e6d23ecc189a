//! The agenda of an event: rooms, tracks, speakers, sessions.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A table of names that belong to one event, unique by `key`.
fn names(table: &'static str, key: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("id").primary_key())
        .col(uuid("event_id"))
        .col(text(key))
        .col(integer("position"))
        .foreign_key(ForeignKey::create().from(table, "event_id").to("events", "id"))
        .index(Index::create().unique().name(format!("{table}_event_{key}")).col("event_id").col(key))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("schedules")
                    .col(uuid("event_id").primary_key())
                    .col(text("content"))
                    .foreign_key(ForeignKey::create().from("schedules", "event_id").to("events", "id"))
                    .to_owned(),
            )
            .await?;
        manager.create_table(names("rooms", "name")).await?;
        manager.create_table(names("tracks", "name")).await?;
        manager.create_table(names("speakers", "code").col(text("name")).to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("agenda_sessions")
                    .col(uuid("id").primary_key())
                    .col(uuid("event_id"))
                    .col(text("guid"))
                    .col(integer("day_index"))
                    .col(date("day_date"))
                    .col(integer("position"))
                    .col(uuid("room_id"))
                    .col(uuid_null("track_id"))
                    .col(timestamp_with_time_zone("starts_at"))
                    .col(integer("minutes"))
                    .col(text("title"))
                    .col(text("content"))
                    .foreign_key(ForeignKey::create().from("agenda_sessions", "event_id").to("events", "id"))
                    .foreign_key(ForeignKey::create().from("agenda_sessions", "room_id").to("rooms", "id"))
                    .foreign_key(ForeignKey::create().from("agenda_sessions", "track_id").to("tracks", "id"))
                    .index(
                        Index::create()
                            .unique()
                            .name("agenda_sessions_event_guid")
                            .col("event_id")
                            .col("guid"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("session_speakers")
                    .col(uuid("session_id"))
                    .col(uuid("speaker_id"))
                    .col(integer("position"))
                    .primary_key(Index::create().col("session_id").col("speaker_id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("session_speakers", "session_id")
                            .to("agenda_sessions", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(
                        ForeignKey::create().from("session_speakers", "speaker_id").to("speakers", "id"),
                    )
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["session_speakers", "agenda_sessions", "speakers", "tracks", "rooms", "schedules"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
