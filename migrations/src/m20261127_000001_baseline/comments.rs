//! Comments below records of other features.

use crate::schema::{NewTable, choice, id, instant, instant_null, text, text_null, uuid, uuid_null};

/// The kinds of records that have comments.
const TARGETS: &[&str] = &["kudos"];

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        // No foreign key on `target_id`: it is a record of the table that belongs to the kind.
        NewTable::new("comments")
            .columns([
                id("id"),
                choice("kind", TARGETS),
                uuid("target_id"),
                uuid_null("parent_id"),
                uuid_null("author_id"),
                text("text"),
                instant("written_at"),
                instant_null("edited_at"),
                instant_null("deleted_at"),
                instant_null("hidden_at"),
                text_null("create_key"),
            ])
            .references("parent_id", "comments")
            .references("author_id", "members")
            .index(&["kind", "target_id", "written_at"])
            .index(&["parent_id"])
            .index(&["author_id", "written_at"])
            .unique(&["create_key"]),
        // No foreign key on `target_id`, for the same reason.
        NewTable::new("comments_off")
            .columns([choice("kind", TARGETS), uuid("target_id"), uuid_null("by_id"), instant("since")])
            .primary_key(&["kind", "target_id"])
            .references("by_id", "members")
            .index(&["by_id"]),
    ]
}
