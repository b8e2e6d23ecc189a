//! The audit log, drafts of forms, and what protects members from each other.

use super::members::ROLES;
use crate::schema::{NewTable, choice, id, instant, instant_null, text, text_null, uuid, uuid_null};

pub(super) fn tables() -> Vec<NewTable> {
    let mut tables = log();
    tables.extend(about_members());
    tables.push(reports());
    tables
}

fn log() -> Vec<NewTable> {
    vec![
        NewTable::new("audit")
            .columns([
                id("id"),
                instant("at"),
                // Not a foreign key: the log stays complete when the member's account is deleted.
                uuid_null("member_id"),
                text("action"),
                // Any record, so not a foreign key.
                uuid_null("subject_id"),
            ])
            .index(&["at"])
            .index(&["member_id", "at"])
            .index(&["subject_id"]),
        // What an entry of the log changed. Erased with the member who made the change or whom it concerns.
        NewTable::new("audit_changes")
            .columns([
                uuid("audit_id"),
                text("field"),
                // Empty if the value is long, or may contain an address or a link.
                text_null("old_value"),
                text_null("new_value"),
                uuid_null("member_id"),
                // Any record, as in `audit.subject_id`: for example the member whose role changed.
                uuid_null("about_id"),
            ])
            .primary_key(&["audit_id", "field"])
            .belongs_to("audit_id", "audit")
            .references("member_id", "members")
            .index(&["member_id"])
            .index(&["about_id"]),
        NewTable::new("drafts")
            .columns([
                text("owner"),
                text("form"),
                uuid_null("member_id"),
                text("content"),
                instant("expires_at"),
            ])
            .primary_key(&["owner", "form"])
            .references("member_id", "members")
            .index(&["member_id"])
            .index(&["expires_at"]),
    ]
}

fn about_members() -> Vec<NewTable> {
    vec![
        NewTable::new("suspensions")
            .columns([
                uuid("member_id").primary_key().take(),
                choice("role_before", ROLES),
                text("reason"),
                uuid_null("by_id"),
                instant("since"),
            ])
            .references("member_id", "members")
            .references("by_id", "members")
            .index(&["by_id"]),
        // Addresses that emails bounced from.
        NewTable::new("suppressions").columns([
            text("address_key").primary_key().take(),
            text("cause"),
            instant("since"),
        ]),
        NewTable::new("deletions")
            .columns([uuid("member_id").primary_key().take(), instant("requested_at"), instant("due_at")])
            .references("member_id", "members")
            .index(&["due_at"]),
        NewTable::new("blocks")
            .columns([uuid("by_id"), uuid("blocked_id"), instant("since")])
            .primary_key(&["by_id", "blocked_id"])
            .references("by_id", "members")
            .references("blocked_id", "members")
            .index(&["blocked_id"]),
    ]
}

fn reports() -> NewTable {
    NewTable::new("reports")
        .columns([
            id("id"),
            choice("kind", &["member", "event", "group", "kudos", "comment", "demand", "question"]),
            // A record of the table that `kind` names, so not a foreign key.
            uuid("record_id"),
            text("message"),
            uuid_null("reporter_id"),
            uuid_null("about_id"),
            choice("state", &["open", "decided", "appealed", "closed"]),
            instant("reported_at"),
            // Empty until an administrator decides.
            choice("decision", &["", "nothing", "warning", "hidden"]),
            text("reason"),
            uuid_null("decided_by_id"),
            instant_null("decided_at"),
            text("appeal"),
            uuid_null("appealed_by_id"),
            instant_null("appealed_at"),
            instant_null("closed_at"),
        ])
        .references("reporter_id", "members")
        .references("about_id", "members")
        .references("decided_by_id", "members")
        .references("appealed_by_id", "members")
        .index(&["state", "reported_at"])
        .index(&["reporter_id"])
        .index(&["about_id"])
        .index(&["decided_by_id"])
        .index(&["appealed_by_id"])
}
