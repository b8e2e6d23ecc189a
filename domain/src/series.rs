//! Series: events that repeat (B7). A cadence gives dates on the calendar. The zone of each event turns them into
//! instants, so an event at 18:00 stays at 18:00 when the clocks change.

use chrono::{Datelike as _, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    Problems, Refusal,
    checks::Checks,
    events::{EventDetails, Seating},
    follow_the_sun::{MAX_ROTATION, turn},
    members::string_enum,
    time,
};

/// The most dates of a series: two years of a weekly one.
pub const MAX_DATES: usize = 104;
/// The fewest dates of a series.
pub const MIN_DATES: usize = 2;
/// How many days ahead the events of a series are created.
pub const DAYS_AHEAD: i64 = 182;

string_enum! {
    /// How often a series repeats. The first date decides the weekday or the day of the month.
    Cadence {
        /// Every week on the weekday of the first date.
        Weekly,
        /// Every two weeks on the weekday of the first date.
        Fortnightly,
        /// Every month on the weekday of the first date, such as the second Tuesday.
        MonthlyWeekday,
        /// Every month on the last such weekday, such as the last Friday.
        MonthlyLast,
        /// Every month on the same day of the month.
        MonthlyDate,
    }
}

string_enum! {
    /// What happens in a month that lacks the day: without a 31st, or without a fifth Friday.
    ShortMonth {
        /// The month has no date.
        Skip,
        /// The last day of the month, or the last such weekday.
        Last,
    }
}

/// When a series ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesEnd {
    /// After this number of dates, the first one included.
    After(usize),
    /// With the last date that is not later than this day.
    On(NaiveDate),
}

/// The rule that gives the dates of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRule {
    /// How often it repeats.
    pub cadence: Cadence,
    /// The first date.
    pub first: NaiveDate,
    /// What happens in a month that lacks the day.
    pub short_month: ShortMonth,
    /// When it ends.
    pub end: SeriesEnd,
    /// The start times that dates have in turn, the first date's first (B8). Empty when all have the same.
    pub times: Vec<NaiveTime>,
}

/// Which of its weekdays in the month a date is, from 1 to 5: 3 for the third Tuesday.
#[must_use]
pub fn ordinal(date: NaiveDate) -> u32 {
    date.day0() / 7 + 1
}

/// Whether a date is the last of its weekdays in the month.
#[must_use]
pub fn is_last(date: NaiveDate) -> bool {
    date.checked_add_signed(Duration::days(7)).is_none_or(|next| next.month() != date.month())
}

impl Cadence {
    /// Whether some months lack the day of a series that begins on `first`, so that a host has to choose.
    #[must_use]
    pub fn has_short_months(self, first: NaiveDate) -> bool {
        match self {
            Self::Weekly | Self::Fortnightly | Self::MonthlyLast => false,
            Self::MonthlyWeekday => ordinal(first) == 5,
            Self::MonthlyDate => first.day() > 28,
        }
    }

    /// By how many days the dates of such a series can move together. A longer move would bring them out of order.
    #[must_use]
    pub fn max_days(self) -> i64 {
        match self {
            Self::Weekly => 6,
            Self::Fortnightly => 13,
            Self::MonthlyWeekday | Self::MonthlyLast | Self::MonthlyDate => 27,
        }
    }

    /// Whether a series with this cadence can begin on `first`.
    #[must_use]
    pub fn fits(self, first: NaiveDate) -> bool {
        self != Self::MonthlyLast || is_last(first)
    }
}

impl SeriesRule {
    /// All its dates, the first one included. At most [`MAX_DATES`].
    #[must_use]
    pub fn dates(&self) -> Vec<NaiveDate> {
        self.unbounded().take(MAX_DATES).collect()
    }

    /// Where the rule puts a date on the clock, counted from 0. Without times in turn, it says the day only. `None` after
    /// the last date.
    #[must_use]
    pub fn place(&self, index: usize) -> Option<Place> {
        let day = self.dates().get(index).copied()?;
        Some(Place { day, time: turn(&self.times, index) })
    }

    /// The starts of all dates on the clock, for an event with this start.
    #[must_use]
    pub fn starts(&self, first: NaiveDateTime) -> Vec<NaiveDateTime> {
        let dates = self.dates().into_iter().enumerate();
        dates.map(|(n, day)| day.and_time(turn(&self.times, n).unwrap_or(first.time()))).collect()
    }

