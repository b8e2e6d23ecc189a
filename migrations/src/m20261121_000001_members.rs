//! The community and its members.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("settings")
                    .col(integer("id").primary_key())
                    .col(text("community"))
                    .col(text("sign_up"))
                    .col(boolean("demo"))
                    .col(binary_null("setup_hash"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("members")
                    .col(uuid("id").primary_key())
                    .col(text("name"))
                    .col(text_null("address"))
                    .col(text_null("address_key").unique_key())
                    .col(text("role"))
                    .col(text("zone"))
                    .col(text("locale"))
                    .col(text_null("demo_key").unique_key())
                    .col(timestamp_with_time_zone("joined_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("members").to_owned()).await?;
        manager.drop_table(Table::drop().table("settings").to_owned()).await
    }
}
