//! Learning requests, who wants the same, and who offered to teach it.

use crate::schema::{NewTable, choice, id, instant, instant_null, integer, text, text_null, uuid, uuid_null};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("demands")
            .columns([
                id("id"),
                // Null when the account is gone.
                uuid_null("asker_id"),
                text("title"),
                text("text"),
                uuid_null("group_id"),
                uuid_null("topic_id"),
                choice("place", &["anywhere", "online", "city"]),
                text("city"),
                choice("state", &["open", "scheduled", "withdrawn", "removed"]),
                // How many members want it, the author included. Lists are sorted by it.
                integer("supporters"),
                // The event that was made for it, a draft at first.
                uuid_null("event_id"),
                instant("posted_at"),
                // When its author last changed it after others had wanted it or offered to teach it.
                instant_null("changed_at"),
                // While a report of it waits, and when it was decided that it stays hidden.
                instant_null("hidden_at"),
                text_null("create_key").unique_key().take(),
            ])
            .references("asker_id", "members")
            .references("group_id", "groups")
            .references("topic_id", "topics")
            .may_reference("event_id", "events")
            .index(&["asker_id", "state"])
            .index(&["group_id"])
            .index(&["topic_id"])
            .index(&["event_id"])
            .index(&["state", "supporters", "id"])
            .index(&["state", "id"]),
        NewTable::new("demand_supporters")
            .columns([
                uuid("demand_id"),
                uuid("member_id"),
                instant("since"),
                // When they were emailed that it became an event.
                instant_null("invited_at"),
            ])
            .primary_key(&["demand_id", "member_id"])
            .belongs_to("demand_id", "demands")
            .references("member_id", "members")
            .index(&["member_id"]),
        // At most one speaker offers to teach it at a time.
        NewTable::new("demand_claims")
            .columns([
                uuid("demand_id").primary_key().take(),
                uuid("member_id"),
                text("note"),
                // The group that the speaker asks to host it.
                uuid_null("group_id"),
                instant("claimed_at"),
                // The group that declined last, who declined for it, and why. Null and empty before.
                uuid_null("declined_group_id"),
                uuid_null("declined_by_id"),
                text("declined_note"),
            ])
            .belongs_to("demand_id", "demands")
            .references("member_id", "members")
            .references("group_id", "groups")
            .references("declined_group_id", "groups")
            .references("declined_by_id", "members")
            .index(&["member_id"])
            .index(&["group_id"])
            .index(&["declined_group_id"])
            .index(&["declined_by_id"]),
    ]
}
