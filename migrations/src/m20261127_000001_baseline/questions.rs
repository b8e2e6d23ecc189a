//! Questions to mentors with the conversations about them, and group circles.

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
            .index(&["author_id", "written_at"]),
        NewTable::new("mentor_circles")
            .columns([
                id("id"),
                uuid("mentor_id"),
                uuid("topic_id"),
                text("title"),
                text("about"),
                text("dates"),
                // Where it meets. Only its people read it.
                text("place"),
                integer("places"),
                choice("state", &["open", "closed"]),
                instant("opened_at"),
                text_null("create_key").unique_key().take(),
            ])
            .references("mentor_id", "members")
            .references("topic_id", "topics")
            .index(&["mentor_id", "state"])
            .index(&["topic_id"])
            .index(&["state", "opened_at"]),
        NewTable::new("mentor_circle_members")
            .columns([uuid("circle_id"), uuid("member_id"), instant("joined_at")])
            .primary_key(&["circle_id", "member_id"])
            .belongs_to("circle_id", "mentor_circles")
            .references("member_id", "members")
            .index(&["member_id"]),
    ]
}
