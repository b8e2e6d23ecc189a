//! The community, its members and their profiles.

use crate::schema::{
    NewTable, binary, binary_null, boolean, choice, choice_null, date, id, instant, instant_null, integer,
    text, text_null, unique_text, uuid, uuid_null,
};

/// The roles of a member in the community.
pub(super) const ROLES: &[&str] = &["member", "organiser", "administrator", "suspended"];
/// Readers that a part of a profile can be visible to.
pub(super) const AUDIENCES: &[&str] = &["everyone", "members", "me"];
/// The colours that a community can choose.
const COLOURS: &[&str] = &["brass", "teal", "moss", "sky", "plum", "rose"];
/// The longer texts of a community.
const TEXTS: &[&str] = &["welcome", "conduct", "privacy"];
const SENIORITIES: &[&str] = &["junior", "mid", "senior", "lead", "principal"];
const LEVELS: &[&str] = &["learning", "working", "teaching"];

/// The columns for who can see each part of a profile, with their defaults.
const PART_AUDIENCES: [(&str, &str); 13] = [
    ("name_audience", "members"),
    ("headline_audience", "members"),
    ("pronouns_audience", "members"),
    ("bio_audience", "members"),
    ("picture_audience", "members"),
    ("team_audience", "members"),
    ("seniority_audience", "members"),
    ("disciplines_audience", "everyone"),
    ("topics_audience", "members"),
    ("languages_audience", "members"),
    ("zone_audience", "members"),
    ("links_audience", "members"),
    ("events_audience", "members"),
];

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        // One row. Its lock keeps at least one administrator.
        NewTable::new("settings").columns([
            integer("id").primary_key().take(),
            text("community"),
            text("tagline").default("").take(),
            choice("sign_up", &["open", "invite"]),
            boolean("organisers_invite").default(false).take(),
            boolean("kudos_board").default(false).take(),
            choice("colour", COLOURS).default("brass").take(),
            // The name of the picture in `community_logo`, which changes together with it.
            text_null("logo"),
            // Whether the newest code of conduct has a text. Every page asks.
            boolean("has_conduct").default(false).take(),
            boolean("demo"),
            binary_null("setup_hash"),
            integer("version").default(1).take(),
            integer("keep_emails_days").default(90).take(),
            integer("keep_sign_ins_days").default(7).take(),
        ]),
        // Every version of each text. The newest one is shown.
        NewTable::new("community_texts")
            .columns([choice("kind", TEXTS), integer("version"), text("text"), instant("saved_at")])
            .primary_key(&["kind", "version"]),
        // One row, if there is a logo.
        NewTable::new("community_logo").columns([integer("id").primary_key().take(), binary("bytes")]),
        // One row.
        NewTable::new("installation").columns([
            integer("id").primary_key().take(),
            // Of the secret that signs links in emails, so that a changed secret is noticed.
            text("secret_fingerprint"),
            instant("accepted_at"),
        ]),
        // One row that readiness checks write to.
        NewTable::new("write_probe").columns([
            integer("id").primary_key().take(),
            crate::schema::big_integer("writes"),
            instant("written_at"),
        ]),
        NewTable::new("members")
            .columns([
                id("id"),
                text("name"),
                // The name with lookalike characters replaced, to find names that look the same.
                text("lookalike_key").default("").take(),
                // The name with a handle, if it looks like an administrator's.
                text_null("distinct_name"),
                text("headline").default("").take(),
                text_null("address"),
                text_null("address_key").unique_key().take(),
                choice("role", ROLES),
                text("zone"),
                text("locale"),
                text_null("demo_key").unique_key().take(),
                instant("joined_at"),
                // The Monday of the last email with the kudos of the week. At first the day of joining.
                date("kudos_week"),
                boolean("on_kudos_board").default(false).take(),
            ])
            .index(&["lookalike_key"])
            .index(&["joined_at"])
            .index(&["zone", "kudos_week", "id"]),
    ]
}

/// The tables that describe a member. They need the lists.
pub(super) fn profile_tables() -> Vec<NewTable> {
    vec![
        NewTable::new("teams")
            .columns([
                id("id"),
                unique_text("slug"),
                text("name"),
                uuid_null("parent_id"),
                text("purpose"),
                instant("created_at"),
                text_null("create_key").unique_key().take(),
            ])
            .references("parent_id", "teams")
            .index(&["parent_id"]),
        NewTable::new("profiles")
            .columns([
                uuid("member_id").primary_key().take(),
                unique_text("slug"),
                text("pronouns").default("").take(),
                text("bio").default("").take(),
                choice_null("seniority", SENIORITIES),
                uuid_null("team_id"),
                uuid_null("manager_id"),
            ])
            .columns(
                PART_AUDIENCES.map(|(column, default)| choice(column, AUDIENCES).default(default).take()),
            )
            .references("member_id", "members")
            .references("team_id", "teams")
            .references("manager_id", "members")
            .index(&["team_id"])
            .index(&["manager_id"]),
        NewTable::new("member_disciplines")
            .columns([uuid("member_id"), uuid("discipline_id")])
            .primary_key(&["member_id", "discipline_id"])
            .references("member_id", "members")
            .references("discipline_id", "disciplines")
            .index(&["discipline_id"]),
        NewTable::new("member_topics")
            .columns([uuid("member_id"), uuid("topic_id"), choice("level", LEVELS)])
            .primary_key(&["member_id", "topic_id"])
            .references("member_id", "members")
            .references("topic_id", "topics")
            .index(&["topic_id"]),
        NewTable::new("member_languages")
            .columns([uuid("member_id"), text("tag")])
            .primary_key(&["member_id", "tag"])
            .references("member_id", "members")
            .index(&["tag"]),
        NewTable::new("member_links")
            .columns([id("id"), uuid("member_id"), text("url"), instant_null("verified_at")])
            .references("member_id", "members")
            .index(&["member_id"]),
        NewTable::new("member_pictures")
            .columns([uuid("member_id").primary_key().take(), text("hash"), binary("bytes")])
            .references("member_id", "members"),
    ]
}
