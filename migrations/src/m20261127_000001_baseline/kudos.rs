//! Kudos.

use crate::schema::{NewTable, id, instant, instant_null, text, uuid, uuid_null};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("kudos")
            .columns([
                id("id"),
                uuid("from_id"),
                uuid("to_id"),
                uuid("value_id"),
                text("text"),
                uuid_null("event_id"),
                instant("given_at"),
                instant_null("hidden_at"),
            ])
            .references("from_id", "members")
            .references("to_id", "members")
            .references("value_id", "kudos_values")
            .references("event_id", "events")
            .index(&["from_id"])
            .index(&["to_id"])
            .index(&["value_id"])
            .index(&["event_id"])
            .index(&["given_at"]),
    ]
}
