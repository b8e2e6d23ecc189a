//! Sign-ups as rows of a spreadsheet: how cells are written and read (CSV in and out).

use chrono::NaiveDate;

use super::{About, AboutForm, Hours, LocalWeek, SignUpRole, taught_with_confidence};
use crate::{Refusal, Slug, Zone};

/// The columns of an export, in order. An import reads them by name and ignores `name`, `state` and `submitted_at`.
pub const EXPORT_COLUMNS: [&str; 14] = [
    "member",
    "name",
    "role",
    "state",
    "topics",
    "goal",
    "places",
    "hours_a_month",
    "paused_until",
    "languages",
    "zone",
    "hours",
    "answers",
    "submitted_at",
];
/// Columns that only an import has: when the person agreed, and whom the sign-up names. An export leaves them out,
/// because they are private to their author.
pub const IMPORT_COLUMNS: [&str; 5] = ["consented_on", "wishes", "would_like", "rather_not", "never"];
/// The days of the week in the column `hours`.
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A cell that no spreadsheet runs as a formula: text that starts like one gets an apostrophe in front.
#[must_use]
pub fn safe_cell(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The text of a cell, without the apostrophe that [`safe_cell`] added.
#[must_use]
pub fn cell_text(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// Hours as `Mon 09-12; Tue 14-16`, with the first hour and the hour of the end.
#[must_use]
pub fn write_hours(week: LocalWeek) -> String {
    let mut spans: Vec<(usize, u8, u8)> = Vec::new();
    for hour in week.hours() {
        let (day, hour) = (usize::from(hour / 24), hour % 24);
        match spans.last_mut() {
            Some((last, _, end)) if *last == day && *end == hour => *end += 1,
            _ => spans.push((day, hour, hour + 1)),
        }
    }
    let texts: Vec<String> =
        spans.iter().map(|(day, start, end)| format!("{} {start:02}-{end:02}", DAYS[*day])).collect();
    texts.join("; ")
}

/// Reads what [`write_hours`] wrote. `None` when it is something else.
#[must_use]
pub fn read_hours(text: &str) -> Option<LocalWeek> {
    let mut hours = Vec::new();
    for span in text.split(';').map(str::trim).filter(|span| !span.is_empty()) {
        let (day, times) = span.split_once(' ')?;
        let day = DAYS.iter().position(|name| name.eq_ignore_ascii_case(day))?;
        let (start, end) = times.trim().split_once('-')?;
        let (start, end): (u8, u8) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
        if start >= end || end > 24 {
            return None;
        }
        let first = u8::try_from(day).ok()? * 24;
        hours.extend((start..end).map(|hour| first + hour));
    }
    Some(LocalWeek::from_hours(hours))
}

/// A row of an import, with the names of records as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// The slug of the member's page, or their email address.
    pub member: String,
    /// The side.
    pub role: SignUpRole,
    /// The first step. Its answers are empty, because they are typed as texts.
    pub about: About,
    /// The text of the chosen option for each question, in the order of the questions. May be empty.
    pub answers: Vec<String>,
    /// The hours. The zone is `None` when the member's own is meant.
    pub week: LocalWeek,
    /// The zone of the hours.
    pub zone: Option<Zone>,
    /// The day on which the person agreed to take part. Without it, the sign-up becomes a draft, which its author
    /// sends.
    pub consented_on: Option<NaiveDate>,
    /// The people that the sign-up names, by column.
    pub people: Vec<(&'static str, Vec<Slug>)>,
}

impl ImportRow {
    /// The hours in their zone, or in the zone of the member.
    #[must_use]
    pub fn hours(&self, own: Zone) -> Hours {
        Hours { zone: self.zone.unwrap_or(own), week: self.week }
    }
}

/// A problem of one cell: its column and the reason.
pub type CellProblem = (String, Refusal);

/// Reads a row. `cell` gives the text of a column, empty when there is none.
///
/// # Errors
/// Every problem of the row, with its column.
pub fn read_row(cell: impl Fn(&str) -> String) -> Result<ImportRow, Vec<CellProblem>> {
    let mut problems: Vec<CellProblem> = Vec::new();
    let cell = |column: &str| cell_text(&cell(column)).to_owned();
    let mut bad = |column: &str, why: Refusal| problems.push((column.to_owned(), why));
    let list = |column: &str| -> Vec<String> {
        cell(column).split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
    };
    let member = cell("member");
    if member.is_empty() {
        bad("member", Refusal::Missing);
    }
    let role = cell("role").parse().ok();
    if role.is_none() {
        bad("role", Refusal::BadChoice);
    }
    let role = role.unwrap_or(SignUpRole::Mentee);
    let topics = list("topics");
    let topic = |at: usize| topics.get(at).cloned().unwrap_or_default();
    if role == SignUpRole::Mentee && topics.len() > super::MAX_ASKED {
        bad("topics", Refusal::TooMany { max: super::MAX_ASKED as i64 });
    }
    let form = AboutForm {
        topic_1: topic(0),
        topic_2: topic(1),
        topic_3: topic(2),
        goal: cell("goal"),
        places: cell("places"),
        hours_a_month: cell("hours_a_month"),
        paused_until: cell("paused_until"),
    };
    let taught = match role {
        SignUpRole::Mentor => taught_with_confidence(&topics),
        SignUpRole::Mentee => Vec::new(),
    };
    let about = match form.check(role, &taught, &[], &list("languages")) {
        Ok(about) => about,
        Err(found) => {
            for problem in found {
                let column = if problem.field.starts_with("topic_") { "topics" } else { &problem.field };
                bad(column, problem.why);
            }
            About::default()
        }
    };
    let zone = cell("zone");
    let read_zone: Option<Zone> = zone.parse().ok();
    if !zone.is_empty() && read_zone.is_none() {
        bad("zone", Refusal::BadZone);
    }
    let week = read_hours(&cell("hours"));
    if week.is_none() {
        bad("hours", Refusal::BadTime);
    }
    let consented = cell("consented_on");
    let consented_on = consented.parse().ok();
    if !consented.is_empty() && consented_on.is_none() {
        bad("consented_on", Refusal::BadDate);
    }
    let mut people = Vec::new();
    for column in &IMPORT_COLUMNS[1..] {
        let mut slugs = Vec::new();
        for name in list(column) {
            match Slug::parse(&name) {
                Some(slug) => slugs.push(slug),
                None => bad(column, Refusal::NobodyCalled),
            }
        }
        people.push((*column, slugs));
    }
    let answers = cell("answers").split(';').map(|answer| answer.trim().to_owned()).collect();
    if problems.is_empty() {
        let week = week.unwrap_or_default();
        Ok(ImportRow { member, role, about, answers, week, zone: read_zone, consented_on, people })
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            let safe = safe_cell(bad);
            assert!(safe.starts_with('\''), "{bad:?}");
        }
        assert_eq!(safe_cell("I want =1"), "I want =1");
        assert_eq!(cell_text(&safe_cell("=1+1")), "=1+1");
        assert_eq!(cell_text("'tis"), "'tis");
    }

    #[test]
    fn hours_are_read_back_as_written() {
        let week = LocalWeek::from_hours([9, 10, 11, 38, 39, 167]);
        assert_eq!(write_hours(week), "Mon 09-12; Tue 14-16; Sun 23-24");
        assert_eq!(read_hours(&write_hours(week)), Some(week));
        assert_eq!(read_hours("mon 9-12"), Some(LocalWeek::from_hours([9, 10, 11])));
        assert_eq!(read_hours(""), Some(LocalWeek::default()));
        for bad in ["Mon", "Mon 9", "Mon 12-9", "Mon 9-25", "Mo 9-12"] {
            assert_eq!(read_hours(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_bad_cell_of_a_row_is_named() {
        let row = |cells: &[(&str, &str)]| {
            let cells: Vec<(String, String)> =
                cells.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned())).collect();
            read_row(move |column| {
                cells
                    .iter()
                    .find(|(name, _)| name == column)
                    .map(|(_, text)| text.clone())
                    .unwrap_or_default()
            })
        };
        let good = row(&[
            ("member", "mei-tanaka"),
            ("role", "mentor"),
            ("topics", "rust:3; databases"),
            ("places", "2"),
            ("languages", "en; fi"),
            ("hours", "Mon 18-20"),
            ("never", "kofi-mensah"),
        ]);
        let good = good.unwrap();
        assert_eq!(good.about.topics.iter().map(|(_, confidence)| *confidence).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(good.people[3], ("never", vec![Slug::parse("kofi-mensah").unwrap()]));
        let bad = row(&[("role", "boss"), ("topics", "a;b;c;d"), ("zone", "Mars"), ("hours", "soon")]);
        let columns: Vec<String> = bad.unwrap_err().into_iter().map(|(column, _)| column).collect();
        assert_eq!(columns, ["member", "role", "topics", "zone", "hours"]);
    }
}
