//! The agenda of an event: rooms, tracks, speakers, sessions, and what they are about.

use crate::schema::{
    NewTable, boolean, choice, date_null, id, instant, instant_null, integer, integer_null, text, uuid,
    uuid_null,
};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        // The header of an imported schedule, as JSON.
        NewTable::new("schedules")
            .columns([uuid("event_id").primary_key().take(), text("content")])
            .references("event_id", "events"),
        // How many people fit in. Null if nobody knows.
        of_event("rooms").columns([text("name"), integer_null("capacity")]).unique(&["event_id", "name"]),
        of_event("tracks").columns([text("name")]).unique(&["event_id", "name"]),
        of_event("speakers")
            .columns([
                text("code"),
                text("name"),
                // When they can be there. Null means always.
                instant_null("available_from"),
                instant_null("available_until"),
            ])
            .unique(&["event_id", "code"]),
        NewTable::new("agenda_sessions")
            .columns([
                id("id"),
                uuid("event_id"),
                text("guid"),
                integer("day_index"),
                // Null with the room and the start, while the session is in the pool without a slot.
                date_null("day_date"),
                integer("position"),
                uuid_null("room_id"),
                uuid_null("track_id"),
                instant_null("starts_at"),
                integer("minutes"),
                text("title"),
                text("content"),
            ])
            .references("event_id", "events")
            .references("room_id", "rooms")
            .references("track_id", "tracks")
            .unique(&["event_id", "guid"])
            .index(&["room_id"])
            .index(&["track_id"]),
        NewTable::new("session_speakers")
            .columns([uuid("session_id"), uuid("speaker_id"), integer("position")])
            .primary_key(&["session_id", "speaker_id"])
            .belongs_to("session_id", "agenda_sessions")
            .references("speaker_id", "speakers")
            .index(&["speaker_id"]),
        // The member that a speaker is, and whether they say so too.
        NewTable::new("speaker_links")
            .columns([
                uuid("speaker_id"),
                uuid("member_id"),
                choice("state", &["proposed", "confirmed", "removed"]),
                uuid_null("proposed_by_id"),
                instant("proposed_at"),
            ])
            .primary_key(&["speaker_id", "member_id"])
            .belongs_to("speaker_id", "speakers")
            .references("member_id", "members")
            .may_reference("proposed_by_id", "members")
            .index(&["member_id", "state"])
            .index(&["proposed_by_id"]),
        subjects(),
        boards(),
        slots(),
        releases(),
        saved(),
    ]
}

/// The board of an event: the draft of its agenda as a whole.
fn boards() -> NewTable {
    NewTable::new("agenda_boards")
        .columns([
            uuid("event_id").primary_key().take(),
            // Counts the changes of the draft.
            integer("revision"),
            // The break between two sessions of a room, in minutes.
            integer("buffer"),
        ])
        .belongs_to("event_id", "events")
}

/// Where the draft has a session. A session without a row is where it was released.
fn slots() -> NewTable {
    NewTable::new("agenda_slots")
        .columns([
            uuid("session_id").primary_key().take(),
            uuid("event_id"),
            // Null with the start, for a session in the pool.
            uuid_null("room_id"),
            instant_null("starts_at"),
            integer("minutes"),
            // The number of this change on the board.
            integer("revision"),
            uuid_null("changed_by_id"),
            instant("changed_at"),
        ])
        .belongs_to("session_id", "agenda_sessions")
        .belongs_to("event_id", "events")
        .may_reference("room_id", "rooms")
        .may_reference("changed_by_id", "members")
        .index(&["event_id", "revision"])
        .index(&["room_id"])
        .index(&["changed_by_id"])
}

/// The releases of an agenda. Nothing about a release changes later.
fn releases() -> NewTable {
    NewTable::new("agenda_releases")
        .columns([
            id("id"),
            uuid("event_id"),
            integer("number"),
            // From a file, not from the board.
            boolean("is_import"),
            // Null for an import by the operator, and after the member was erased.
            uuid_null("released_by_id"),
            instant("released_at"),
            text("note"),
            // The sessions with their titles and slots, as JSON, and its SHA-256.
            text("content"),
            text("digest"),
        ])
        .belongs_to("event_id", "events")
        .may_reference("released_by_id", "members")
        .unique(&["event_id", "number"])
        .index(&["released_by_id"])
}

/// The sessions that members saved for their own agenda.
fn saved() -> NewTable {
    NewTable::new("saved_sessions")
        .columns([uuid("session_id"), uuid("member_id"), instant("saved_at")])
        .primary_key(&["session_id", "member_id"])
        .belongs_to("session_id", "agenda_sessions")
        .references("member_id", "members")
        .index(&["member_id"])
}

/// A table of things that an event has in an order.
fn of_event(table: &'static str) -> NewTable {
    NewTable::new(table)
        .columns([id("id"), uuid("event_id"), integer("position")])
        .references("event_id", "events")
}

/// The subjects of an event, or of one of its sessions. A subject is an entry of a list, given by its slug.
/// The slug is not a foreign key: it stays when an administrator removes the entry from the list.
fn subjects() -> NewTable {
    NewTable::new("event_subjects")
        .columns([
            id("id"),
            uuid("event_id"),
            // Null for a subject of the event itself.
            uuid_null("session_id"),
            choice("list", &["discipline", "topic", "stage"]),
            text("slug"),
        ])
        .belongs_to("event_id", "events")
        .belongs_to("session_id", "agenda_sessions")
        .unique(&["session_id", "list", "slug"])
        .unique_without("session_id", &["event_id", "list", "slug"])
        .index(&["event_id"])
        .index(&["list", "slug"])
}
