//! Signing in, proving an address, and invitations to the community.

use crate::schema::{
    NewTable, binary, boolean, choice, id, instant, instant_null, integer, text, text_null, unique_binary,
    unique_text, uuid, uuid_null,
};

pub(super) fn tables() -> Vec<NewTable> {
    let mut tables = sign_ins();
    tables.extend(invitations());
    tables
}

fn sign_ins() -> Vec<NewTable> {
    vec![
        NewTable::new("sign_in_sessions")
            .columns([
                id("id"),
                uuid("member_id"),
                unique_binary("token_hash"),
                text("device"),
                instant("started_at"),
                instant("seen_at"),
                instant("expires_at"),
            ])
            .references("member_id", "members")
            .index(&["member_id"])
            .index(&["expires_at"]),
        // Accounts at identity providers.
        NewTable::new("identities")
            .columns([
                id("id"),
                uuid("member_id"),
                text("issuer"),
                text("subject"),
                text("label"),
                instant("connected_at"),
            ])
            .references("member_id", "members")
            .unique(&["issuer", "subject"])
            .index(&["member_id"]),
        NewTable::new("sign_ins")
            .columns([
                id("id"),
                text("address"),
                text("address_key"),
                binary("browser_hash"),
                unique_binary("link_hash"),
                binary("code_hash"),
                integer("attempts"),
                text("next"),
                text("zone"),
                text("locale"),
                instant("requested_at"),
                instant("expires_at"),
                instant_null("used_at"),
            ])
            .index(&["browser_hash"])
            .index(&["address_key", "requested_at"])
            .index(&["expires_at"]),
        NewTable::new("provider_sign_ins")
            .columns([
                id("id"),
                binary("browser_hash"),
                unique_binary("state_hash"),
                text("provider"),
                text("nonce"),
                text("verifier"),
                text("next"),
                instant("expires_at"),
            ])
            .index(&["expires_at"]),
        NewTable::new("address_proofs")
            .columns([
                id("id"),
                uuid("member_id").unique_key().take(),
                text("address"),
                text("address_key"),
                binary("code_hash"),
                integer("attempts"),
                instant("expires_at"),
            ])
            .references("member_id", "members")
            .index(&["expires_at"]),
        // Emails with a code within the last day, which are limited for each address.
        NewTable::new("code_emails")
            .columns([
                id("id"),
                text("address_key"),
                binary("asker_hash"),
                boolean("known"),
                instant("sent_at"),
            ])
            .index(&["address_key", "sent_at"])
            .index(&["sent_at"]),
    ]
}

fn invitations() -> Vec<NewTable> {
    vec![
        NewTable::new("invitations")
            .columns([
                id("id"),
                text("address"),
                unique_text("address_key"),
                text("note"),
                uuid_null("by_id"),
                instant("invited_at"),
                instant("sent_at"),
                integer("sent"),
                instant("expires_at"),
                instant_null("revoked_at"),
                instant_null("claimed_at"),
                uuid_null("claimed_id"),
                text_null("link_hash"),
            ])
            .references("by_id", "members")
            .references("claimed_id", "members")
            .index(&["by_id"])
            .index(&["claimed_id"])
            .index(&["invited_at"])
            .index(&["link_hash"]),
        // How many invitations an address got, and whether its owner opted out. The address is hashed.
        NewTable::new("invitation_recipients").columns([
            text("hash").primary_key().take(),
            integer("sent"),
            instant("since"),
            instant_null("opted_out_at"),
        ]),
        NewTable::new("invitation_requests")
            .columns([
                id("id"),
                text("address"),
                unique_text("address_key"),
                text("name"),
                text("reason"),
                choice("state", &["open", "approved", "declined"]),
                instant("requested_at"),
                instant_null("decided_at"),
                uuid_null("decided_by_id"),
            ])
            .references("decided_by_id", "members")
            .index(&["state", "requested_at"])
            .index(&["requested_at"])
            .index(&["decided_by_id"]),
    ]
}
