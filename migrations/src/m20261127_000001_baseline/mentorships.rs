//! What pairs do together, direct requests to mentors, and what coordinators do about people who break the rules.

use crate::schema::{
    NewTable, boolean, choice, choice_null, date_null, id, instant, instant_null, integer, text, text_null,
    uuid, uuid_null,
};

const SIDES: [&str; 2] = ["mentee", "mentor"];

pub(super) fn tables() -> Vec<NewTable> {
    [work(), talk(), around()].into_iter().flatten().collect()
}

fn work() -> Vec<NewTable> {
    vec![
        NewTable::new("mentorship_agreements")
            .columns([
                id("mentorship_id"),
                choice("cadence", &["weekly", "fortnightly", "monthly"]),
                text("channel"),
                text("confidentiality"),
                text("ending"),
                instant_null("mentee_agreed_at"),
                instant_null("mentor_agreed_at"),
                integer("version"),
            ])
            .belongs_to("mentorship_id", "mentorships"),
        NewTable::new("mentorship_goals")
            .columns([
                id("id"),
                uuid("mentorship_id"),
                text("title"),
                text("why"),
                text("evidence"),
                date_null("due_on"),
                // 0 to 100.
                integer("progress"),
                instant("created_at"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("mentorship_id", "mentorships")
            .index(&["mentorship_id", "created_at"]),
        NewTable::new("mentorship_meetings")
            .columns([
                id("id"),
                uuid("mentorship_id"),
                choice("state", &["proposed", "agreed", "cancelled", "missed"]),
                choice("asked_by", &SIDES),
                integer("minutes"),
                text("place"),
                // The agreed time.
                instant_null("starts_at"),
                // Proposed times that wait for an answer.
                instant_null("time_1"),
                instant_null("time_2"),
                instant_null("time_3"),
                // Rises with every calendar part.
                integer("sequence"),
                // Cancelled less than three hours before it would have begun.
                boolean("is_late"),
                choice_null("missed_by", &SIDES),
                instant("proposed_at"),
                instant_null("settled_at"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("mentorship_id", "mentorships")
            .index(&["mentorship_id", "state", "starts_at"]),
        NewTable::new("mentorship_checks")
            .columns([
                id("id"),
                uuid("mentorship_id"),
                uuid("member_id"),
                choice("kind", &["connected", "quarter", "half", "three_quarters"]),
                instant("sent_at"),
                choice_null("answer", &["good", "mixed", "bad"]),
                instant_null("answered_at"),
            ])
            .belongs_to("mentorship_id", "mentorships")
            .references("member_id", "members")
            .unique(&["mentorship_id", "member_id", "kind"])
            .index(&["member_id", "answered_at"]),
    ]
}

fn talk() -> Vec<NewTable> {
    vec![
        NewTable::new("mentorship_notes")
            .columns([
                id("id"),
                uuid("mentorship_id"),
                uuid("author_id"),
                // Whether the other one reads it too.
                boolean("is_shared"),
                text("text"),
                instant("written_at"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("mentorship_id", "mentorships")
            .references("author_id", "members")
            .index(&["mentorship_id", "written_at"])
            .index(&["author_id"]),
        NewTable::new("mentorship_messages")
            .columns([
                id("id"),
                uuid("mentorship_id"),
                uuid("author_id"),
                text("text"),
                instant("sent_at"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("mentorship_id", "mentorships")
            .references("author_id", "members")
            .index(&["mentorship_id", "sent_at"])
            .index(&["author_id"]),
        NewTable::new("mentorship_feedback")
            .columns([
                uuid("mentorship_id"),
                uuid("author_id"),
                text("helped"),
                text("better"),
                instant("given_at"),
            ])
            .primary_key(&["mentorship_id", "author_id"])
            .belongs_to("mentorship_id", "mentorships")
            .references("author_id", "members")
            .index(&["author_id"]),
    ]
}

fn around() -> Vec<NewTable> {
    vec![
        NewTable::new("mentoring_guides")
            .columns([id("programme_id"), text("text"), instant("updated_at"), integer("version")])
            .belongs_to("programme_id", "mentoring_programmes"),
        NewTable::new("mentoring_measures")
            .columns([
                id("id"),
                uuid("programme_id"),
                uuid("member_id"),
                choice("kind", &["warn", "pause", "exclude"]),
                text("reason"),
                uuid_null("by_id"),
                instant("taken_at"),
                text_null("appeal"),
                instant_null("appealed_at"),
                // When a coordinator lifted it, or decided that it stays.
                instant_null("decided_at"),
                uuid_null("decided_by_id"),
                instant_null("lifted_at"),
            ])
            .belongs_to("programme_id", "mentoring_programmes")
            .references("member_id", "members")
            .may_reference("by_id", "members")
            .may_reference("decided_by_id", "members")
            .index(&["programme_id", "member_id"])
            .index(&["member_id"])
            .index(&["by_id"])
            .index(&["decided_by_id"]),
        NewTable::new("mentoring_round_emails")
            .columns([
                id("id"),
                uuid("round_id"),
                uuid_null("by_id"),
                choice("audience", &["invited", "no_meeting", "silent"]),
                text("text"),
                choice("state", &["held", "sent", "cancelled"]),
                instant("due_at"),
                // How many people it was for when it was written.
                integer("people"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("round_id", "mentoring_rounds")
            .may_reference("by_id", "members")
            .index(&["round_id", "due_at"])
            .index(&["by_id"])
            .index(&["state", "due_at"]),
        NewTable::new("mentor_requests")
            .columns([
                id("id"),
                // The round in which the mentor offers places, or for an offer, a running round.
                uuid("round_id"),
                // An offer comes from the mentor, and a request from the mentee.
                choice("kind", &["ask", "offer"]),
                uuid("from_id"),
                uuid("to_id"),
                // One sentence. Only the two read it.
                text("sentence"),
                choice("state", &["pending", "accepted", "declined", "office_hours", "expired", "withdrawn"]),
                // When and where the office hours are.
                text("note"),
                instant("requested_at"),
                instant("expires_at"),
                instant_null("settled_at"),
                text_null("create_key").unique_key().take(),
            ])
            .belongs_to("round_id", "mentoring_rounds")
            .references("from_id", "members")
            .references("to_id", "members")
            .index(&["round_id"])
            .index(&["from_id", "state"])
            .index(&["to_id", "state"])
            .index(&["state", "expires_at"]),
    ]
}
