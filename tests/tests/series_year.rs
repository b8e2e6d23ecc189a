//! A year of a monthly series, as its organiser and a member with a standing RSVP live it. After each step, the member's
//! calendar agrees with the pages (B1, B5, B6, B7, B9, C3, C12).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;

use calcard::common::IanaString as _;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use domain::{
    Actor, Instant, Locale, Slug,
    events::{EventForm, EventStatus, RsvpState},
    series::{EditScope, SeriesForm},
};
use icalendar::parser::{read_calendar, unfold};
use store::{events, feeds, runner, series};
use tests::{Guild, event_form, guild_test};

const TITLE: &str = "Year of suppers";
/// How long a date stays in a feed after its end.
const KEPT: Duration = Duration::days(30);

/// What a calendar says about one date.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    starts: Instant,
    ends: Instant,
    sequence: i64,
    status: String,
}

type Lines = BTreeMap<String, Line>;

/// Reads a calendar with the crate `icalendar`.
fn by_icalendar(text: &str) -> Lines {
    let text = unfold(text);
    let calendar = read_calendar(&text).unwrap();
    let events = calendar.components.iter().filter(|component| component.name == "VEVENT");
    let lines =
        events.filter(|event| event.find_prop("SUMMARY").unwrap().val.as_str() == TITLE).map(|event| {
            let value = |name: &str| event.find_prop(name).unwrap().val.as_str().to_owned();
            let at =
                |name: &str| NaiveDateTime::parse_from_str(&value(name), "%Y%m%dT%H%M%SZ").unwrap().and_utc();
            let line = Line {
                starts: at("DTSTART"),
                ends: at("DTEND"),
                sequence: value("SEQUENCE").parse().unwrap(),
                status: value("STATUS"),
            };
            (value("UID"), line)
        });
    lines.collect()
}

/// Reads a calendar with the crate `calcard`, which did not write it.
fn by_calcard(text: &str) -> Lines {
    let calendar = ICalendar::parse(text).unwrap();
    let mut lines = Lines::new();
    for event in calendar.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent)
    {
        let value = |property| event.property(&property).unwrap().values.first().unwrap();
        if value(ICalendarProperty::Summary).as_text() != Some(TITLE) {
            continue;
        }
        let at = |property| -> DateTime<Utc> {
            let ICalendarValue::PartialDateTime(at) = value(property) else { panic!("{event:?}") };
            DateTime::from_timestamp(at.to_timestamp().unwrap(), 0).unwrap()
        };
        let ICalendarValue::Integer(sequence) = value(ICalendarProperty::Sequence) else {
            panic!("{event:?}")
        };
        let line = Line {
            starts: at(ICalendarProperty::Dtstart),
            ends: at(ICalendarProperty::Dtend),
            sequence: *sequence,
            status: event.status().unwrap().as_str().to_owned(),
        };
        lines.insert(event.uid().unwrap().to_owned(), line);
    }
    lines
}

/// The member, her calendar, and what it said last.
struct Year<'a> {
    g: &'a Guild,
    grace: Actor,
    mei: Actor,
    series: Slug,
    feed: String,
    last: Lines,
}

impl Year<'_> {
    /// Lets everything happen that is due, also emails that wait for ten minutes.
    async fn settle(&self) {
        for minutes in [0, 11, 61] {
            self.g.advance(Duration::minutes(minutes));
            runner::run_due(&self.g.store).await.unwrap();
        }
    }

    /// The dates as Mei's page of the series lists them.
    async fn dates(&self) -> Vec<events::EventCard> {
        series::page(&self.g.store, &self.mei, &self.series).await.unwrap().dates
    }

    async fn edit(&self, date: &Slug, scope: EditScope, change: impl FnOnce(&mut EventForm)) {
        let event = events::page(&self.g.store, &self.grace, date).await.unwrap().event;
        let mut form = event.details.to_form(event.version);
        change(&mut form);
        let (details, version) = (form.check().unwrap(), event.version);
        if scope == EditScope::One {
            events::edit(&self.g.store, &self.grace, date, details, version).await.unwrap();
        } else {
            series::edit_dates(&self.g.store, &self.grace, date, scope, details, version).await.unwrap();
        }
    }

    /// The number of the date after which Mei was asked whether she still wants her seat. 0 when she was not asked.
    async fn asked(&self) -> i64 {
        let of =
            "SELECT CAST(MAX(asked_number) AS BIGINT) FROM series_rsvps JOIN series ON series.id = series_id";
        self.g.number(&format!("{of} WHERE slug = '{}'", self.series)).await
    }

    /// Moves the clock to an hour after the end of a date.
    async fn after(&self, date: usize) {
        let ends = self.dates().await[date].ends_at + Duration::hours(1);
        // Month by month, so that dates are created and covered in time.
        while self.g.now() < ends {
            self.g.advance((ends - self.g.now()).min(Duration::days(14)));
            runner::run_due(&self.g.store).await.unwrap();
            runner::run_due(&self.g.store).await.unwrap();
        }
    }

    /// Compares the calendar, read twice, with the pages of all dates.
    async fn check(&mut self, step: &str) {
        self.settle().await;
        let portal = self.g.portal(&[]).await;
        let text = portal.browser().get(&self.feed).await.body;
        portal.stop().await;
        let lines = by_icalendar(&text);
        assert_eq!(by_calcard(&text), lines, "{step}: two readers");
        // Control: both readers notice a time, a status and a sequence that are wrong, and an entry that is missing.
        for (from, to) in [
            ("DTSTART:20", "DTSTART:19"),
            ("STATUS:", "STATUS:TENTATIVE\r\nX-WAS:"),
            ("SEQUENCE:", "SEQUENCE:9"),
            ("UID:", "UID:x"),
        ] {
            let wrong = text.replace(from, to);
            let is_noticed = by_icalendar(&wrong) != lines && by_calcard(&wrong) != lines;
            assert!(is_noticed || lines.is_empty(), "{step}: {from}");
        }
        let mut expected = Lines::new();
        for date in self.dates().await {
            let page = events::page(&self.g.store, &self.mei, &date.slug).await.unwrap();
            let rsvp = page.rsvp.filter(|rsvp| RsvpState::ACTIVE.contains(&rsvp.state));
            let Some(rsvp) = rsvp.filter(|_| date.ends_at > self.g.now() - KEPT) else { continue };
            let path = format!("/events/{}", date.slug);
            let html = self.g.page(&self.g.visit(Some("mei"), &path, Locale::En).await).await.html;
            let starts = date.starts_at.format("datetime=\"%Y-%m-%dT%H:%M:%SZ\"").to_string();
            assert!(html.contains(&starts), "{step}: {path} {starts}");
            let status = if date.status == EventStatus::Cancelled { "CANCELLED" } else { "CONFIRMED" };
            let line = Line {
                starts: date.starts_at,
                ends: date.ends_at,
                sequence: i64::from(rsvp.sequence) - 1,
                status: status.into(),
            };
            expected.insert(rsvp.id.to_string(), line);
        }
        assert_eq!(lines, expected, "{step}");
        // An entry keeps its UID, and a new time has a higher SEQUENCE.
        for (uid, line) in &lines {
            let Some(before) = self.last.get(uid) else { continue };
            let has_moved = before.starts != line.starts || before.status != line.status;
            assert!(line.sequence >= before.sequence + i64::from(has_moved), "{step}: {before:?} {line:?}");
        }
        self.last = lines;
    }
}

