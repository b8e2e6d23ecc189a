//! Kudos, their recipients, values and reactions, and the feed that open walls follow.

use sea_orm_migration::prelude::{DbErr, Query, SchemaManager};

use crate::schema::{
    NewTable, big_integer, binary, choice, id, instant, instant_null, integer, text, text_null, uuid,
    uuid_null,
};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("kudos")
            .columns([
                id("id"),
                uuid("from_id"),
                text("text"),
                text("text_key"),
                choice("visibility", &["public", "members", "team", "private"]),
                uuid_null("team_id"),
                uuid_null("event_id"),
                uuid_null("session_id"),
                instant("given_at"),
                instant_null("edited_at"),
                instant_null("retracted_at"),
                instant_null("hidden_at"),
                instant_null("posted_at"),
                text_null("create_key"),
            ])
            .references("from_id", "members")
            .references("team_id", "teams")
            .references("event_id", "events")
            .references("session_id", "agenda_sessions")
            .index(&["from_id", "given_at"])
            .index(&["team_id"])
            .index(&["event_id"])
            .index(&["session_id"])
            .index(&["given_at", "id"])
            .unique(&["create_key"]),
        NewTable::new("kudos_recipients")
            .columns([uuid("kudos_id"), uuid("member_id"), instant_null("hidden_at")])
            .primary_key(&["kudos_id", "member_id"])
            .references("kudos_id", "kudos")
            .references("member_id", "members")
            .index(&["member_id"]),
        NewTable::new("kudos_givers")
            .columns([uuid("kudos_id"), uuid("member_id"), instant("added_at")])
            .primary_key(&["kudos_id", "member_id"])
            .references("kudos_id", "kudos")
            .references("member_id", "members")
            .index(&["member_id", "added_at"]),
        NewTable::new("kudos_cards")
            .columns([uuid("kudos_id").primary_key().take(), text("key"), binary("bytes")])
            .references("kudos_id", "kudos"),
        NewTable::new("kudos_praised_values")
            .columns([uuid("kudos_id"), uuid("value_id")])
            .primary_key(&["kudos_id", "value_id"])
            .references("kudos_id", "kudos")
            .references("value_id", "kudos_values")
            .index(&["value_id"]),
        NewTable::new("kudos_reactions")
            .columns([
                uuid("kudos_id"),
                uuid("member_id"),
                choice("kind", &["applause", "heart", "celebrate", "insight", "strength", "helped_me"]),
                instant("given_at"),
            ])
            .primary_key(&["kudos_id", "member_id", "kind"])
            .references("kudos_id", "kudos")
            .references("member_id", "members")
            .index(&["member_id"]),
        // No foreign key on `kudos_id`: an entry outlives the kudos, so that open walls remove the card.
        NewTable::new("kudos_feed")
            .columns([
                big_integer("seq").primary_key().take(),
                uuid_null("kudos_id"),
                uuid_null("reader_id"),
                choice(
                    "kind",
                    &[
                        "new",
                        "edited",
                        "hidden",
                        "unhidden",
                        "retracted",
                        "erased",
                        "erased_for_members",
                        "reload",
                    ],
                ),
                instant("at"),
            ])
            .references("reader_id", "members")
            .index(&["reader_id"]),
        NewTable::new("kudos_feed_lock").columns([integer("id").primary_key().take()]),
    ]
}

/// Inserts the row that is locked while a number of the feed is given out.
pub(super) async fn insert_lock(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut row = Query::insert();
    row.into_table("kudos_feed_lock").columns(["id"]).values_panic([1.into()]);
    manager.execute(row).await
}