    /// Whether it has more dates than a series may have.
    fn is_too_long(&self) -> bool {
        self.unbounded().nth(MAX_DATES).is_some()
    }

    fn unbounded(&self) -> impl Iterator<Item = NaiveDate> + use<'_> {
        let until = match self.end {
            SeriesEnd::After(count) => (count, NaiveDate::MAX),
            SeriesEnd::On(last) => (usize::MAX, last),
        };
        // No cadence lacks a date for more than a few months, so a step without one is passed over.
        (0..)
            .map_while(|step| self.step(step))
            .flatten()
            .take_while(move |date| *date <= until.1 && time::YEARS.contains(&date.year()))
            .take(until.0)
    }

    /// The date of a week or a month, counted from the first one. `Some(None)` where the month has none, `None`
    /// at the end of the calendar.
    fn step(&self, step: u32) -> Option<Option<NaiveDate>> {
        let weeks = |weeks: i64| self.first.checked_add_signed(Duration::weeks(weeks * i64::from(step)));
        let month = || self.first.with_day(1)?.checked_add_months(Months::new(step));
        let last = self.short_month == ShortMonth::Last;
        match self.cadence {
            Cadence::Weekly => weeks(1).map(Some),
            Cadence::Fortnightly => weeks(2).map(Some),
            Cadence::MonthlyDate => {
                let month = month()?;
                let date = month.with_day(self.first.day());
                Some(date.or_else(|| last_day(month).filter(|_| last)))
            }
            Cadence::MonthlyWeekday => {
                let month = month()?;
                let nth = u8::try_from(ordinal(self.first)).ok()?;
                let date = NaiveDate::from_weekday_of_month_opt(
                    month.year(),
                    month.month(),
                    self.first.weekday(),
                    nth,
                );
                Some(date.or_else(|| last_weekday(month, self.first.weekday()).filter(|_| last)))
            }
            Cadence::MonthlyLast => Some(last_weekday(month()?, self.first.weekday())),
        }
    }
}

/// Where a rule puts a date on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The day.
    pub day: NaiveDate,
    /// The start time, in a series whose dates have different ones in turn (B8).
    pub time: Option<NaiveTime>,
}

impl Place {
    /// The start, and by how much another start is later. Without a time of its own, it has the time of the other one.
    #[must_use]
    pub fn delay_of(self, start: NaiveDateTime) -> Duration {
        start - self.day.and_time(self.time.unwrap_or(start.time()))
    }

    /// The details of an event like this one at this place, later by `delay`. Registration opens and closes as long before
    /// as at the other event.
    #[must_use]
    pub fn of(self, details: &EventDetails, delay: Duration) -> EventDetails {
        let starts = self.day.and_time(self.time.unwrap_or(details.starts.time())) + delay;
        let shift = starts - details.starts;
        EventDetails {
            starts,
            opens: details.opens.map(|wall| wall + shift),
            closes: details.closes.map(|wall| wall + shift),
            ..details.clone()
        }
    }
}

/// The last day of the month that begins on `month`.
fn last_day(month: NaiveDate) -> Option<NaiveDate> {
    month.checked_add_months(Months::new(1))?.pred_opt()
}

fn last_weekday(month: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    [5, 4]
        .into_iter()
        .find_map(|nth| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), weekday, nth))
}

string_enum! {
    /// Which dates of a series a change applies to (B5).
    EditScope {
        /// This date only. It then counts as changed on its own.
        One,
        /// This date and the following ones that were not changed on their own.
        Following,
        /// All dates ahead that were not changed on their own.
        All,
    }
}

string_enum! {
    /// What a change of a series does with one of its dates (B5).
    DateOutcome {
        /// It changes, or is cancelled.
        Changes,
        /// It is like this already.
        Same,
        /// It was changed on its own, so it stays as it is.
        ChangedOnItsOwn,
        /// It has begun or is over. The past never changes.
        Begun,
        /// It is cancelled already.
        Cancelled,
        /// It would be over at its new time, so it stays as it is.
        TooLate,
        /// It is a draft, which nobody was told of. It is not cancelled.
        Draft,
    }
}

/// A change of one date that other dates of its series follow (B5). Only what differs between the two applies to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesChange {
    /// The edited date before.
    pub was: EventDetails,
    /// The edited date as it becomes.
    pub now: EventDetails,
}

