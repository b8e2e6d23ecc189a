//! Administration and data protection: invitations, suspensions, bouncing addresses, deletions, blocks,
//! reports.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The lists that administrators edit. Members who use a removed entry keep it.
const LISTS: [&str; 4] = ["disciplines", "kudos_values", "stages", "topics"];

/// The tables of this migration, in an order in which they can be created.
const TABLES: [&str; 6] = ["invitations", "suspensions", "suppressions", "deletions", "blocks", "reports"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        settings(manager).await?;
        for list in LISTS {
            if manager.has_table(list).await? {
                let column = timestamp_with_time_zone_null("retired_at");
                manager.alter_table(Table::alter().table(list).add_column(column).to_owned()).await?;
            }
        }
        let hidden = timestamp_with_time_zone_null("hidden_at");
        manager.alter_table(Table::alter().table("kudos").add_column(hidden).to_owned()).await?;
        index(manager, "audit_at", "audit", &["at"]).await?;
        index(manager, "audit_member", "audit", &["member_id", "at"]).await?;
        index(manager, "letters_settled", "letters", &["state", "posted_at"]).await?;
        invitations(manager).await?;
        about_members(manager).await?;
        reports(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            manager.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        for (name, table) in
            [("letters_settled", "letters"), ("audit_member", "audit"), ("audit_at", "audit")]
        {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("kudos").drop_column("hidden_at").to_owned()).await?;
        for list in LISTS {
            if manager.has_column(list, "retired_at").await? {
                manager.alter_table(Table::alter().table(list).drop_column("retired_at").to_owned()).await?;
            }
        }
        for column in ["tagline", "about", "version"] {
            manager.alter_table(Table::alter().table("settings").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Adds one column at a time, because SQLite cannot add several.
async fn settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        text("tagline").default("").to_owned(),
        text("about").default("").to_owned(),
        integer("version").default(1).to_owned(),
    ] {
        manager.alter_table(Table::alter().table("settings").add_column(column).to_owned()).await?;
    }
    Ok(())
}

async fn invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitations")
                .col(uuid("id").primary_key())
                .col(text("address"))
                .col(text("address_key").unique_key())
                .col(text("note"))
                .col(uuid_null("by_id"))
                .col(timestamp_with_time_zone("invited_at"))
                .col(timestamp_with_time_zone("sent_at"))
                .col(integer("sent"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .col(timestamp_with_time_zone_null("claimed_at"))
                .col(uuid_null("claimed_id"))
                .foreign_key(ForeignKey::create().from("invitations", "by_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("invitations", "claimed_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "invitations_invited", "invitations", &["invited_at"]).await
}

async fn about_members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("suspensions")
                .col(uuid("member_id").primary_key())
                .col(text("role_before"))
                .col(text("reason"))
                .col(uuid_null("by_id"))
                .col(timestamp_with_time_zone("since"))
                .foreign_key(ForeignKey::create().from("suspensions", "member_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("suspensions", "by_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("suppressions")
                .col(text("address_key").primary_key())
                .col(text("cause"))
                .col(timestamp_with_time_zone("since"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("deletions")
                .col(uuid("member_id").primary_key())
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone("due_at"))
                .foreign_key(ForeignKey::create().from("deletions", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "deletions_due", "deletions", &["due_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("blocks")
                .col(uuid("by_id"))
                .col(uuid("blocked_id"))
                .col(timestamp_with_time_zone("since"))
                .primary_key(Index::create().col("by_id").col("blocked_id"))
                .foreign_key(ForeignKey::create().from("blocks", "by_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("blocks", "blocked_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "blocks_blocked", "blocks", &["blocked_id"]).await
}

async fn reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("reports")
                .col(uuid("id").primary_key())
                .col(text("kind"))
                .col(uuid("record_id"))
                .col(text("words"))
                .col(uuid_null("reporter_id"))
                .col(uuid_null("about_id"))
                .col(text("state"))
                .col(timestamp_with_time_zone("reported_at"))
                .col(text("decision"))
                .col(text("reason"))
                .col(uuid_null("decided_by_id"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text("appeal"))
                .col(uuid_null("appealed_by_id"))
                .col(timestamp_with_time_zone_null("appealed_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .foreign_key(ForeignKey::create().from("reports", "reporter_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("reports", "about_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("reports", "decided_by_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("reports", "appealed_by_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "reports_state", "reports", &["state", "reported_at"]).await?;
    index(manager, "reports_reporter", "reports", &["reporter_id"]).await?;
    index(manager, "reports_about", "reports", &["about_id"]).await
}
