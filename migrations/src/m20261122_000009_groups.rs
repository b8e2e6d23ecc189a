//! Groups: their details, ways to join, co-hosted events, and private feeds.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text("description").default("").take(),
            text("visibility").default("public").take(),
            text("joining").default("open").take(),
            text("goal").default("").take(),
            text("out_of_scope").default("").take(),
            date_null("ends_on"),
            integer("version").default(1).take(),
            timestamp_with_time_zone_null("archived_at"),
        ] {
            manager.alter_table(Table::alter().table("groups").add_column(column).to_owned()).await?;
        }
        wants(manager).await?;
        ways_in(manager).await?;
        together(manager).await?;
        feeds(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["feeds", "event_groups", "group_invitations", "group_requests", "group_wants"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for column in [
            "archived_at",
            "version",
            "ends_on",
            "out_of_scope",
            "goal",
            "joining",
            "visibility",
            "description",
        ] {
            manager.alter_table(Table::alter().table("groups").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

async fn wants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("group_wants")
                .col(uuid("group_id"))
                .col(uuid("discipline_id"))
                .col(integer("wanted"))
                .primary_key(Index::create().col("group_id").col("discipline_id"))
                .foreign_key(ForeignKey::create().from("group_wants", "group_id").to("groups", "id"))
                .foreign_key(
                    ForeignKey::create().from("group_wants", "discipline_id").to("disciplines", "id"),
                )
                .to_owned(),
        )
        .await
}

async fn ways_in(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("group_requests")
                .col(uuid("group_id"))
                .col(uuid("member_id"))
                .col(text("words"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone_null("declined_at"))
                .primary_key(Index::create().col("group_id").col("member_id"))
                .foreign_key(ForeignKey::create().from("group_requests", "group_id").to("groups", "id"))
                .foreign_key(ForeignKey::create().from("group_requests", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "group_requests_member", "group_requests", &["member_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("group_invitations")
                .col(uuid("id").primary_key())
                .col(uuid("group_id"))
                .col(uuid_null("member_id"))
                .col(text_null("address"))
                .col(text_null("address_key"))
                .col(uuid_null("invited_by"))
                .col(timestamp_with_time_zone("invited_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(ForeignKey::create().from("group_invitations", "group_id").to("groups", "id"))
                .foreign_key(ForeignKey::create().from("group_invitations", "member_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("group_invitations", "invited_by").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "group_invitations_group", "group_invitations", &["group_id"]).await?;
    index(manager, "group_invitations_member", "group_invitations", &["member_id"]).await?;
    index(manager, "group_invitations_address", "group_invitations", &["address_key"]).await
}

async fn together(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("event_groups")
                .col(uuid("event_id"))
                .col(uuid("group_id"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone_null("accepted_at"))
                .primary_key(Index::create().col("event_id").col("group_id"))
                .foreign_key(ForeignKey::create().from("event_groups", "event_id").to("events", "id"))
                .foreign_key(ForeignKey::create().from("event_groups", "group_id").to("groups", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "event_groups_group", "event_groups", &["group_id"]).await
}

async fn feeds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("feeds")
                .col(uuid("member_id").primary_key())
                .col(binary("token_hash").unique_key())
                .col(timestamp_with_time_zone("made_at"))
                .foreign_key(ForeignKey::create().from("feeds", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await
}