impl SeriesChange {
    /// By how many days the edited date moves. 0 for a new time on the same day.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.now.starts.date() - self.was.starts.date()).num_days()
    }

    /// Another date of the series after the change. `places` are where the rule puts the edited date and the other one.
    /// A date that moves is as many days from its own as the edited date, so applying the change twice moves it once. The
    /// time on the clock is taken over, so it stays the same when clocks change (B1). Where dates have different times in
    /// turn, each moves by as much as the edited one (B8).
    #[must_use]
    pub fn applied_to(&self, other: &EventDetails, places: (Place, Place)) -> EventDetails {
        let Self { was, now } = self;
        let (edited, own) = places;
        let starts = if own.time.is_some() {
            match was.starts == now.starts {
                true => other.starts,
                false => own.of(other, edited.delay_of(now.starts)).starts,
            }
        } else {
            let day = match self.days() {
                0 => other.starts.date(),
                _ => own.day + (now.starts.date() - edited.day),
            };
            day.and_time(pick(&was.starts.time(), &now.starts.time(), &other.starts.time()))
        };
        let shift = match own.time {
            Some(_) => starts - now.starts,
            None => starts.date() - now.starts.date(),
        };
        // Registration opens and closes as many days before as at the edited date.
        let wall = |was: Option<NaiveDateTime>, now: Option<NaiveDateTime>, own| {
            if was == now { own } else { now.map(|wall| wall + shift) }
        };
        EventDetails {
            title: pick(&was.title, &now.title, &other.title),
            kind: pick(&was.kind, &now.kind, &other.kind),
            summary: pick(&was.summary, &now.summary, &other.summary),
            description: pick(&was.description, &now.description, &other.description),
            group: pick(&was.group, &now.group, &other.group),
            place: pick(&was.place, &now.place, &other.place),
            join_url: pick(&was.join_url, &now.join_url, &other.join_url),
            starts,
            zone: pick(&was.zone, &now.zone, &other.zone),
            minutes: pick(&was.minutes, &now.minutes, &other.minutes),
            capacity: pick(&was.capacity, &now.capacity, &other.capacity),
            guests_max: pick(&was.guests_max, &now.guests_max, &other.guests_max),
            opens: wall(was.opens, now.opens, other.opens),
            closes: wall(was.closes, now.closes, other.closes),
            attendee_list: pick(&was.attendee_list, &now.attendee_list, &other.attendee_list),
            seating: Seating {
                approval: pick(&was.seating.approval, &now.seating.approval, &other.seating.approval),
                promotion: pick(&was.seating.promotion, &now.seating.promotion, &other.seating.promotion),
                hold_minutes: pick(
                    &was.seating.hold_minutes,
                    &now.seating.hold_minutes,
                    &other.seating.hold_minutes,
                ),
                freeze_minutes: pick(
                    &was.seating.freeze_minutes,
                    &now.seating.freeze_minutes,
                    &other.seating.freeze_minutes,
                ),
                online_capacity: pick(
                    &was.seating.online_capacity,
                    &now.seating.online_capacity,
                    &other.seating.online_capacity,
                ),
            },
        }
    }
}

/// The own value where the change leaves it alone, otherwise the new one.
fn pick<T: Clone + PartialEq>(was: &T, now: &T, own: &T) -> T {
    if was == now { own.clone() } else { now.clone() }
}

/// The form that makes a series from an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesForm {
    /// See [`SeriesRule::cadence`].
    pub cadence: String,
    /// See [`SeriesRule::short_month`].
    pub short_month: String,
    /// `after` a number of dates, or `on` a date.
    pub ends: String,
    /// The number of dates, the first one included.
    pub count: String,
    /// The last possible date.
    pub until: String,
    /// The start times after the first date's, in turn, such as `17:00, 01:00`. Empty when all dates have the same.
    pub times: String,
}

impl SeriesForm {
    /// The form that hosts see first: a year of the same weekday of the month, such as the second Tuesday. Many months
    /// lack a fifth one, so a series that begins on it is on the last one.
    #[must_use]
    pub fn start(first: NaiveDate) -> Self {
        let cadence = if ordinal(first) == 5 { Cadence::MonthlyLast } else { Cadence::MonthlyWeekday };
        Self {
            cadence: cadence.name().to_owned(),
            short_month: ShortMonth::Skip.name().to_owned(),
            ends: "after".to_owned(),
            count: "12".to_owned(),
            until: String::new(),
            times: String::new(),
        }
    }

