//! Addresses that members confirm with a code, and the number of recent emails with a code to each address.

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
                    .table("address_proofs")
                    .col(uuid("id").primary_key())
                    .col(uuid("member_id").unique_key())
                    .col(text("address"))
                    .col(text("address_key"))
                    .col(binary("code_hash"))
                    .col(integer("attempts"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(ForeignKey::create().from("address_proofs", "member_id").to("members", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "address_proofs_expires", "address_proofs", &["expires_at"]).await?;
        manager
            .create_table(
                Table::create()
                    .table("code_emails")
                    .col(uuid("id").primary_key())
                    .col(text("address_key"))
                    .col(binary("asker_hash"))
                    .col(boolean("known"))
                    .col(timestamp_with_time_zone("sent_at"))
                    .to_owned(),
            )
            .await?;
        index(manager, "code_emails_address", "code_emails", &["address_key", "sent_at"]).await?;
        index(manager, "code_emails_sent", "code_emails", &["sent_at"]).await?;
        index(manager, "sign_ins_expires", "sign_ins", &["expires_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("sign_ins_expires").table("sign_ins").to_owned()).await?;
        for table in ["code_emails", "address_proofs"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
