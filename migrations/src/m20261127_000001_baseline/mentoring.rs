//! Mentoring: programmes, their rounds, sign-ups, runs of the solver, proposals and mentorships.

use crate::schema::{
    NewTable, big_integer, boolean, choice, choice_null, date, date_null, id, instant, instant_null, integer,
    integer_null, text, text_null, unique_text, uuid, uuid_null,
};

/// The points of a pair that are shown. The first four parts add up to `score`, and nobody's wish is in them.
fn score_parts() -> [sea_orm_migration::prelude::ColumnDef; 6] {
    [
        integer("score"),
        integer("topics_part"),
        integer("answers_part"),
        integer("hours_part"),
        // Seniority, language and variety.
        integer("other_part"),
        // For the wish of the mentee. Shown to the mentee only.
        integer("own_wish_part"),
    ]
}

pub(super) fn tables() -> Vec<NewTable> {
    [programmes(), sign_ups(), runs(), proposals()].into_iter().flatten().collect()
}

fn programmes() -> Vec<NewTable> {
    vec![
        NewTable::new("mentoring_programmes")
            .columns([
                id("id"),
                unique_text("slug"),
                text("name"),
                text("purpose"),
                // The group whose members may sign up. All members may when it is null.
                uuid_null("group_id"),
                // The greatest number of points for each part of the score. They add up to 1000.
                integer("topics_weight"),
                integer("answers_weight"),
                integer("wishes_weight"),
                integer("hours_weight"),
                integer("seniority_weight"),
                integer("language_weight"),
                integer("variety_weight"),
                // Hours that a pair has in common in a week, at least.
                integer("min_overlap_hours"),
                // How many levels of seniority a mentor may be above the mentee. Null: any.
                integer_null("min_seniority_gap"),
                integer_null("max_seniority_gap"),
                boolean("same_team_allowed"),
                // What a second mentee costs a mentor in the objective of the solver.
                integer("load"),
                integer("cool_down_rounds"),
                instant("created_at"),
                instant_null("archived_at"),
                integer("version"),
                text_null("create_key").unique_key().take(),
            ])
            .references("group_id", "groups")
            .index(&["group_id"]),
        NewTable::new("mentoring_coordinators")
            .columns([uuid("programme_id"), uuid("member_id"), instant("added_at")])
            .primary_key(&["programme_id", "member_id"])
            .belongs_to("programme_id", "mentoring_programmes")
            .references("member_id", "members")
            .index(&["member_id"]),
        NewTable::new("mentoring_questions")
            .columns([
                id("id"),
                uuid("programme_id"),
                integer("position"),
                text("mentee_text"),
                text("mentor_text"),
                instant_null("retired_at"),
            ])
            .belongs_to("programme_id", "mentoring_programmes")
            .index(&["programme_id", "position"]),
        NewTable::new("mentoring_options")
            .columns([id("id"), uuid("question_id"), integer("position"), text("text")])
            .belongs_to("question_id", "mentoring_questions")
            .index(&["question_id", "position"]),
        NewTable::new("mentoring_rounds")
            .columns([
                id("id"),
                unique_text("slug"),
                uuid("programme_id"),
                text("name"),
                choice("state", &["draft", "open", "closed", "published", "finished", "cancelled"]),
                instant("sign_up_closes_at"),
                date("starts_on"),
                date("ends_on"),
                big_integer("seed"),
                // When mentees and mentors were asked to check what the run will read.
                instant_null("review_sent_at"),
                instant_null("published_at"),
                // When the round is matched again at night. Null: only when a coordinator asks for it.
                instant_null("rematch_at"),
                instant("created_at"),
                integer("version"),
                text_null("create_key").unique_key().take(),
            ])
            .references("programme_id", "mentoring_programmes")
            .index(&["programme_id", "starts_on"])
            .index(&["state", "sign_up_closes_at"])
            .index(&["state", "rematch_at"]),
    ]
}

