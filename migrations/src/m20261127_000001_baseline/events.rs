//! Events, RSVPs, and emails about an event that are planned.

use crate::schema::{
    NewTable, big_integer, binary, boolean, choice, id, instant, instant_null, integer, integer_null, text,
    text_null, unique_binary, unique_text, uuid, uuid_null, wall_time, wall_time_null,
};

const EVENT_KINDS: &[&str] = &["talk", "demo", "workshop", "security_review", "office_hours", "social"];
const RSVP_STATES: &[&str] = &["pending", "going", "offered", "waiting", "left", "declined"];

pub(super) fn tables() -> Vec<NewTable> {
    let mut tables = vec![
        events(),
        covers(),
        rsvps(),
        registrations(),
        event_groups(),
        event_cohosts(),
        feeds(),
        event_messages(),
        event_questions(),
        event_answers(),
    ];
    tables.extend(planned_emails());
    tables
}

fn events() -> NewTable {
    NewTable::new("events")
        .columns([
            id("id"),
            unique_text("slug"),
            text("title"),
            choice("kind", EVENT_KINDS),
            text("summary"),
            text("description"),
            text("place"),
            text_null("join_url"),
            // The start in the event's time zone, from which `starts_at` and `ends_at` follow.
            wall_time("starts_wall"),
            text("zone"),
            integer("minutes"),
            instant("starts_at"),
            instant("ends_at"),
            wall_time_null("opens_wall"),
            wall_time_null("closes_wall"),
            choice("status", &["draft", "published", "cancelled"]),
            text("cancel_reason"),
            uuid_null("host_id"),
            uuid_null("group_id"),
            // The name of the picture in `event_covers`, which changes together with it.
            text_null("cover_name"),
            text("cover_alternative").default("").take(),
        ])
        // Who gets a seat.
        .columns([
            integer_null("capacity"),
            integer_null("online_capacity"),
            integer("guests_max"),
            boolean("approval").default(false).take(),
            choice("promotion", &["automatic", "offer"]).default("automatic").take(),
            integer_null("hold_minutes"),
            integer_null("freeze_minutes"),
            choice("attendee_list", &["nobody", "attendees", "members"]).default("attendees").take(),
        ])
        // Numbers that pages show. The same transaction that changes an RSVP keeps them, and `guildhall doctor`
        // compares them with the RSVPs.
        .columns([
            integer("going"),
            integer("waiting"),
            integer("online_going").default(0).take(),
            integer("online_waiting").default(0).take(),
            big_integer("next_waitlist_seq"),
            big_integer("next_seat_seq").default(1).take(),
        ])
        // The event that it is a workshop of. Without a foreign key, because rows are deleted along foreign keys, and this
        // one would lead back to its own table.
        .columns([uuid_null("parent_id")])
        // The series that it is a date of.
        .columns([
            uuid_null("series_id"),
            // The first date is 1.
            integer_null("series_number"),
            // Whether it was changed on its own. Changes of the whole series then leave it alone.
            boolean("series_changed").default(false).take(),
            // Whether members who always want a seat still have to get one.
            instant_null("series_seats_at"),
        ])
        .columns([
            integer("version"),
            text_null("create_key").unique_key().take(),
            text_null("import_key").unique_key().take(),
            instant("created_at"),
            instant("updated_at"),
        ])
        .references("host_id", "members")
        .references("group_id", "groups")
        .references("series_id", "series")
        .unique(&["series_id", "series_number"])
        .index(&["parent_id"])
        .index(&["series_seats_at"])
        .index(&["starts_at"])
        .index(&["ends_at"])
        .index(&["host_id"])
        .index(&["group_id"])
}

/// The covers that hosts uploaded, in both sizes as JPEG. Lists read the name in `events` only.
fn covers() -> NewTable {
    NewTable::new("event_covers")
        .columns([uuid("event_id").primary_key().take(), binary("small"), binary("large")])
        .references("event_id", "events")
}

fn rsvps() -> NewTable {
    NewTable::new("rsvps")
        .columns([
            id("id"),
            uuid("event_id"),
            uuid("member_id"),
            choice("state", RSVP_STATES),
            choice("mode", &["on_site", "online"]).default("on_site").take(),
            integer("guests"),
            integer("guests_waiting").default(0).take(),
            big_integer("waitlist_seq"),
            big_integer("seat_seq").default(0).take(),
            boolean("online_meanwhile").default(false).take(),
            integer("skips").default(0).take(),
            instant_null("holds_until"),
            instant_null("fewer_offer_until"),
            integer("fewer_offer_seats").default(0).take(),
            // When time alone changes something about it: an offer or question expires, or hosts are reminded.
            instant_null("due_at"),
            // When a host marked the person as a no-show. Only hosts see it.
            instant_null("no_show_at"),
            text("message").default("").take(),
            boolean("hidden").default(false).take(),
            // The SEQUENCE of the entry in the member's calendar.
            integer("sequence"),
            instant("answered_at"),
        ])
        .references("event_id", "events")
        .references("member_id", "members")
        .unique(&["event_id", "member_id"])
        .index(&["event_id", "state", "waitlist_seq"])
        .index(&["event_id", "state", "seat_seq"])
        .index(&["member_id", "state"])
        .index(&["due_at"])
}

