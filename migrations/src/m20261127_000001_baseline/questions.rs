//! Questions to mentors, and the conversations about them.

use crate::schema::{NewTable, choice, id, instant, instant_null, integer, text, text_null, uuid, uuid_null};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("mentor_questions")
            .columns([
                id("id"),
                uuid("asker_id"),
                // The mentor who picked it last. Null while it waits.
                uuid_null("mentor_id"),
                uuid("topic_id"),
                text("text"),
                text("free"),
                choice("state", &["waiting", "picked", "answered", "expired", "withdrawn"]),
                // How often it was picked. A mentor reads the replies since they picked it.
                integer("picks"),
                instant("posted_at"),
                instant("expires_at"),
                instant_null("settled_at"),
                text_null("create_key").unique_key().take(),
            ])
            .references("asker_id", "members")
            .may_reference("mentor_id", "members")
            .references("topic_id", "topics")
            .index(&["asker_id", "state"])
            .index(&["mentor_id", "state"])
            .index(&["topic_id"])
            .index(&["state", "posted_at"])
            .index(&["state", "expires_at"]),
        NewTable::new("mentor_question_replies")
            .columns([
                id("id"),
                uuid("question_id"),
                uuid("author_id"),
                // The number of the pick in which it was written.
                integer("pick"),
                text("text"),
                instant("written_at"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("question_id", "mentor_questions")
            .references("author_id", "members")
            .index(&["question_id", "written_at"])
            .index(&["author_id"]),
    ]
}
