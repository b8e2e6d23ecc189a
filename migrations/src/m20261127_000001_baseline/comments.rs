//! Comments below records of other features.

use crate::schema::{NewTable, choice, id, instant, instant_null, integer, text, text_null, uuid, uuid_null};

/// The kinds of records that have comments.
const TARGETS: &[&str] = &["kudos", "event", "group"];
const REASONS: &[&str] = &["mention", "reply", "own", "watch"];

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
                // When an organiser pinned it. One comment below a record is pinned.
                instant_null("pinned_at"),
                // When an organiser removed it, and why.
                instant_null("removed_at"),
                uuid_null("removed_by_id"),
                text_null("removed_reason"),
                // How many of the members whom it mentions get an email.
                integer("mention_emails"),
                text_null("create_key"),
            ])
            .references("parent_id", "comments")
            .references("author_id", "members")
            .references("removed_by_id", "members")
            .index(&["removed_by_id"])
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
        // What members want to hear of a conversation. No foreign key on `target_id`, for the same reason.
        NewTable::new("comment_follows")
            .columns([
                uuid("member_id"),
                choice("kind", TARGETS),
                uuid("target_id"),
                choice("follow", &["watch", "mute"]),
            ])
            .primary_key(&["member_id", "kind", "target_id"])
            .references("member_id", "members")
            .index(&["kind", "target_id", "follow", "member_id"]),
        // Comments that wait for the next email about their conversation.
        NewTable::new("comment_news")
            .columns([
                id("id"),
                uuid("member_id"),
                choice("kind", TARGETS),
                uuid("target_id"),
                uuid("comment_id"),
                choice("reason", REASONS),
                instant("due_at"),
            ])
            .references("member_id", "members")
            .belongs_to("comment_id", "comments")
            .index(&["member_id", "kind", "target_id"])
            .index(&["due_at", "member_id"])
            .index(&["comment_id"]),
    ]
}
