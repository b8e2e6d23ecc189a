//! Dates, times and numbers in the reader's language, formatted by ICU4X.
//!
//! All formatting is in this file, so that a second language changes one place and the pseudo-locales cover
//! dates too. Only the server has ICU4X: its data would make the wasm module several times larger.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use domain::{Instant, Locale, Zone};
use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{
        self as fields,
        enums::{
            CalendarPeriodFieldSet, CompositeDateTimeFieldSet, DateAndTimeFieldSet, DateFieldSet,
            TimeFieldSet,
        },
    },
    input::{Date, DateTime, Time},
    options::TimePrecision,
};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::locale;

use super::{pseudo, quote, text_with};

/// The parts of a date and a time to write. The examples are English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `Tuesday 24 November 2026`.
    FullDate,
    /// `Tuesday 24 November`.
    LongDate,
    /// `Tue 24 Nov`, where the year is obvious.
    Date,
    /// `Tue 24 Nov 2026`.
    DateYear,
    /// `Tue 24 Nov, 18:00`, where the year is obvious.
    DateTime,
    /// `Tue 24 Nov 2026, 18:00`.
    DateTimeYear,
    /// `Tue 18:00`.
    WeekdayTime,
    /// `18:00`.
    Time,
    /// `24 Nov`, where the year is obvious.
    ShortDate,
    /// `24 Nov 2026`.
    ShortDateYear,
    /// `24 November`.
    MonthDay,
    /// `24 November 2026`.
    MonthDayYear,
    /// `November 2026`.
    MonthYear,
    /// `Nov`.
    Month,
    /// `Tue`.
    Weekday,
    /// `Tuesday`.
    LongWeekday,
    /// `24`.
    DayOfMonth,
}

impl Shape {
    const ALL: [Self; 17] = [
        Self::FullDate,
        Self::LongDate,
        Self::Date,
        Self::DateYear,
        Self::DateTime,
        Self::DateTimeYear,
        Self::WeekdayTime,
        Self::Time,
        Self::ShortDate,
        Self::ShortDateYear,
        Self::MonthDay,
        Self::MonthDayYear,
        Self::MonthYear,
        Self::Month,
        Self::Weekday,
        Self::LongWeekday,
        Self::DayOfMonth,
    ];

    fn fields(self) -> CompositeDateTimeFieldSet {
        let date = CompositeDateTimeFieldSet::Date;
        let period = CompositeDateTimeFieldSet::CalendarPeriod;
        let both = CompositeDateTimeFieldSet::DateTime;
        let minute = TimePrecision::Minute;
        match self {
            Self::FullDate => date(DateFieldSet::YMDE(fields::YMDE::long())),
            Self::LongDate => date(DateFieldSet::MDE(fields::MDE::long())),
            Self::Date => date(DateFieldSet::MDE(fields::MDE::medium())),
            Self::DateYear => date(DateFieldSet::YMDE(fields::YMDE::medium())),
            Self::DateTime => both(DateAndTimeFieldSet::MDET(fields::MDE::medium().with_time(minute))),
            Self::DateTimeYear => both(DateAndTimeFieldSet::YMDET(fields::YMDE::medium().with_time(minute))),
            Self::WeekdayTime => both(DateAndTimeFieldSet::ET(fields::E::short().with_time(minute))),
            Self::Time => CompositeDateTimeFieldSet::Time(TimeFieldSet::T(fields::T::hm())),
            Self::ShortDate => date(DateFieldSet::MD(fields::MD::medium())),
            Self::ShortDateYear => date(DateFieldSet::YMD(fields::YMD::medium())),
            Self::MonthDay => date(DateFieldSet::MD(fields::MD::long())),
            Self::MonthDayYear => date(DateFieldSet::YMD(fields::YMD::long())),
            Self::MonthYear => period(CalendarPeriodFieldSet::YM(fields::YM::long())),
            Self::Month => period(CalendarPeriodFieldSet::M(fields::M::medium())),
            Self::Weekday => date(DateFieldSet::E(fields::E::short())),
            Self::LongWeekday => date(DateFieldSet::E(fields::E::long())),
            Self::DayOfMonth => date(DateFieldSet::D(fields::D::medium())),
        }
    }

    /// CLDR's English has `Tue 24 Nov` but `Tue, 24 Nov 2026`. The comma is removed, so that all shapes look
    /// alike.
    fn has_comma_in_english(self) -> bool {
        matches!(self, Self::FullDate | Self::DateYear | Self::DateTimeYear)
    }
}

/// The formatters of a language. Creating them loads data, so it is done only once.
struct Formatters {
    /// In the order of [`Shape::ALL`]. `None` if ICU4X has no data for a shape; a test checks that it has.
    shapes: Vec<Option<FixedCalendarDateTimeFormatter<Gregorian, CompositeDateTimeFieldSet>>>,
    decimal: Option<DecimalFormatter>,
}

