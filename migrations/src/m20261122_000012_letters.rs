//! Which emails members get and when: their preferences, digests, reminders, delayed notices of edits,
//! announcements.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        preferences(manager).await?;
        digests(manager).await?;
        events(manager).await?;
        announcements(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            ["announcements", "reschedules", "reminders", "digests", "digest_items", "mail_preferences"]
        {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// The nil id as the group means all groups, because a key cannot contain a null.
async fn preferences(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("mail_preferences")
                .col(uuid("member_id"))
                .col(text("topic"))
                .col(uuid("group_id"))
                .col(text("delivery"))
                .primary_key(Index::create().col("member_id").col("topic").col("group_id"))
                .foreign_key(ForeignKey::create().from("mail_preferences", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await
}

async fn digests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("digest_items")
                .col(uuid("id").primary_key())
                .col(uuid("member_id"))
                .col(text("delivery"))
                .col(text("payload"))
                .col(timestamp_with_time_zone("posted_at"))
                .foreign_key(ForeignKey::create().from("digest_items", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "digest_items_member", "digest_items", &["member_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("digests")
                .col(uuid("member_id").primary_key())
                .col(date("last_day"))
                .foreign_key(ForeignKey::create().from("digests", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("reminders")
                .col(uuid("event_id"))
                .col(text("kind"))
                .col(timestamp_with_time_zone("starts_at"))
                .primary_key(Index::create().col("event_id").col("kind").col("starts_at"))
                .foreign_key(ForeignKey::create().from("reminders", "event_id").to("events", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("reschedules")
                .col(uuid("event_id").primary_key())
                .col(text("history"))
                .col(timestamp_with_time_zone_null("opened_at"))
                .col(timestamp_with_time_zone_null("due_at"))
                .foreign_key(ForeignKey::create().from("reschedules", "event_id").to("events", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "reschedules_due", "reschedules", &["due_at"]).await
}

async fn announcements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("announcements")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(uuid_null("by_id"))
                .col(text("kind"))
                .col(text("subject"))
                .col(text("words"))
                .col(text("segments"))
                .col(text("state"))
                .col(timestamp_with_time_zone("due_at"))
                .col(timestamp_null("due_wall"))
                .col(uuid_null("reached"))
                .col(integer("told"))
                .col(integer("version"))
                .col(text_null("create_key").unique_key())
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(ForeignKey::create().from("announcements", "event_id").to("events", "id"))
                .foreign_key(ForeignKey::create().from("announcements", "by_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "announcements_event", "announcements", &["event_id"]).await?;
    index(manager, "announcements_due", "announcements", &["state", "due_at"]).await?;
    index(manager, "announcements_by", "announcements", &["by_id"]).await
}
