//! Tables and columns take the names that the pages and the code use.

use sea_orm_migration::prelude::*;

/// Renames only.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Old and new name of a table.
const TABLES: &[(&str, &str)] =
    &[("letters", "emails"), ("mail_preferences", "email_preferences"), ("sessions", "sign_in_sessions")];

/// Table (by its new name), old and new name of a column.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("mailbox", "letter_id", "email_id"),
    ("email_preferences", "topic", "category"),
    ("rsvps", "place", "waitlist_seq"),
    ("rsvps", "seat", "seat_seq"),
    ("rsvps", "extra", "guests_waiting"),
    ("rsvps", "online_too", "online_meanwhile"),
    ("rsvps", "asked_until", "fewer_offer_until"),
    ("rsvps", "asked_seats", "fewer_offer_seats"),
    ("rsvps", "words", "message"),
];

/// Old and new name of an action in the audit log.
const ACTIONS: &[(&str, &str)] =
    &[("letter.cancel", "email.cancel"), ("letter.hold", "email.hold"), ("letter.retry", "email.retry")];

/// Table, column, old and new text of a value that the code knows by name.
const VALUES: &[(&str, &str, &str, &str)] = &[];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for &(old, new) in TABLES {
            let rename = Table::rename().table(Alias::new(old), Alias::new(new)).to_owned();
            manager.rename_table(rename).await?;
        }
        for &(table, old, new) in COLUMNS {
            let rename = Table::alter()
                .table(Alias::new(table))
                .rename_column(Alias::new(old), Alias::new(new))
                .to_owned();
            manager.alter_table(rename).await?;
        }
        let actions = ACTIONS.iter().map(|&(old, new)| ("audit", "action", old, new));
        for (table, column, old, new) in actions.chain(VALUES.iter().copied()) {
            let update = Query::update()
                .table(Alias::new(table))
                .value(Alias::new(column), new)
                .and_where(Expr::col(Alias::new(column)).eq(old))
                .to_owned();
            manager.execute(update).await?;
        }
        Ok(())
    }
}
