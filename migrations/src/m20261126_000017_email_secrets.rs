//! Columns of an email for whether it holds a secret, and whether the mail server refused it permanently.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in ["secret", "undeliverable"] {
            let table = Table::alter().table("letters").add_column(boolean(column).default(false)).to_owned();
            manager.alter_table(table).await?;
        }
        let db = manager.get_connection();
        db.execute_unprepared("UPDATE letters SET secret = TRUE WHERE kind IN ('sign_in', 'prove_address')")
            .await?;
        let refused = "state = 'failed' AND cause LIKE 'the mail server refused%'";
        db.execute_unprepared(&format!("UPDATE letters SET undeliverable = TRUE WHERE {refused}")).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["undeliverable", "secret"] {
            manager.alter_table(Table::alter().table("letters").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