    /// The rule of a series whose first date starts at `start` on its clock.
    ///
    /// # Errors
    /// The problems of its fields. `SeriesTooShort` when there is no second date, `SeriesTooLong` when there are more
    /// than [`MAX_DATES`], `NotLastWeekday` when the first date does not fit the cadence, `BadTurns` for wrong times or
    /// more than [`MAX_ROTATION`].
    pub fn check(&self, start: NaiveDateTime) -> Result<SeriesRule, Problems> {
        let mut checks = Checks::default();
        let first = start.date();
        let cadence = checks.choice::<Cadence>("cadence", &self.cadence);
        if cadence.is_some_and(|cadence| !cadence.fits(first)) {
            checks.problem("cadence", Refusal::NotLastWeekday);
        }
        let short_month = match self.short_month.trim() {
            "" => Some(ShortMonth::Skip),
            text => checks.choice("short_month", text),
        };
        let (min, max) = (MIN_DATES as i64, MAX_DATES as i64);
        let end = match self.ends.trim() {
            "on" => checks.date("until", &self.until).map(SeriesEnd::On),
            "after" => {
                if self.count.trim().is_empty() {
                    checks.problem("count", Refusal::Missing);
                }
                let count = checks.number("count", &self.count, min, max);
                count.and_then(|count| usize::try_from(count).ok()).map(SeriesEnd::After)
            }
            _ => {
                checks.problem("ends", Refusal::BadChoice);
                None
            }
        };
        let times = self.turns(start.time());
        if times.is_none() {
            checks.problem("times", Refusal::BadTurns { max: MAX_ROTATION as i64 - 1 });
        }
        let rule = (|| {
            Some(SeriesRule { cadence: cadence?, first, short_month: short_month?, end: end?, times: times? })
        })();
        if let Some(rule) = &rule {
            let field = if matches!(rule.end, SeriesEnd::On(_)) { "until" } else { "count" };
            if rule.dates().len() < MIN_DATES {
                checks.problem(field, Refusal::SeriesTooShort);
            } else if rule.is_too_long() {
                checks.problem(field, Refusal::SeriesTooLong { max });
            }
        }
        checks.finish(rule)
    }

