//! The agenda of an event: rooms, tracks, speakers, sessions, and what they are about.

use crate::schema::{
    NewTable, binary, boolean, choice, choice_null, date_null, id, instant, instant_null, integer,
    integer_null, text, text_null, uuid, uuid_null,
};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        // The header of an imported schedule, as JSON.
        NewTable::new("schedules")
            .columns([uuid("event_id").primary_key().take(), text("content")])
            .references("event_id", "events"),
        of_event("rooms")
            .columns([
                text("name"),
                // How many people fit in. Null if nobody knows.
                integer_null("capacity"),
                // The number in links to the room's screen. A new number ends all links before it.
                integer("screen"),
            ])
            .unique(&["event_id", "name"]),
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
                // Set here and not in a file, so an import keeps both: the link to the recording, and who said that the
                // session must not be recorded.
                text_null("recording"),
                // The event with the seats of a workshop (D7).
                uuid_null("workshop_id"),
                choice_null("no_recording", &["speaker", "organiser"]),
            ])
            .references("event_id", "events")
            .references("room_id", "rooms")
            .references("track_id", "tracks")
            .may_reference("workshop_id", "events")
            .unique(&["event_id", "guid"])
            .index(&["room_id"])
            .index(&["starts_at"])
            .index(&["track_id"])
            .index(&["workshop_id"]),
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
        removals(),
        questions(),
        slides(),
        slides_reminders(),
        votes(),
        questions_open(),
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
            // How many days before a session its speakers are reminded of slides. 0 is never.
            integer("slides_days"),
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

/// The people to tell about sessions that an import removed (D6), until they are told. The session has no foreign key,
/// because it is gone.
fn removals() -> NewTable {
    NewTable::new("session_removals")
        .columns([uuid("session_id"), uuid("member_id")])
        .primary_key(&["session_id", "member_id"])
        .references("member_id", "members")
        .index(&["member_id"])
}

/// Files with the slides of a session (D8).
fn slides() -> NewTable {
    NewTable::new("session_slides")
        .columns([
            id("id"),
            uuid("session_id"),
            text("name"),
            // Number of bytes, so that lists don't read the content.
            integer("size"),
            binary("content"),
            uuid_null("added_by_id"),
            instant("added_at"),
        ])
        .belongs_to("session_id", "agenda_sessions")
        .may_reference("added_by_id", "members")
        .index(&["session_id"])
        .index(&["added_by_id"])
}

/// Which reminders of slides were sent for a session.
fn slides_reminders() -> NewTable {
    NewTable::new("slides_reminders")
        .columns([uuid("session_id"), choice("kind", &["before", "after"]), instant("sent_at")])
        .primary_key(&["session_id", "kind"])
        .belongs_to("session_id", "agenda_sessions")
}

/// Questions to the speakers of a session (D14).
fn questions() -> NewTable {
    NewTable::new("session_questions")
        .columns([
            id("id"),
            uuid("session_id"),
            uuid("asker_id"),
            text("text"),
            choice("state", &["open", "answered", "hidden"]),
            // How many members want an answer, the author included. Lists are sorted by it.
            integer("votes"),
            instant("written_at"),
            instant("changed_at"),
            // While a report of it waits, and when it was decided that it stays hidden.
            instant_null("hidden_at"),
            text_null("create_key").unique_key().take(),
        ])
        .belongs_to("session_id", "agenda_sessions")
        .references("asker_id", "members")
        .index(&["session_id", "state", "votes", "id"])
        .index(&["asker_id", "session_id", "state"])
}

/// Who wants an answer to which question. Its author is not among them.
fn votes() -> NewTable {
    NewTable::new("session_question_votes")
        .columns([uuid("question_id"), uuid("member_id"), instant("since")])
        .primary_key(&["question_id", "member_id"])
        .belongs_to("question_id", "session_questions")
        .references("member_id", "members")
        .index(&["member_id"])
}

/// When members can ask questions. A session without a row is as its event says.
fn questions_open() -> NewTable {
    NewTable::new("session_questions_open")
        .columns([
            id("id"),
            uuid("event_id"),
            // Null for all sessions of the event that have no row of their own.
            uuid_null("session_id"),
            choice("open", &["around", "always", "closed"]),
        ])
        .belongs_to("event_id", "events")
        .belongs_to("session_id", "agenda_sessions")
        .unique(&["session_id"])
        .unique_without("session_id", &["event_id"])
        .index(&["event_id", "session_id"])
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
