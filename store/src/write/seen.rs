//! Finds out which verbs change what visitors can see, from the statements that they run.

use std::cell::Cell;

/// Tables that no page for visitors reads. Every other table counts as seen, and so does a table that is added
/// later. No row of a seen table may disappear by a cascade from one of these.
pub const UNSEEN_TABLES: &[&str] = &[
    "access_tokens",
    "address_proofs",
    "audit",
    "audit_changes",
    "code_emails",
    "comment_follows",
    "comment_news",
    "digest_items",
    "digests",
    "drafts",
    "email_preferences",
    "emails",
    "feeds",
    "identities",
    "jobs",
    "kudos_feed_lock",
    "mailbox",
    "muted_notifications",
    "notifications",
    "provider_sign_ins",
    "reminders",
    "saved_sessions",
    "session_removals",
    "search_trigrams",
    "search_words",
    "sign_in_sessions",
    "sign_ins",
    "suppressions",
    "write_probe",
];

tokio::task_local! {
    /// Whether the verb that runs in this task has changed a table that visitors can see.
    static CHANGED: Cell<bool>;
}

/// Runs a verb, and tells whether one of its statements changed what visitors can see.
pub(super) async fn watch<T>(verb: impl Future<Output = T>) -> (T, bool) {
    CHANGED
        .scope(Cell::new(false), async {
            let outcome = verb.await;
            (outcome, CHANGED.with(Cell::get))
        })
        .await
}

/// Notes a statement of the verb that runs in this task. Outside verbs it does nothing.
pub(crate) fn note(sql: &str) {
    let _ = CHANGED.try_with(|changed| {
        if !changed.get() && changes_seen(sql) {
            changed.set(true);
        }
    });
}

/// Whether a statement changes a table that visitors can see. It says yes if it does not understand the statement.
fn changes_seen(sql: &str) -> bool {
    let mut words = sql.split(|c: char| c.is_whitespace() || c == '(').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let table = match first.to_ascii_uppercase().as_str() {
        "SELECT" | "SET" | "PRAGMA" => return false,
        "INSERT" | "DELETE" => words.nth(1),
        "UPDATE" => words.next(),
        _ => None,
    };
    table.is_none_or(|table| !UNSEEN_TABLES.contains(&table.trim_matches('"')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::TABLES;

    #[test]
    fn unseen_tables_exist() {
        for table in UNSEEN_TABLES {
            assert!(TABLES.contains(table), "{table}");
        }
    }

    #[test]
    fn a_statement_is_understood_or_counts_as_a_change() {
        for sql in [
            r#"INSERT INTO "events" ("id") VALUES (?)"#,
            r#"UPDATE "events" SET "going" = 1"#,
            r#"DELETE FROM "rsvps" WHERE "id" = $1"#,
            "update events set going = 1",
            "INSERT INTO events(id) VALUES (1)",
            "INSERT OR IGNORE INTO jobs VALUES (1)",
            "WITH due AS (SELECT 1) UPDATE emails SET state = 'sent'",
            "TRUNCATE events",
            "",
        ] {
            assert!(changes_seen(sql), "{sql}");
        }
        for sql in [
            r#"SELECT "id" FROM "events" FOR UPDATE"#,
            r#"INSERT INTO "jobs" ("id") VALUES (?)"#,
            r#"UPDATE "sign_in_sessions" SET "seen_at" = $1"#,
            "DELETE FROM emails WHERE id = 1",
            "SET LOCAL lock_timeout = '2s'",
        ] {
            assert!(!changes_seen(sql), "{sql}");
        }
    }
}