    /// The times that dates have in turn, the first date's first. Empty without others. `None` when one is wrong.
    fn turns(&self, first: NaiveTime) -> Option<Vec<NaiveTime>> {
        let separators = |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '·');
        let parts: Vec<&str> = self.times.split(separators).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Some(Vec::new());
        }
        let mut times = vec![first];
        for part in parts {
            let text = if part.contains(':') { part.to_owned() } else { format!("{part}:00") };
            times.push(NaiveTime::parse_from_str(&text, "%H:%M").ok()?);
        }
        (times.len() <= MAX_ROTATION).then_some(times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(details: &EventDetails, day: NaiveDate) -> EventDetails {
        Place { day, time: None }.of(details, Duration::zero())
    }

    fn rule(cadence: Cadence, first: &str, short_month: ShortMonth, end: SeriesEnd) -> SeriesRule {
        SeriesRule { cadence, first: date(first), short_month, end, times: Vec::new() }
    }

    fn days(rule: SeriesRule) -> Vec<String> {
        rule.dates().iter().map(NaiveDate::to_string).collect()
    }

    #[test]
    fn b7_the_second_tuesday_of_each_month_for_a_year() {
        let rule = rule(Cadence::MonthlyWeekday, "2027-01-12", ShortMonth::Skip, SeriesEnd::After(12));
        assert_eq!(
            days(rule),
            [
                "2027-01-12",
                "2027-02-09",
                "2027-03-09",
                "2027-04-13",
                "2027-05-11",
                "2027-06-08",
                "2027-07-13",
                "2027-08-10",
                "2027-09-14",
                "2027-10-12",
                "2027-11-09",
                "2027-12-14",
            ]
        );
    }

    #[test]
    fn b7_months_without_a_31st_are_skipped_or_use_their_last_day() {
        let of =
            |short| days(rule(Cadence::MonthlyDate, "2027-12-31", short, SeriesEnd::On(date("2028-05-31"))));
        assert_eq!(of(ShortMonth::Skip), ["2027-12-31", "2028-01-31", "2028-03-31", "2028-05-31"]);
        assert_eq!(
            of(ShortMonth::Last),
            ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31"]
        );
    }

    #[test]
    fn b7_months_without_a_fifth_friday_are_skipped_or_use_the_last_one() {
        let of = |short| days(rule(Cadence::MonthlyWeekday, "2027-01-29", short, SeriesEnd::After(4)));
        assert_eq!(of(ShortMonth::Skip), ["2027-01-29", "2027-04-30", "2027-07-30", "2027-10-29"]);
        assert_eq!(of(ShortMonth::Last), ["2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30"]);
    }

    #[test]
    fn b7_the_last_friday_is_the_fourth_or_the_fifth() {
        let rule = rule(Cadence::MonthlyLast, "2027-01-29", ShortMonth::Skip, SeriesEnd::After(4));
        assert_eq!(days(rule), ["2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30"]);
    }

    #[test]
    fn b7_a_fortnight_has_two_weeks() {
        let until = SeriesEnd::On(date("2027-02-10"));
        let rule = rule(Cadence::Fortnightly, "2027-01-12", ShortMonth::Skip, until);
        assert_eq!(days(rule), ["2027-01-12", "2027-01-26", "2027-02-09"]);
    }

    /// B1, B7: the time on the clock stays across both changes of a year, and a skipped time moves forward (B2).
    #[test]
    fn b7_a_year_of_dates_keeps_its_time_on_the_clock() {
        let mut details = crate::events::tests::event(None).details;
        details.zone = "Europe/London".parse().unwrap();
        details.starts = "2027-01-12T18:00:00".parse().unwrap();
        details.closes = Some("2027-01-10T20:00:00".parse().unwrap());
        let rule = rule(Cadence::MonthlyWeekday, "2027-01-12", ShortMonth::Skip, SeriesEnd::After(12));
        let hours: Vec<String> = rule
            .dates()
            .into_iter()
            .map(|date| on(&details, date).instants().0.format("%H").to_string())
            .collect();
        assert_eq!(hours.join(" "), "18 18 18 17 17 17 17 17 17 17 18 18");
        let closes = on(&details, date("2027-04-13")).closes.map(|wall| wall.to_string());
        assert_eq!(closes.as_deref(), Some("2027-04-11 20:00:00"));
        // 01:30 does not exist in London on 28 March 2027, and occurs twice on 31 October.
        details.starts = "2027-01-31T01:30:00".parse().unwrap();
        let at = |day: &str| on(&details, date(day)).instants().0.to_string();
        assert_eq!(at("2027-03-28"), "2027-03-28 01:30:00 UTC");
        assert_eq!(at("2027-10-31"), "2027-10-31 00:30:00 UTC");
    }

    #[test]
    fn b8_dates_have_their_times_in_turn() {
        let start: NaiveDateTime = "2027-01-12T09:00:00".parse().unwrap();
        let check = |times: &str| {
            let form = SeriesForm {
                cadence: "weekly".into(),
                count: "5".into(),
                times: times.into(),
                ..SeriesForm::start(start.date())
            };
            form.check(start).map_err(|mut wrong| wrong.remove(0).why)
        };
        let rule = check("17:00, 1").unwrap();
        let times: Vec<_> = rule.starts(start).iter().map(|at| at.format("%d. %H:%M").to_string()).collect();
        assert_eq!(times, ["12. 09:00", "19. 17:00", "26. 01:00", "02. 09:00", "09. 17:00"]);
        assert_eq!(check("").unwrap().times, Vec::<NaiveTime>::new());
        assert_eq!(check("25:00"), Err(Refusal::BadTurns { max: 5 }));
        assert_eq!(check("1 2 3 4 5 6"), Err(Refusal::BadTurns { max: 5 }));
        assert!(check("1 2 3 4 5").is_ok(), "control");
    }

    #[test]
    fn b8_an_edit_moves_each_time_by_as_much() {
        let mut was = crate::events::tests::event(None).details;
        was.starts = "2027-01-12T09:00:00".parse().unwrap();
        was.closes = Some("2027-01-12T08:00:00".parse().unwrap());
        let place = |day: &str, hour| Place { day: date(day), time: NaiveTime::from_hms_opt(hour, 0, 0) };
        let (edited, own) = (place("2027-01-12", 9), place("2027-01-19", 17));
        let other = own.of(&was, Duration::zero());
        assert_eq!(other.starts.to_string(), "2027-01-19 17:00:00");
        let mut now = was.clone();
        now.starts += Duration::hours(1);
        now.closes = now.closes.map(|at| at + Duration::hours(1));
        let change = SeriesChange { was: was.clone(), now: now.clone() };
        let moved = change.applied_to(&other, (edited, own));
        assert_eq!(moved.starts.to_string(), "2027-01-19 18:00:00");
        assert_eq!(moved.closes.unwrap().to_string(), "2027-01-19 17:00:00");
        assert_eq!(change.applied_to(&moved, (edited, own)), moved, "a second time changes nothing");
        // The next dates follow.
        assert_eq!(edited.delay_of(now.starts), Duration::hours(1));
        // Control: without times in turn, all dates have the time of the edited one.
        let day = |place: Place| Place { time: None, ..place };
        let same = change.applied_to(&other, (day(edited), day(own)));
        assert_eq!(same.starts.to_string(), "2027-01-19 10:00:00");
    }

    #[test]
    fn b7_a_form_says_what_is_wrong() {
        let first = date("2027-01-12");
        let check = |change: fn(&mut SeriesForm)| {
            let mut form = SeriesForm::start(first);
            change(&mut form);
            form.check(first.and_time(NaiveTime::MIN)).map(|rule| rule.dates().len()).map_err(|wrong| {
                wrong.into_iter().map(|problem| (problem.field, problem.why)).collect::<Vec<_>>()
            })
        };
        let wrong = |field: &str, why: Refusal| Err(vec![(field.to_owned(), why)]);
        assert_eq!(check(|_| ()), Ok(12));
        assert_eq!(check(|form| form.cadence = "daily".into()), wrong("cadence", Refusal::BadChoice));
        assert_eq!(
            check(|form| form.cadence = "monthly_last".into()),
            wrong("cadence", Refusal::NotLastWeekday)
        );
        assert_eq!(check(|form| form.count.clear()), wrong("count", Refusal::Missing));
        assert_eq!(
            check(|form| form.count = "105".into()),
            wrong("count", Refusal::BadNumber { min: 2, max: 104 })
        );
        let until = |day: &str| {
            let form = SeriesForm { ends: "on".into(), until: day.into(), ..SeriesForm::start(first) };
            form.check(first.and_time(NaiveTime::MIN))
                .map(|rule| rule.dates().len())
                .map_err(|mut wrong| wrong.remove(0).why)
        };
        assert_eq!(until("2027-12-13"), Ok(11));
        assert_eq!(until("2027-12-14"), Ok(12));
        assert_eq!(until("2027-02-08"), Err(Refusal::SeriesTooShort));
        assert_eq!(until("2036-01-01"), Err(Refusal::SeriesTooLong { max: 104 }));
    }

    proptest! {
        #[test]
        fn b7_dates_follow_the_cadence(
            day in 0i64..20_000,
            cadence in prop::sample::select(Cadence::ALL),
            short in prop::sample::select(ShortMonth::ALL),
            count in MIN_DATES..=MAX_DATES,
        ) {
            let first = date("2000-01-01") + Duration::days(day);
            prop_assume!(cadence.fits(first));
            let rule = SeriesRule {
                cadence,
                first,
                short_month: short,
                end: SeriesEnd::After(count),
                times: Vec::new(),
            };
            let dates = rule.dates();
            prop_assert_eq!(dates.len(), count);
            prop_assert_eq!(dates[0], first);
            for pair in dates.windows(2) {
                let days = (pair[1] - pair[0]).num_days();
                let months = (pair[1].year() - pair[0].year()) * 12 + pair[1].month() as i32
                    - pair[0].month() as i32;
                match cadence {
                    Cadence::Weekly => prop_assert_eq!(days, 7),
                    Cadence::Fortnightly => prop_assert_eq!(days, 14),
                    Cadence::MonthlyLast => {
                        prop_assert_eq!(months, 1);
                        prop_assert!(is_last(pair[1]) && pair[1].weekday() == first.weekday());
                    }
                    Cadence::MonthlyWeekday => {
                        prop_assert_eq!(pair[1].weekday(), first.weekday());
                        let same = ordinal(pair[1]) == ordinal(first);
                        prop_assert!(same || short == ShortMonth::Last && is_last(pair[1]));
                        prop_assert!(months == 1 || short == ShortMonth::Skip && ordinal(first) == 5);
                    }
                    Cadence::MonthlyDate => {
                        let same = pair[1].day() == first.day();
                        prop_assert!(same || short == ShortMonth::Last && pair[1].day() < first.day());
                        prop_assert!(months == 1 || short == ShortMonth::Skip && first.day() > 28);
                    }
                }
            }
            // The same dates follow from the last one as the end.
            let until = SeriesRule { end: SeriesEnd::On(dates[count - 1]), ..rule };
            prop_assert_eq!(until.dates(), dates);
        }
    }
}