static BRITISH: LazyLock<Formatters> = LazyLock::new(|| {
    let locale = locale!("en-GB");
    let shape = |shape: Shape| FixedCalendarDateTimeFormatter::try_new((&locale).into(), shape.fields()).ok();
    Formatters {
        shapes: Shape::ALL.into_iter().map(shape).collect(),
        decimal: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
    }
});

/// The formatters of a locale. ICU4X doesn't know the pseudo-locales, so [`pseudo`] transforms its English
/// output.
fn formatters(locale: Locale) -> &'static Formatters {
    match locale {
        Locale::En | Locale::Pseudo | Locale::PseudoRtl => &BRITISH,
    }
}

/// A local date and time.
#[must_use]
pub fn wall(locale: Locale, wall: NaiveDateTime, shape: Shape) -> String {
    let Some(text) = by_icu(locale, wall, shape) else {
        tracing::error!(?shape, "no formatter for this date");
        return wall.format("%Y-%m-%d %H:%M").to_string();
    };
    let text = if shape.has_comma_in_english() { text.replacen(", ", " ", 1) } else { text };
    pseudo::formatted(locale, text)
}

fn by_icu(locale: Locale, wall: NaiveDateTime, shape: Shape) -> Option<String> {
    let small = |n: u32| u8::try_from(n).ok();
    let date = Date::try_new_gregorian(wall.year(), small(wall.month())?, small(wall.day())?).ok()?;
    let time = Time::try_new(small(wall.hour())?, small(wall.minute())?, 0, 0).ok()?;
    let at = Shape::ALL.iter().position(|one| *one == shape)?;
    let formatter = formatters(locale).shapes.get(at)?.as_ref()?;
    Some(formatter.format(&DateTime { date, time }).to_string())
}

/// A date, for shapes without a time.
#[must_use]
pub fn date(locale: Locale, date: NaiveDate, shape: Shape) -> String {
    wall(locale, date.and_time(NaiveTime::MIN), shape)
}

/// A point in time, in this zone.
#[must_use]
pub fn at(locale: Locale, at: Instant, zone: Zone, shape: Shape) -> String {
    wall(locale, zone.wall(at), shape)
}

/// A time span: `Tue 24 Nov, 18:00–19:30`, with both dates if they differ.
#[must_use]
pub fn span(locale: Locale, starts: Instant, ends: Instant, zone: Zone, shape: Shape) -> String {
    let (first, dash, last) = ends_of_span(starts, ends, zone, shape);
    format!("{}{dash}{}", at(locale, starts, zone, first), at(locale, ends, zone, last))
}

/// The shapes of start and end, and the dash between them.
#[must_use]
pub fn ends_of_span(
    starts: Instant,
    ends: Instant,
    zone: Zone,
    shape: Shape,
) -> (Shape, &'static str, Shape) {
    match (same_day(starts, ends, zone), shape) {
        (true, _) => (shape, "–", Shape::Time),
        (false, Shape::Time) => (Shape::WeekdayTime, " – ", Shape::WeekdayTime),
        (false, _) => (shape, " – ", shape),
    }
}

/// Whether a span is on one day in this zone. A span that ends at midnight still counts as one day.
#[must_use]
pub fn same_day(starts: Instant, ends: Instant, zone: Zone) -> bool {
    let last = (ends - chrono::Duration::seconds(1)).max(starts);
    ends - starts < chrono::Duration::hours(24) && zone.wall(starts).date() == zone.wall(last).date()
}

/// A range of dates: `16 November – 22 November 2026`.
#[must_use]
pub fn dates(locale: Locale, first: NaiveDate, last: NaiveDate) -> String {
    let shape = if first.year() == last.year() { Shape::MonthDay } else { Shape::MonthDayYear };
    let first = ("first", quote(date(locale, first, shape)));
    text_with(locale, "date-range", &[first, ("last", quote(date(locale, last, Shape::MonthDayYear)))])
}

/// A whole number with thousands separators: `12,345`.
#[must_use]
pub fn number(locale: Locale, number: i64) -> String {
    match &formatters(locale).decimal {
        Some(decimal) => decimal.format(&Decimal::from(number)).to_string(),
        None => number.to_string(),
    }
}

/// A chart figure with at most one decimal place: `3.3`, or `3` for whole numbers.
#[must_use]
pub fn figure(locale: Locale, figure: f64) -> String {
    let tenths = (figure * 10.0).round() as i64;
    if tenths % 10 == 0 {
        return number(locale, tenths / 10);
    }
    let mut decimal = Decimal::from(tenths);
    decimal.multiply_pow10(-1);
    match &formatters(locale).decimal {
        Some(formatter) => formatter.format(&decimal).to_string(),
        None => decimal.to_string(),
    }
}

