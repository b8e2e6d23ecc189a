//! Groups: their details, their members, and ways to join.

use crate::schema::{
    NewTable, binary, choice, date_null, id, instant, instant_null, integer, text, text_null, unique_text,
    uuid, uuid_null,
};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("groups").columns([
            id("id"),
            unique_text("slug"),
            text("name"),
            choice("kind", &["chapter", "working_group", "virtual_team"]),
            text("purpose"),
            text("description").default("").take(),
            choice("visibility", &["public", "private"]).default("public").take(),
            choice("joining", &["open", "request", "invitation"]).default("open").take(),
            text("goal").default("").take(),
            text("out_of_scope").default("").take(),
            date_null("ends_on"),
            // The name of the picture in `group_covers`, which changes together with it.
            text_null("cover_name"),
            text("cover_alternative").default("").take(),
            integer("version").default(1).take(),
            instant("created_at"),
            instant_null("archived_at"),
            text_null("create_key").unique_key().take(),
        ]),
        // The covers that organisers uploaded, in both sizes as JPEG. Lists read the name in `groups` only.
        NewTable::new("group_covers")
            .columns([uuid("group_id").primary_key().take(), binary("small"), binary("large")])
            .references("group_id", "groups"),
        NewTable::new("group_members")
            .columns([
                uuid("group_id"),
                uuid("member_id"),
                choice("role", &["organiser", "co_organiser", "member"]),
                instant("joined_at"),
            ])
            .primary_key(&["group_id", "member_id"])
            .references("group_id", "groups")
            .references("member_id", "members")
            .index(&["member_id"]),
        // How many people of a discipline a virtual team is looking for.
        NewTable::new("group_wants")
            .columns([uuid("group_id"), uuid("discipline_id"), integer("wanted")])
            .primary_key(&["group_id", "discipline_id"])
            .references("group_id", "groups")
            .references("discipline_id", "disciplines")
            .index(&["discipline_id"]),
        NewTable::new("group_requests")
            .columns([
                uuid("group_id"),
                uuid("member_id"),
                text("message"),
                instant("requested_at"),
                instant_null("declined_at"),
            ])
            .primary_key(&["group_id", "member_id"])
            .references("group_id", "groups")
            .references("member_id", "members")
            .index(&["member_id"]),
        // To a member, or to an address.
        NewTable::new("group_invitations")
            .columns([
                id("id"),
                uuid("group_id"),
                uuid_null("member_id"),
                text_null("address"),
                text_null("address_key"),
                uuid_null("invited_by"),
                instant("invited_at"),
                instant("expires_at"),
                text_null("link_hash"),
            ])
            .references("group_id", "groups")
            .references("member_id", "members")
            .references("invited_by", "members")
            .index(&["group_id"])
            .index(&["member_id"])
            .index(&["invited_by"])
            .index(&["address_key"])
            .index(&["link_hash"]),
    ]
}