/// B1, B5, B6, B7, B9, C3, C12: see the module.
#[guild_test]
async fn b7_a_year_of_a_series_agrees_with_the_calendar(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    // The second Tuesday of each month, from December to November.
    let form = EventForm { title: TITLE.into(), date: "2026-12-08".into(), ..event_form(Some(9)) };
    let event = events::create(&g.store, &grace, form.check().unwrap(), "").await.unwrap();
    events::publish(&g.store, &grace, &event).await.unwrap();
    let first = "2026-12-08".parse().unwrap();
    let rule = SeriesForm::start(first).check("2026-12-08T18:00:00".parse().unwrap()).unwrap();
    let series = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let feed = format!("/feeds/{}.ics", feeds::make(&g.store, &mei).await.unwrap());
    let mut year = Year { g: &g, grace, mei, series, feed, last: Lines::new() };
    year.check("before the standing RSVP").await;
    assert!(year.last.is_empty());
    series::always(&g.store, &year.mei, &year.series).await.unwrap();
    year.check("the standing RSVP").await;
    assert_eq!(year.last.len(), 6, "half a year");
    // A date moves to the next day, another one is cancelled, and Mei declines a third one.
    let dates = year.dates().await;
    year.edit(&dates[2].slug, EditScope::One, |form| form.date = "2027-02-10".into()).await;
    year.check("one date moved").await;
    events::cancel(&g.store, &year.grace, &dates[1].slug, "The kitchen is closed.").await.unwrap();
    year.check("one date cancelled").await;
    assert_eq!(year.last.values().filter(|line| line.status == "CANCELLED").count(), 1);
    events::leave(&g.store, &year.mei, &dates[4].slug).await.unwrap();
    year.check("one date declined").await;
    assert_eq!(year.last.len(), 5);
    // From June an hour later. The date in June exists half a year ahead.
    year.after(1).await;
    let june = year.dates().await[6].slug.clone();
    year.edit(&june, EditScope::Following, |form| form.time = "19:00".into()).await;
    year.check("from June an hour later").await;
    // Both changes of the clocks, in March and in October, are in between.
    for date in 2..=6 {
        year.after(date).await;
        year.check("another month").await;
    }
    for missed in [7, 8] {
        assert_eq!(year.asked().await, 0, "control: one missed date is no question");
        year.after(missed).await;
        let date = year.dates().await[missed].slug.clone();
        let rsvp = events::page(&g.store, &year.mei, &date).await.unwrap().rsvp.unwrap().id;
        events::set_no_show(&g.store, &year.grace, &date, rsvp, true).await.unwrap();
        year.check("a missed date").await;
    }
    assert_eq!(year.asked().await, 9, "the ninth date");
    for date in 9..12 {
        year.after(date).await;
        year.check("another month").await;
    }
    let dates = year.dates().await;
    let shown: Vec<String> = dates
        .iter()
        .map(|date| {
            let wall = date.zone.wall(date.starts_at).format("%m-%d %H:%M");
            format!("{wall} {} {}", date.starts_at.format("%H"), date.my_rsvp.map_or("none", RsvpState::name))
        })
        .collect();
    // On the clock in Berlin, the hour in UTC, and Mei's seat.
    assert_eq!(
        shown,
        [
            "12-08 18:00 17 going",
            "01-12 18:00 17 going",
            "02-10 18:00 17 going",
            "03-09 18:00 17 going",
            "04-13 18:00 16 left",
            "05-11 18:00 16 going",
            "06-08 19:00 17 going",
            "07-13 19:00 17 going",
            "08-10 19:00 17 going",
            "09-14 19:00 17 going",
            "10-12 19:00 17 going",
            "11-09 19:00 18 going",
        ]
    );
    g.take_emails().await;
}
