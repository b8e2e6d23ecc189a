//! The outbox, the built-in mailbox, and members' choices of emails.

use crate::schema::{
    NewTable, binary, boolean, choice, date, id, instant, instant_null, integer, text, uuid, uuid_null,
};

const STATES: &[&str] = &["pending", "sending", "sent", "failed", "unknown", "expired", "held", "cancelled"];
const DELIVERIES: &[&str] = &["now", "daily", "weekly", "off"];

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("emails")
            .columns([
                id("id"),
                uuid_null("member_id"),
                // The kinds of emails and their categories are not checked: each feature adds some, and SQLite
                // can only change a check by copying the table. An unknown kind fails when the email is read.
                text("kind"),
                text("address"),
                text("name"),
                text("zone"),
                text("locale"),
                text("payload"),
                choice("state", STATES),
                integer("attempts"),
                integer("unknowns"),
                text("cause"),
                instant("posted_at"),
                instant("due_at"),
                instant_null("expires_at"),
                instant_null("settled_at"),
                // The RSVP of an email that confirms what its recipient did with it.
                uuid_null("rsvp_id"),
                boolean("secret").default(false).take(),
                // Whether the mail server refused it for good.
                boolean("undeliverable").default(false).take(),
                integer("priority").default(1).take(),
            ])
            .references("member_id", "members")
            .may_reference("rsvp_id", "rsvps")
            .index(&["member_id"])
            .index(&["rsvp_id"])
            .index(&["state", "due_at"])
            .index(&["state", "priority", "due_at", "id"])
            .index(&["state", "posted_at"])
            .index(&["settled_at"])
            .index(&["kind", "id"]),
        // Stands for the recipients' mailboxes where there is no mail server.
        NewTable::new("mailbox")
            .columns([
                id("id"),
                // Not a foreign key: a mailbox keeps what was sent after the outbox has deleted it.
                uuid("email_id").unique_key().take(),
                text("address"),
                text("subject"),
                instant("at"),
                binary("raw"),
            ])
            .index(&["at"]),
        NewTable::new("email_preferences")
            .columns([
                id("id"),
                uuid("member_id"),
                text("category"),
                // Null for all groups.
                uuid_null("group_id"),
                choice("delivery", DELIVERIES),
            ])
            .references("member_id", "members")
            .belongs_to("group_id", "groups")
            .unique(&["member_id", "category", "group_id"])
            .unique_without("group_id", &["member_id", "category"])
            .index(&["group_id"]),
        NewTable::new("digest_items")
            .columns([
                id("id"),
                uuid("member_id"),
                choice("delivery", DELIVERIES),
                text("payload"),
                instant("posted_at"),
                instant_null("due_at"),
            ])
            .references("member_id", "members")
            .index(&["member_id"])
            .index(&["due_at", "member_id"]),
        NewTable::new("notifications")
            .columns([
                id("id"),
                uuid("member_id"),
                text("kind"),
                text("link"),
                instant("created_at"),
                instant_null("read_at"),
                // Whether the member turned its category off. Such a row is only counted, for limits.
                boolean("muted").default(false).take(),
            ])
            .references("member_id", "members")
            .index(&["member_id", "read_at"])
            .index(&["member_id", "created_at", "id"])
            .index(&["created_at"]),
        // The categories of which a member wants no notifications.
        NewTable::new("muted_notifications")
            .columns([uuid("member_id"), text("category")])
            .primary_key(&["member_id", "category"])
            .references("member_id", "members"),
        NewTable::new("digests")
            .columns([uuid("member_id").primary_key().take(), date("last_day")])
            .references("member_id", "members"),
    ]
}
