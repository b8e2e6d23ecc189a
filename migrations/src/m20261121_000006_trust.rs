//! The audit log, which holds ids only, and the drafts of forms that were not valid.

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
                    .table("audit")
                    .col(uuid("id").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    // Kept after the member's account is deleted, so this is not a foreign key.
                    .col(uuid_null("member_id"))
                    .col(text("action"))
                    .col(uuid_null("subject_id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "audit_subject", "audit", &["subject_id"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("drafts")
                    .col(text("owner"))
                    .col(text("form"))
                    .col(uuid_null("member_id"))
                    .col(text("content"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("owner").col("form"))
                    .foreign_key(ForeignKey::create().from("drafts", "member_id").to("members", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "drafts_expires", "drafts", &["expires_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("drafts").to_owned()).await?;
        manager.drop_table(Table::drop().table("audit").to_owned()).await
    }
}
