//! Who can see the attendees of an event, and the subjects of events.

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
        // The key of the form that created a group or team. If the form is sent twice, only one is created.
        for table in ["groups", "teams"] {
            column(table, text_null("create_key").to_owned()).await?;
        }
        once(manager, "groups_create_key", "groups").await?;
        once(manager, "teams_create_key", "teams").await?;
        subjects(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("event_subjects").to_owned()).await?;
        for (name, table) in [("groups_create_key", "groups"), ("teams_create_key", "teams")] {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        let columns = [
            ("groups", "create_key"),
            ("teams", "create_key"),
            ("rsvps", "hidden"),
            ("events", "attendee_list"),
        ];
        for (table, column) in columns {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

async fn once(manager: &SchemaManager<'_>, name: &'static str, table: &'static str) -> Result<(), DbErr> {
    let index = Index::create().name(name).table(table).col("create_key").unique().to_owned();
    manager.create_index(index).await
}

/// The subjects of an event or of one of its sessions. Each is an entry of the list `discipline`, `topic`
/// or `stage`, given by its slug, which stays when the entry is renamed or removed. `session_id` is nil for
/// the event itself.
async fn subjects(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("event_subjects")
                .col(uuid("event_id"))
                .col(uuid("session_id"))
                .col(text("list"))
                .col(text("slug"))
                .primary_key(Index::create().col("event_id").col("session_id").col("list").col("slug"))
                .foreign_key(
                    ForeignKey::create()
                        .from("event_subjects", "event_id")
                        .to("events", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "event_subjects_slug", "event_subjects", &["list", "slug"]).await
}
