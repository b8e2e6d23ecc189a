//! What members write to people whose address they do not know.

use crate::schema::{NewTable, id, instant, instant_null, text, text_null, uuid};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("hellos")
            .columns([
                id("id"),
                uuid("from_id"),
                uuid("to_id"),
                text("text"),
                instant("created_at"),
                instant_null("answered_at"),
                text_null("create_key").unique_key().take(),
            ])
            .references("from_id", "members")
            .references("to_id", "members")
            .index(&["from_id", "created_at"])
            .index(&["to_id"])
            .index(&["created_at"]),
    ]
}
