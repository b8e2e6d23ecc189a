//! The outbox, and the built-in mailbox for installations without a mail server.

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
                    .table("letters")
                    .col(uuid("id").primary_key())
                    .col(uuid_null("member_id"))
                    .col(text("kind"))
                    .col(text("address"))
                    .col(text("name"))
                    .col(text("zone"))
                    .col(text("locale"))
                    .col(text("payload"))
                    .col(text("state"))
                    .col(integer("attempts"))
                    .col(integer("unknowns"))
                    .col(text("cause"))
                    .col(timestamp_with_time_zone("posted_at"))
                    .col(timestamp_with_time_zone("due_at"))
                    .col(timestamp_with_time_zone_null("expires_at"))
                    .col(timestamp_with_time_zone_null("settled_at"))
                    .foreign_key(ForeignKey::create().from("letters", "member_id").to("members", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "letters_due", "letters", &["state", "due_at"]).await?;
        index(manager, "letters_member", "letters", &["member_id"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("mailbox")
                    .col(uuid("id").primary_key())
                    .col(uuid("letter_id").unique_key())
                    .col(text("address"))
                    .col(text("subject"))
                    .col(timestamp_with_time_zone("at"))
                    .col(binary("raw"))
                    .to_owned(),
            )
            .await?;
        index(manager, "mailbox_at", "mailbox", &["at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("mailbox").to_owned()).await?;
        manager.drop_table(Table::drop().table("letters").to_owned()).await
    }
}
