//! Series of events, and the seats that members always want there.

use crate::schema::{
    NewTable, choice, date, date_null, id, instant, instant_null, integer, integer_null, text, unique_text,
    uuid, uuid_null,
};

const CADENCES: &[&str] = &["weekly", "fortnightly", "monthly_weekday", "monthly_last", "monthly_date"];

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("series")
            .columns([
                id("id"),
                unique_text("slug"),
                choice("cadence", CADENCES),
                choice("short_month", &["skip", "last"]),
                date("first_on"),
                // The start times that dates have in turn, with spaces between them. Empty when all have the same.
                text("times"),
                // One of the two ends it.
                date_null("until"),
                integer_null("max_dates"),
                // How many dates of the rule were created. It never falls, so a date that was deleted stays deleted.
                integer("created_dates"),
                // When the next date is created. Null when there is none left.
                instant_null("creates_at"),
                instant_null("ended_at"),
                instant("created_at"),
            ])
            .index(&["creates_at"]),
        // Changes of several dates, which a job makes one by one.
        NewTable::new("series_edits")
            .columns([
                id("id"),
                uuid("series_id"),
                // Null for the operator.
                uuid_null("member_id"),
                choice("kind", &["edit", "cancel", "questions"]),
                // The number of the date in the form, and the lowest number that it concerns.
                integer("edited_number"),
                integer("from_number"),
                // The date in the form before and after, as JSON. Empty once the job is done.
                text("details_before"),
                text("details_after"),
                text("reason"),
                // The number of the date that was handled last.
                integer("position"),
                integer("done_dates"),
                integer("total_dates"),
                instant("created_at"),
                instant_null("finished_at"),
            ])
            .belongs_to("series_id", "series")
            .references("member_id", "members")
            .index(&["series_id", "finished_at"])
            .index(&["member_id"]),
        NewTable::new("series_rsvps")
            .columns([
                id("id"),
                uuid("series_id"),
                uuid("member_id"),
                instant("created_at"),
                // When to look whether the member missed two dates.
                instant_null("ask_at"),
                // The number of the last date that they were asked about. Earlier ones no longer count.
                integer("asked_number").default(0).take(),
            ])
            .belongs_to("series_id", "series")
            .references("member_id", "members")
            .unique(&["series_id", "member_id"])
            .index(&["ask_at"])
            .index(&["member_id"]),
    ]
}
