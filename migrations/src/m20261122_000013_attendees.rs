//! Who sees who comes, and what events and sessions are about.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = |table: &'static str, column: ColumnDef| {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned())
        };
        column("events", text("attendee_list").default("attendees").to_owned()).await?;
        column("rsvps", boolean("hidden").default(false).to_owned()).await?;
        subjects(manager, "event_subjects", "event_id", "events", "event_subjects_slug").await?;
        subjects(manager, "session_subjects", "session_id", "agenda_sessions", "session_subjects_slug").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["session_subjects", "event_subjects"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for (table, column) in [("rsvps", "hidden"), ("events", "attendee_list")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// What something is about: an entry of one of the lists `discipline`, `topic` and `stage`, by its slug,
/// which stays when the entry is renamed or retired.
async fn subjects(
    manager: &SchemaManager<'_>,
    table: &'static str,
    id: &'static str,
    of: &'static str,
    by_slug: &'static str,
) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(uuid(id))
                .col(text("list"))
                .col(text("slug"))
                .primary_key(Index::create().col(id).col("list").col("slug"))
                .foreign_key(
                    ForeignKey::create().from(table, id).to(of, "id").on_delete(ForeignKeyAction::Cascade),
                )
                .to_owned(),
        )
        .await?;
    index(manager, by_slug, table, &["list", "slug"]).await
}
