//! Speed rounds: who signed up, and who meets whom in which wave.

use crate::schema::{
    NewTable, choice, id, instant, instant_null, integer, integer_null, text, text_null, uuid,
};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("speed_rounds")
            .columns([
                id("id"),
                uuid("programme_id"),
                text("title"),
                text("about"),
                // Where it takes place. Only people who signed up and coordinators read it.
                text("place"),
                instant("starts_at"),
                integer("waves"),
                // The minutes of a wave.
                integer("minutes"),
                choice("state", &["open", "published", "cancelled"]),
                // When the plan was made, and the digest of who had signed up then.
                instant_null("planned_at"),
                text_null("plan_digest"),
                // Raised with every edit.
                integer("version"),
                text_null("create_key").unique_key().take(),
            ])
            .references("programme_id", "mentoring_programmes")
            .index(&["programme_id"])
            .index(&["starts_at"]),
        NewTable::new("speed_sign_ups")
            .columns([
                id("id"),
                uuid("round_id"),
                uuid("member_id"),
                choice("role", &["mentee", "mentor"]),
                // The address of a mentor's call. Only the people who meet there read it.
                text("link"),
                // The table of a mentor, once there is a plan.
                integer_null("table_number"),
            ])
            .belongs_to("round_id", "speed_rounds")
            .references("member_id", "members")
            .unique(&["round_id", "member_id"])
            .index(&["member_id"]),
        NewTable::new("speed_sign_up_topics")
            .columns([uuid("sign_up_id"), uuid("topic_id"), integer("position")])
            .primary_key(&["sign_up_id", "topic_id"])
            .belongs_to("sign_up_id", "speed_sign_ups")
            .references("topic_id", "topics")
            .index(&["topic_id"]),
        // The keys keep anybody from being in two conversations at once, and two people from meeting twice.
        NewTable::new("speed_conversations")
            .columns([
                uuid("round_id"),
                uuid("mentee_sign_up_id"),
                uuid("mentor_sign_up_id"),
                // The first wave is 0.
                integer("wave"),
            ])
            .primary_key(&["mentee_sign_up_id", "wave"])
            .belongs_to("round_id", "speed_rounds")
            .belongs_to("mentee_sign_up_id", "speed_sign_ups")
            .belongs_to("mentor_sign_up_id", "speed_sign_ups")
            .unique(&["mentor_sign_up_id", "wave"])
            .unique(&["mentee_sign_up_id", "mentor_sign_up_id"])
            .index(&["round_id"]),
    ]
}