/// The zone's UTC offset at this time: `UTC+0`, `UTC+5:45`, `UTC−3`.
#[must_use]
pub fn offset(zone: Zone, at: Instant) -> String {
    let text = zone.offset(at);
    let (sign, rest) = text.split_at(1);
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let sign = if sign == "-" { "−" } else { "+" };
    let hours = hours.trim_start_matches('0');
    let hours = if hours.is_empty() { "0" } else { hours };
    let minutes = if minutes.starts_with("00") { String::new() } else { format!(":{minutes}") };
    format!("UTC{sign}{hours}{minutes}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn wall_of(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn every_shape_has_its_formatter() {
        assert!(BRITISH.shapes.iter().all(Option::is_some) && BRITISH.decimal.is_some());
        assert_eq!(BRITISH.shapes.len(), Shape::ALL.len());
    }

    #[test]
    fn english_is_british() {
        let written = Shape::ALL.map(|shape| wall(Locale::En, wall_of("2026-11-24T18:05:00"), shape));
        assert_eq!(
            written,
            [
                "Tuesday 24 November 2026",
                "Tuesday 24 November",
                "Tue 24 Nov",
                "Tue 24 Nov 2026",
                "Tue 24 Nov, 18:05",
                "Tue 24 Nov 2026, 18:05",
                "Tue 18:05",
                "18:05",
                "24 Nov",
                "24 Nov 2026",
                "24 November",
                "24 November 2026",
                "November 2026",
                "Nov",
                "Tue",
                "Tuesday",
                "24",
            ]
        );
        assert_eq!(wall(Locale::En, wall_of("2026-03-01T00:00:00"), Shape::DateTime), "Sun 1 Mar, 00:00");
        let numbers = [0, 999, 12_345, -1_000].map(|n| number(Locale::En, n));
        assert_eq!(numbers, ["0", "999", "12,345", "-1,000"]);
        let figures = [3.0, 3.26, 0.0, 0.04, 12_345.5].map(|n| figure(Locale::En, n));
        assert_eq!(figures, ["3", "3.3", "0", "0", "12,345.5"]);
    }

    #[test]
    fn the_pseudo_locale_covers_names_of_days_and_months() {
        let text = wall(Locale::Pseudo, wall_of("2026-11-24T18:05:00"), Shape::FullDate);
        assert!(!text.chars().any(|c| c.is_ascii_alphabetic()), "{text}");
        assert!(text.contains("24") && text.contains("2026"), "{text}");
    }

    #[test]
    fn a_span_names_a_second_day_only_when_there_is_one() {
        let (starts, zone) = (instant("2026-11-24T18:00:00Z"), zone("Europe/London"));
        let until = |ends: &str| span(Locale::En, starts, instant(ends), zone, Shape::DateTime);
        assert_eq!(until("2026-11-24T19:30:00Z"), "Tue 24 Nov, 18:00–19:30");
        assert_eq!(until("2026-11-25T00:00:00Z"), "Tue 24 Nov, 18:00–00:00");
        assert_eq!(until("2026-11-25T00:30:00Z"), "Tue 24 Nov, 18:00 – Wed 25 Nov, 00:30");
        assert_eq!(until("2026-11-25T18:00:00Z"), "Tue 24 Nov, 18:00 – Wed 25 Nov, 18:00");
        let short = span(Locale::En, starts, instant("2026-11-25T01:00:00Z"), zone, Shape::Time);
        assert_eq!(short, "Tue 18:00 – Wed 01:00");
    }

    #[test]
    fn b4_a_span_over_the_clock_change_shows_what_clocks_show() {
        // Clocks in Berlin jump from 02:00 to 03:00, so two hours after 01:00 it is 04:00.
        let starts = instant("2026-03-29T00:00:00Z");
        let text = span(
            Locale::En,
            starts,
            starts + chrono::Duration::hours(2),
            zone("Europe/Berlin"),
            Shape::DateTime,
        );
        assert_eq!(text, "Sun 29 Mar, 01:00–04:00");
    }

    #[test]
    fn a_week_is_named_by_its_ends() {
        let date = |text: &str| text.parse().unwrap();
        let week = |first, last| dates(Locale::En, date(first), date(last));
        assert_eq!(week("2026-11-16", "2026-11-22"), "16 November – 22 November 2026");
        assert_eq!(week("2026-12-28", "2027-01-03"), "28 December 2026 – 3 January 2027");
    }

    #[test]
    fn an_offset_is_short() {
        let winter = instant("2026-01-01T00:00:00Z");
        let offsets =
            ["Europe/London", "Asia/Kathmandu", "America/New_York", "America/St_Johns", "Pacific/Apia"]
                .map(|name| offset(zone(name), winter));
        assert_eq!(offsets, ["UTC+0", "UTC+5:45", "UTC−5", "UTC−3:30", "UTC+13"]);
        assert_eq!(offset(zone("Europe/London"), instant("2026-07-01T00:00:00Z")), "UTC+1");
    }
}
