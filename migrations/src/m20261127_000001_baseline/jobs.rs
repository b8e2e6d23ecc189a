//! Background jobs.

use crate::schema::{
    NewTable, boolean, choice, id, instant, instant_null, integer, integer_null, text, uuid_null,
};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("jobs")
            .columns([
                id("id"),
                text("kind"),
                text("key"),
                // The record that the job is about. No foreign key, because it may be in any table.
                uuid_null("subject_id"),
                text("payload"),
                choice("state", &["pending", "running", "failed", "done", "cancelled"]),
                // When it runs next, and while it runs, when its lease ends. Null when it is finished.
                instant_null("due_at"),
                integer("attempts"),
                integer("claims"),
                boolean("run_again"),
                integer_null("progress"),
                integer_null("total"),
                text("last_error"),
                instant("created_at"),
                instant_null("started_at"),
                instant_null("finished_at"),
            ])
            .unique_without("finished_at", &["kind", "key"])
            .index(&["due_at"])
            .index(&["state", "created_at"])
            .index(&["kind", "subject_id"])
            .index(&["finished_at"]),
    ]
}
