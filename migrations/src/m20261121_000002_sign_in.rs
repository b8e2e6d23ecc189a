//! Sign-in sessions, started sign-ins, and accounts at sign-in providers.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sessions")
                    .col(uuid("id").primary_key())
                    .col(uuid("member_id"))
                    .col(binary("token_hash").unique_key())
                    .col(text("device"))
                    .col(timestamp_with_time_zone("started_at"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(ForeignKey::create().from("sessions", "member_id").to("members", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "sessions_member", "sessions", &["member_id"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("identities")
                    .col(uuid("id").primary_key())
                    .col(uuid("member_id"))
                    .col(text("issuer"))
                    .col(text("subject"))
                    .col(text("label"))
                    .col(timestamp_with_time_zone("connected_at"))
                    .foreign_key(ForeignKey::create().from("identities", "member_id").to("members", "id"))
                    .index(
                        Index::create()
                            .unique()
                            .name("identities_issuer_subject")
                            .col("issuer")
                            .col("subject"),
                    )
                    .to_owned(),
            )
            .await?;
        index(manager, "identities_member", "identities", &["member_id"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("sign_ins")
                    .col(uuid("id").primary_key())
                    .col(text("address"))
                    .col(text("address_key"))
                    .col(binary("browser_hash"))
                    .col(binary("link_hash").unique_key())
                    .col(binary("code_hash"))
                    .col(integer("attempts"))
                    .col(text("next"))
                    .col(text("zone"))
                    .col(text("locale"))
                    .col(timestamp_with_time_zone("asked_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone_null("used_at"))
                    .to_owned(),
            )
            .await?;
        index(manager, "sign_ins_browser", "sign_ins", &["browser_hash"]).await?;
        index(manager, "sign_ins_address", "sign_ins", &["address_key", "asked_at"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("provider_sign_ins")
                    .col(uuid("id").primary_key())
                    .col(binary("browser_hash"))
                    .col(binary("state_hash").unique_key())
                    .col(text("provider"))
                    .col(text("nonce"))
                    .col(text("verifier"))
                    .col(text("next"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["provider_sign_ins", "sign_ins", "identities", "sessions"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// An index on columns of a table.
pub(crate) async fn index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}
