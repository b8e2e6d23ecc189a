//! Events and RSVPs.

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
                    .table("events")
                    .col(uuid("id").primary_key())
                    .col(text("slug").unique_key())
                    .col(text("title"))
                    .col(text("kind"))
                    .col(text("summary"))
                    .col(text("description"))
                    .col(text("place"))
                    .col(text_null("join_url"))
                    .col(timestamp("starts_wall"))
                    .col(text("zone"))
                    .col(integer("minutes"))
                    .col(timestamp_with_time_zone("starts_at"))
                    .col(timestamp_with_time_zone("ends_at"))
                    .col(integer_null("capacity"))
                    .col(integer("guests_most"))
                    .col(timestamp_null("opens_wall"))
                    .col(timestamp_null("closes_wall"))
                    .col(text("status"))
                    .col(text("cancel_reason"))
                    .col(uuid_null("host_id"))
                    .col(integer("going"))
                    .col(integer("waiting"))
                    .col(big_integer("next_place"))
                    .col(integer("version"))
                    .col(text_null("create_key").unique_key())
                    .col(text_null("import_key").unique_key())
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(ForeignKey::create().from("events", "host_id").to("members", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "events_starts", "events", &["starts_at"]).await?;
        index(manager, "events_ends", "events", &["ends_at"]).await?;
        index(manager, "events_host", "events", &["host_id"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("rsvps")
                    .col(uuid("id").primary_key())
                    .col(uuid("event_id"))
                    .col(uuid("member_id"))
                    .col(text("state"))
                    .col(integer("guests"))
                    .col(big_integer("place"))
                    .col(integer("sequence"))
                    .col(timestamp_with_time_zone("answered_at"))
                    .foreign_key(ForeignKey::create().from("rsvps", "event_id").to("events", "id"))
                    .foreign_key(ForeignKey::create().from("rsvps", "member_id").to("members", "id"))
                    .index(
                        Index::create().unique().name("rsvps_event_member").col("event_id").col("member_id"),
                    )
                    .to_owned(),
            )
            .await?;
        index(manager, "rsvps_waitlist", "rsvps", &["event_id", "state", "place"]).await?;
        index(manager, "rsvps_member", "rsvps", &["member_id", "state"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("rsvps").to_owned()).await?;
        manager.drop_table(Table::drop().table("events").to_owned()).await
    }
}