fn sign_ups() -> Vec<NewTable> {
    vec![
        NewTable::new("mentoring_sign_ups")
            .columns([
                id("id"),
                uuid("round_id"),
                uuid("member_id"),
                choice("role", &["mentee", "mentor"]),
                choice("state", &["draft", "submitted", "withdrawn"]),
                // One sentence. Only the coordinator and a proposed mentor read it.
                text("goal"),
                integer("places"),
                integer("hours_a_month"),
                date_null("paused_until"),
                text("zone"),
                // One bit for each hour of the week in `zone`, Monday 00:00 first, as 42 hexadecimal digits.
                text("availability"),
                instant_null("consented_at"),
                instant_null("submitted_at"),
                instant("updated_at"),
                // Matched first, because the last round left this mentee out or a mentor did not answer.
                boolean("is_first"),
                // Proposals in a row that were not answered.
                integer("missed_proposals"),
                // When a mentor was told that the round has no mentee for them. They are told once.
                instant_null("no_mentee_told_at"),
                integer("version"),
            ])
            .references("round_id", "mentoring_rounds")
            .references("member_id", "members")
            .unique(&["round_id", "member_id", "role"])
            .index(&["round_id", "role", "state"])
            .index(&["member_id"]),
        NewTable::new("mentoring_sign_up_topics")
            .columns([
                uuid("sign_up_id"),
                uuid("topic_id"),
                // A mentee's order of priority, from 1. A mentor's topics all have 1.
                integer("position"),
                // A mentor's confidence, 1 to 3. A mentee's topics all have 1.
                integer("confidence"),
            ])
            .primary_key(&["sign_up_id", "topic_id"])
            .belongs_to("sign_up_id", "mentoring_sign_ups")
            .references("topic_id", "topics")
            .index(&["topic_id"]),
        NewTable::new("mentoring_sign_up_languages")
            .columns([uuid("sign_up_id"), text("tag")])
            .primary_key(&["sign_up_id", "tag"])
            .belongs_to("sign_up_id", "mentoring_sign_ups"),
        NewTable::new("mentoring_answers")
            .columns([uuid("sign_up_id"), uuid("question_id"), uuid("option_id")])
            .primary_key(&["sign_up_id", "question_id"])
            .belongs_to("sign_up_id", "mentoring_sign_ups")
            .belongs_to("question_id", "mentoring_questions")
            .belongs_to("option_id", "mentoring_options")
            .index(&["question_id"])
            .index(&["option_id"]),
        // Members who were invited to sign up as mentors, so that nobody is invited twice to a round.
        NewTable::new("mentoring_invitations")
            .columns([uuid("round_id"), uuid("member_id"), uuid_null("by_id"), instant("invited_at")])
            .primary_key(&["round_id", "member_id"])
            .belongs_to("round_id", "mentoring_rounds")
            .references("member_id", "members")
            .may_reference("by_id", "members")
            .index(&["member_id"])
            .index(&["by_id"]),
        // What a sign-up says about a person on the other side. Private to its author.
        NewTable::new("mentoring_preferences")
            .columns([
                uuid("sign_up_id"),
                uuid("member_id"),
                choice("kind", &["wish", "would_like", "rather_not", "never"]),
                // The rank of a mentee's wish, from 1. Else 0.
                integer("position"),
            ])
            .primary_key(&["sign_up_id", "member_id"])
            .belongs_to("sign_up_id", "mentoring_sign_ups")
            .references("member_id", "members")
            .index(&["member_id", "kind"]),
    ]
}

