//! Facts about the installation that the database stores, in one row.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("installation")
                    .col(integer("id").primary_key())
                    // Of the secret that signs links in emails, so that a changed secret is noticed.
                    .col(text("secret_fingerprint"))
                    .col(timestamp_with_time_zone("accepted_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("installation").to_owned()).await
    }
}