/// Visitors who registered and have not confirmed their address. A held seat counts as taken.
fn registrations() -> NewTable {
    NewTable::new("registrations")
        .columns([
            // The id of the row in `sign_ins` that confirms it. It has no foreign key, because a restore deletes that
            // row at once, while a held seat is given back in its own time.
            id("id"),
            uuid("event_id"),
            text("name"),
            choice("mode", &["on_site", "online"]),
            binary("network_hash"),
            boolean("is_held"),
            instant("expires_at"),
            instant_null("confirmed_at"),
        ])
        .references("event_id", "events")
        .index(&["event_id", "expires_at"])
        .index(&["expires_at"])
}

/// Groups that were asked to co-host an event.
fn event_groups() -> NewTable {
    NewTable::new("event_groups")
        .columns([uuid("event_id"), uuid("group_id"), instant("invited_at"), instant_null("accepted_at")])
        .primary_key(&["event_id", "group_id"])
        .references("event_id", "events")
        .references("group_id", "groups")
        .index(&["group_id"])
}

/// Members who were asked to co-host an event.
fn event_cohosts() -> NewTable {
    NewTable::new("event_cohosts")
        .columns([
            uuid("event_id"),
            uuid("member_id"),
            uuid_null("invited_by_id"),
            instant("invited_at"),
            instant_null("accepted_at"),
            // A declined invitation keeps its row, so that it is not repeated at once.
            instant_null("declined_at"),
        ])
        .primary_key(&["event_id", "member_id"])
        .references("event_id", "events")
        .references("member_id", "members")
        .references("invited_by_id", "members")
        .index(&["member_id"])
        .index(&["invited_by_id"])
}

/// The private calendar feed of a member.
fn feeds() -> NewTable {
    NewTable::new("feeds")
        .columns([uuid("member_id").primary_key().take(), unique_binary("token_hash"), instant("created_at")])
        .references("member_id", "members")
}

/// Messages from hosts to single people of an event. The text is in the email only.
fn event_messages() -> NewTable {
    NewTable::new("event_messages")
        .columns([
            id("id"),
            uuid("event_id"),
            uuid_null("by_id"),
            uuid("to_id"),
            text_null("create_key").unique_key().take(),
            instant("created_at"),
        ])
        .references("event_id", "events")
        .references("by_id", "members")
        .references("to_id", "members")
        .index(&["event_id"])
        .index(&["by_id", "created_at"])
        .index(&["to_id"])
}

/// What organisers ask people who register.
fn event_questions() -> NewTable {
    NewTable::new("event_questions")
        .columns([
            id("id"),
            uuid("event_id"),
            integer("position"),
            text("text"),
            choice("kind", &["line", "text", "one", "several", "yes_no"]),
            // One option in each line.
            text("options"),
            boolean("required"),
            // Rises with each change, so that a form with the old question is noticed.
            integer("version"),
            // The id of the question that it was first copied from, or its own. The same at all dates of a series. Without a
            // foreign key, because the first one may be removed.
            uuid("origin"),
        ])
        .belongs_to("event_id", "events")
        .index(&["event_id", "position"])
}

fn event_answers() -> NewTable {
    NewTable::new("event_answers")
        .columns([
            id("id"),
            uuid("event_id"),
            uuid("member_id"),
            // Null when the question was removed.
            uuid_null("question_id"),
            // The wording of the question when it was answered.
            text("question"),
            text("answer"),
            instant("answered_at"),
        ])
        .belongs_to("event_id", "events")
        .references("member_id", "members")
        .may_reference("question_id", "event_questions")
        .unique(&["question_id", "member_id"])
        .index(&["event_id", "member_id"])
        .index(&["member_id"])
}

fn planned_emails() -> Vec<NewTable> {
    vec![
        // Emails that collect what happens until they are due, or that can be undone until then.
        NewTable::new("event_notices")
            .columns([
                uuid("event_id"),
                choice("kind", &["requests", "cancellation", "series_cancellation", "questions"]),
                instant("opened_at"),
                instant("due_at"),
            ])
            .primary_key(&["event_id", "kind"])
            .belongs_to("event_id", "events")
            .index(&["due_at"]),
        // Seats from the waitlist that members are told of when a change of several dates is done.
        NewTable::new("series_promotions")
            .columns([uuid("rsvp_id").primary_key().take(), uuid("series_id")])
            .belongs_to("rsvp_id", "rsvps")
            .belongs_to("series_id", "series")
            .index(&["series_id"]),
        // The reminders that were sent for a start.
        NewTable::new("reminders")
            .columns([uuid("event_id"), choice("kind", &["day", "hour"]), instant("starts_at")])
            .primary_key(&["event_id", "kind", "starts_at"])
            .references("event_id", "events"),
        // Changes that people may not know of yet.
        NewTable::new("reschedules")
            .columns([
                uuid("event_id").primary_key().take(),
                text("history"),
                instant_null("opened_at"),
                instant_null("due_at"),
            ])
            .references("event_id", "events")
            .index(&["due_at"]),
        NewTable::new("announcements")
            .columns([
                id("id"),
                uuid("event_id"),
                uuid_null("by_id"),
                choice("kind", &["message", "new_event"]),
                text("subject"),
                text("message"),
                text("segments"),
                // Whether replies go to the author's own address.
                boolean("shares_address"),
                choice("state", &["held", "going_out", "sent", "cancelled"]),
                instant("due_at"),
                wall_time_null("due_wall"),
                // Sending goes by the order of members' ids and has come this far. Not a foreign key: the
                // place in the order stays when that member's account is deleted.
                uuid_null("reached"),
                integer("sent_count"),
                integer("version"),
                text_null("create_key").unique_key().take(),
                instant("created_at"),
            ])
            .references("event_id", "events")
            .references("by_id", "members")
            .index(&["event_id"])
            .index(&["by_id"])
            .index(&["state", "due_at"]),
    ]
}
