//! Personal access tokens.

use crate::schema::{NewTable, choice, id, instant, instant_null, text, unique_binary, uuid};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("access_tokens")
            .columns([
                id("id"),
                uuid("member_id"),
                text("name"),
                // What it allows.
                choice("scope", &["give_kudos"]),
                // The token itself is shown once and not stored.
                unique_binary("token_hash"),
                instant("created_at"),
                instant("expires_at"),
                instant_null("last_used_at"),
                // The row stays, so that sending the old form again cannot bring the token back.
                instant_null("revoked_at"),
            ])
            .references("member_id", "members")
            .index(&["member_id"]),
    ]
}
