//! Calls for proposals, proposals, their submissions to calls, and reviews.

use crate::schema::{
    NewTable, boolean, choice, choice_null, id, instant, instant_null, integer, integer_null, text,
    text_null, unique_text, uuid, uuid_null,
};

const STATES: [&str; 8] =
    ["draft", "submitted", "info_needed", "accepted", "confirmed", "declined", "rejected", "withdrawn"];

pub(super) fn tables() -> Vec<NewTable> {
    vec![calls(), reviewers(), proposals(), speakers(), submissions(), changes(), questions(), reviews()]
}

fn calls() -> NewTable {
    NewTable::new("calls")
        .columns([
            id("id"),
            unique_text("slug"),
            // A call has an event, or it is rolling and has a group.
            uuid_null("event_id"),
            uuid_null("group_id"),
            uuid_null("opened_by_id"),
            text("title"),
            text("text"),
            // The kinds of sessions with their lengths, as JSON.
            text("kinds"),
            text("zone"),
            // Null while it stays open.
            instant_null("closes_at"),
            boolean("is_anonymous"),
            instant("opened_at"),
            text_null("create_key").unique_key().take(),
        ])
        .belongs_to("event_id", "events")
        .belongs_to("group_id", "groups")
        .may_reference("opened_by_id", "members")
        .index(&["event_id"])
        .index(&["group_id"])
        .index(&["opened_by_id"])
        .index(&["closes_at"])
}

fn reviewers() -> NewTable {
    NewTable::new("call_reviewers")
        .columns([uuid("call_id"), uuid("member_id"), instant("added_at")])
        .primary_key(&["call_id", "member_id"])
        .belongs_to("call_id", "calls")
        .references("member_id", "members")
        .index(&["member_id"])
}

fn proposals() -> NewTable {
    NewTable::new("proposals")
        .columns([
            id("id"),
            uuid("speaker_id"),
            instant("started_at"),
            text_null("create_key").unique_key().take(),
        ])
        .references("speaker_id", "members")
        .index(&["speaker_id", "started_at"])
}

fn speakers() -> NewTable {
    NewTable::new("proposal_speakers")
        .columns([
            uuid("proposal_id"),
            uuid("member_id"),
            instant("invited_at"),
            instant_null("accepted_at"),
            // They declined or stopped. The row stays, because they know who speaks and may not review it.
            instant_null("ended_at"),
        ])
        .primary_key(&["proposal_id", "member_id"])
        .belongs_to("proposal_id", "proposals")
        .references("member_id", "members")
        .index(&["member_id"])
}

fn submissions() -> NewTable {
    NewTable::new("submissions")
        .columns([
            id("id"),
            uuid("proposal_id"),
            uuid("call_id"),
            text("title"),
            text("summary"),
            // The name of the kind of session, and its length in minutes, as the call offered it.
            text("kind"),
            integer("minutes"),
            text("language"),
            text("notes"),
            boolean("do_not_record"),
            choice("state", &STATES),
            // What the organisers decided. The speaker knows it once the state says so.
            choice_null("decision", &["accept", "reject"]),
            uuid_null("decided_by_id"),
            // When the organisers sent it. A job tells the speaker, and then empties this and the decision.
            instant_null("sent_at"),
            instant("started_at"),
            instant_null("submitted_at"),
            instant("changed_at"),
            instant_null("confirm_by"),
            // When the speaker was reminded to confirm.
            instant_null("reminded_at"),
            // The session that a confirmed proposal became.
            uuid_null("session_id"),
        ])
        .belongs_to("proposal_id", "proposals")
        .belongs_to("call_id", "calls")
        .may_reference("decided_by_id", "members")
        .may_reference("session_id", "agenda_sessions")
        .unique(&["proposal_id", "call_id"])
        .index(&["call_id", "state", "submitted_at"])
        .index(&["call_id", "decision"])
        .index(&["state", "confirm_by"])
        .index(&["decided_by_id"])
        .index(&["session_id"])
}

fn changes() -> NewTable {
    NewTable::new("submission_changes")
        .columns([
            id("id"),
            uuid("submission_id"),
            choice("state", &STATES),
            // Null after the member was erased.
            uuid_null("by_id"),
            instant("at"),
        ])
        .belongs_to("submission_id", "submissions")
        .may_reference("by_id", "members")
        .index(&["submission_id", "at"])
        .index(&["by_id"])
}

fn questions() -> NewTable {
    NewTable::new("submission_questions")
        .columns([
            id("id"),
            uuid("submission_id"),
            uuid_null("asked_by_id"),
            text("question"),
            instant("posted_at"),
            text_null("answer"),
            instant_null("answered_at"),
        ])
        .belongs_to("submission_id", "submissions")
        .may_reference("asked_by_id", "members")
        .index(&["submission_id", "posted_at"])
        .index(&["asked_by_id"])
}

fn reviews() -> NewTable {
    NewTable::new("submission_reviews")
        .columns([
            uuid("submission_id"),
            uuid("reviewer_id"),
            // Null when the reviewer abstains.
            integer_null("score"),
            text("comment"),
            instant("reviewed_at"),
        ])
        .primary_key(&["submission_id", "reviewer_id"])
        .belongs_to("submission_id", "submissions")
        .references("reviewer_id", "members")
        .index(&["reviewer_id"])
}
