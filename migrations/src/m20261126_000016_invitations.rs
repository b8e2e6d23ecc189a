//! Requests for an invitation, invitation links that sign in, limits for each address, and RSVP emails that
//! can be replaced before they are sent.

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
        // The RSVP of an email that confirms what its recipient did with it.
        column("letters", uuid_null("rsvp_id").to_owned()).await?;
        index(manager, "letters_rsvp", "letters", &["rsvp_id"]).await?;
        column("settings", boolean("organisers_invite").default(false).to_owned()).await?;
        column("invitations", text_null("link_hash").to_owned()).await?;
        index(manager, "invitations_link", "invitations", &["link_hash"]).await?;
        column("group_invitations", text_null("link_hash").to_owned()).await?;
        index(manager, "group_invitations_link", "group_invitations", &["link_hash"]).await?;
        recipients(manager).await?;
        requests(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["invitation_requests", "invitation_recipients"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for (name, table) in [
            ("letters_rsvp", "letters"),
            ("invitations_link", "invitations"),
            ("group_invitations_link", "group_invitations"),
        ] {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        for (table, column) in [
            ("letters", "rsvp_id"),
            ("settings", "organisers_invite"),
            ("invitations", "link_hash"),
            ("group_invitations", "link_hash"),
        ] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// The number of invitation emails to an address, and whether its owner opted out. Only a hash of the
/// address is stored.
async fn recipients(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitation_recipients")
                .col(text("hash").primary_key())
                .col(integer("sent"))
                .col(timestamp_with_time_zone("since"))
                .col(timestamp_with_time_zone_null("opted_out_at"))
                .to_owned(),
        )
        .await
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitation_requests")
                .col(uuid("id").primary_key())
                .col(text("address"))
                .col(text("address_key").unique_key())
                .col(text("name"))
                .col(text("reason"))
                .col(text("state"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(uuid_null("decided_by_id"))
                .foreign_key(
                    ForeignKey::create().from("invitation_requests", "decided_by_id").to("members", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "invitation_requests_state", "invitation_requests", &["state", "asked_at"]).await?;
    index(manager, "invitation_requests_asked", "invitation_requests", &["asked_at"]).await
}
