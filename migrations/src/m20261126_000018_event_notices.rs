//! Emails about an event that are sent with a delay: new requests for its hosts, and a cancellation that
//! can be undone until then.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("event_notices")
                    .col(uuid("event_id"))
                    .col(text("kind"))
                    .col(timestamp_with_time_zone("opened_at"))
                    .col(timestamp_with_time_zone("due_at"))
                    .primary_key(Index::create().col("event_id").col("kind"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("event_notices", "event_id")
                            .to("events", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        index(manager, "event_notices_due", "event_notices", &["due_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("event_notices").to_owned()).await
    }
}
