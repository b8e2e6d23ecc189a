//! What each entry of the audit log changed. The log itself still holds ids only. These facts are deleted
//! when the account of the member who made the change, or of the member it is about, is erased.

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
                    .table("audit_changes")
                    .col(uuid("audit_id"))
                    .col(text("field"))
                    // Empty if the value is long, or may contain an address or a link.
                    .col(text_null("old_value"))
                    .col(text_null("new_value"))
                    .col(uuid_null("member_id"))
                    // Any record, as in `audit.subject_id`: for example the member whose role changed, or
                    // the group asked to co-host.
                    .col(uuid_null("about_id"))
                    .primary_key(Index::create().col("audit_id").col("field"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("audit_changes", "audit_id")
                            .to("audit", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(ForeignKey::create().from("audit_changes", "member_id").to("members", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "audit_changes_member", "audit_changes", &["member_id"]).await?;
        index(manager, "audit_changes_about", "audit_changes", &["about_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit_changes").to_owned()).await
    }
}