fn runs() -> Vec<NewTable> {
    vec![
        NewTable::new("mentoring_runs")
            .columns([
                id("id"),
                uuid("round_id"),
                integer("number"),
                choice("state", &["waiting", "running", "draft", "failed", "cancelled", "published"]),
                choice("run_order", &["cost", "kept"]),
                choice_null("stage", &["reading", "candidates", "solving", "verifying", "saving"]),
                uuid_null("started_by_id"),
                instant("started_at"),
                instant_null("finished_at"),
                big_integer("seed"),
                // Digest of everything that the run read. A run can be published while it is unchanged.
                text_null("input_digest"),
                // Digest of the instance that the solver got.
                text_null("instance_digest"),
                // Figures for the page, as JSON.
                text_null("figures"),
                // The dual values that `matching::verify` checks, as JSON.
                text_null("certificate"),
                instant_null("verified_at"),
                // What the check of the pairs that were left out has found. Null: it has not ended.
                choice_null("pricing", &["complete", "improved", "stopped"]),
                // Pairs that the check of an earlier draft added to the candidates, as JSON: the ids of two
                // sign-ups each.
                text_null("added_pairs"),
                text_null("error"),
            ])
            .references("round_id", "mentoring_rounds")
            .may_reference("started_by_id", "members")
            .unique(&["round_id", "number"])
            .index(&["started_by_id"]),
        NewTable::new("mentoring_pairs")
            .columns([uuid("run_id"), uuid("mentee_id"), uuid("mentor_id")])
            .columns(score_parts())
            .columns([
                integer("overlap_hours"),
                // Whether the pair was in the draft before, and whether a coordinator pinned it.
                boolean("is_kept"),
                boolean("is_pinned"),
            ])
            .primary_key(&["run_id", "mentee_id"])
            .belongs_to("run_id", "mentoring_runs")
            .belongs_to("mentee_id", "mentoring_sign_ups")
            .belongs_to("mentor_id", "mentoring_sign_ups")
            .index(&["run_id", "mentor_id"])
            .index(&["mentee_id"])
            .index(&["mentor_id"]),
        NewTable::new("mentoring_unmatched")
            .columns([
                uuid("run_id"),
                uuid("mentee_id"),
                // The key of a sentence, and its arguments as JSON.
                text("reason"),
                text("arguments"),
            ])
            .primary_key(&["run_id", "mentee_id"])
            .belongs_to("run_id", "mentoring_runs")
            .belongs_to("mentee_id", "mentoring_sign_ups")
            .index(&["mentee_id"]),
        // What a coordinator decided about a pair before the next run.
        NewTable::new("mentoring_decisions")
            .columns([
                uuid("round_id"),
                uuid("mentee_id"),
                uuid("mentor_id"),
                choice("kind", &["pin", "forbid"]),
                uuid_null("by_id"),
                instant("at"),
            ])
            .primary_key(&["round_id", "mentee_id", "mentor_id"])
            .belongs_to("round_id", "mentoring_rounds")
            .belongs_to("mentee_id", "mentoring_sign_ups")
            .belongs_to("mentor_id", "mentoring_sign_ups")
            .may_reference("by_id", "members")
            .index(&["mentee_id"])
            .index(&["mentor_id"])
            .index(&["by_id"]),
    ]
}

fn proposals() -> Vec<NewTable> {
    vec![
        NewTable::new("mentoring_proposals")
            .columns([
                id("id"),
                uuid("round_id"),
                uuid("run_id"),
                uuid("mentee_id"),
                uuid("mentor_id"),
                choice("state", &["pending", "accepted", "declined", "expired", "withdrawn"]),
            ])
            .columns(score_parts())
            .columns([
                integer("overlap_hours"),
                choice_null("mentee_answer", &["accept", "decline"]),
                instant_null("mentee_answered_at"),
                choice_null("mentor_answer", &["accept", "decline"]),
                instant_null("mentor_answered_at"),
                instant("proposed_at"),
                instant("expires_at"),
                integer("reminders_sent"),
                instant_null("settled_at"),
            ])
            .references("round_id", "mentoring_rounds")
            .references("run_id", "mentoring_runs")
            .belongs_to("mentee_id", "mentoring_sign_ups")
            .belongs_to("mentor_id", "mentoring_sign_ups")
            .unique(&["round_id", "mentee_id", "mentor_id"])
            .index(&["run_id"])
            .index(&["mentee_id"])
            .index(&["mentor_id", "state"])
            .index(&["state", "expires_at"]),
        NewTable::new("mentorships")
            .columns([
                id("id"),
                uuid("programme_id"),
                uuid_null("round_id"),
                uuid_null("proposal_id"),
                // Null after the member was erased.
                uuid_null("mentee_id"),
                uuid_null("mentor_id"),
                choice("state", &["active", "paused", "ended"]),
                choice_null("outcome", &["left", "finished", "peers", "gone"]),
                instant("started_at"),
                // The last day of the term.
                date("ends_on"),
                instant_null("ended_at"),
                // Who asked to extend the term, and when both wanted it.
                choice_null("extension_asked_by", &["mentee", "mentor"]),
                instant_null("extended_at"),
                instant_null("nudged_at"),
                instant_null("term_told_at"),
                instant_null("feedback_released_at"),
                // When a coordinator was told about missed meetings.
                instant_null("missed_told_at"),
                // When its job looks at it again. Null: nothing falls due.
                instant_null("due_at"),
            ])
            .references("programme_id", "mentoring_programmes")
            .may_reference("round_id", "mentoring_rounds")
            .may_reference("proposal_id", "mentoring_proposals")
            .may_reference("mentee_id", "members")
            .may_reference("mentor_id", "members")
            .index(&["programme_id", "started_at"])
            .index(&["round_id"])
            .unique(&["proposal_id"])
            .index(&["due_at"])
            .index(&["mentee_id", "state"])
            .index(&["mentor_id", "state"]),
    ]
}
