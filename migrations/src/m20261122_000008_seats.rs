//! Seats: requests, offers, and attending in the room or online.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

fn of_events() -> Vec<ColumnDef> {
    vec![
        boolean("approval").default(false).to_owned(),
        text("promotion").default("automatic").to_owned(),
        integer_null("hold_minutes").to_owned(),
        integer_null("freeze_minutes").to_owned(),
        integer_null("online_capacity").to_owned(),
        integer("online_going").default(0).to_owned(),
        integer("online_waiting").default(0).to_owned(),
        big_integer("next_seat").default(1).to_owned(),
    ]
}

fn of_rsvps() -> Vec<ColumnDef> {
    vec![
        text("mode").default("on_site").to_owned(),
        integer("extra").default(0).to_owned(),
        boolean("online_too").default(false).to_owned(),
        big_integer("seat").default(0).to_owned(),
        timestamp_with_time_zone_null("holds_until").to_owned(),
        timestamp_with_time_zone_null("asked_until").to_owned(),
        integer("asked_seats").default(0).to_owned(),
        integer("skips").default(0).to_owned(),
        text("words").default("").to_owned(),
        // When time alone changes something about it: an offer or question expires, or hosts are reminded.
        timestamp_with_time_zone_null("due_at").to_owned(),
    ]
}

/// A table and the columns to add to it.
type AddedColumns = (&'static str, fn() -> Vec<ColumnDef>);

const TABLES: [AddedColumns; 2] = [("events", of_events), ("rsvps", of_rsvps)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for (table, columns) in TABLES {
            for column in columns() {
                manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
            }
        }
        let db = manager.get_connection();
        // Until now every event was either in person or online.
        db.execute_unprepared(
            "UPDATE rsvps SET mode = 'online' WHERE event_id IN (SELECT id FROM events WHERE place = '')",
        )
        .await?;
        index(manager, "rsvps_due", "rsvps", &["due_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("rsvps_due").table("rsvps").to_owned()).await?;
        for (table, columns) in TABLES {
            for column in columns() {
                let name = column.get_column_name();
                manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
            }
        }
        Ok(())
    }
}
