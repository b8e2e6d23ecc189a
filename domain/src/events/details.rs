//! What a host enters about an event: the form as it was typed, and the validated details.

use chrono::{Duration, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{AttendeeList, EventKind, Promotion, Seating};
use crate::{Instant, Problems, Refusal, Slug, Zone, checks::Checks, time::ClockFlag};

/// The shortest and the longest event, in minutes: five minutes and two weeks.
const MIN_MINUTES: i64 = 5;
const MAX_MINUTES: i64 = 20_160;
/// The longest event that ends after midnight without saying so with a last day.
const LONGEST_NIGHT: Duration = Duration::hours(12);

/// The event form as a browser posts it. Every field is text, so that a form with mistakes can be shown
/// again unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventForm {
    /// A single line of text.
    pub title: String,
    /// A name of an [`EventKind`].
    pub kind: String,
    /// A single line, shown in lists.
    pub summary: String,
    /// Paragraphs of plain text.
    pub description: String,
    /// Slug of the group that organises it; empty for none.
    pub group: String,
    /// The address; empty for an online event.
    pub place: String,
    /// An https address, shown to people with a seat online.
    pub join_url: String,
    /// The date of the start, for example `2026-11-24`.
    pub date: String,
    /// The time of the start, for example `18:00`.
    pub time: String,
    /// An IANA time zone name.
    pub zone: String,
    /// The time of the end. If it is empty, `minutes` says how long the event takes.
    pub end_time: String,
    /// The date of the end. If it is empty, the event ends within a day of its start.
    pub end_date: String,
    /// Duration in whole minutes, for forms without an end.
    pub minutes: String,
    /// Number of seats; empty for no limit.
    pub capacity: String,
    /// Number of guests a member may bring.
    pub guests_max: String,
    /// When registration opens, for example `2026-11-01T09:00` in the event's time zone; empty for at once.
    pub opens: String,
    /// When registration closes, in the same format; empty for the end of the event.
    pub closes: String,
    /// A name of an [`AttendeeList`]; empty for attendees only.
    pub attendee_list: String,
    /// `on` when the host approves each request (A11); empty or `off` otherwise.
    pub approval: String,
    /// A name of a [`Promotion`]; empty for the default.
    pub promotion: String,
    /// How long an offered seat is held, in minutes; empty for the default.
    pub hold_minutes: String,
    /// How many minutes before the start the waitlist stops giving seats without asking; empty for the
    /// default.
    pub freeze_minutes: String,
    /// Number of seats online of a hybrid event; empty for no limit.
    pub online_capacity: String,
    /// Version of the event that the form was filled from; empty for a new event.
    pub version: String,
    /// Slug of the event that a new one copies, so that it gets a copy of the cover too; empty for none.
    pub from: String,
}

/// What a host entered about an event, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDetails {
    /// 1 to 120 characters.
    pub title: String,
    /// The format of the event.
    pub kind: EventKind,
    /// At most 200 characters, for lists.
    pub summary: String,
    /// At most 10,000 characters, in paragraphs of plain text.
    pub description: String,
    /// The group that organises it.
    pub group: Option<Slug>,
    /// The address, at most 200 characters; empty for an online event.
    pub place: String,
    /// The link to join online. Only people with a seat see it. An empty link says that there is one, but
    /// not which.
    pub join_url: Option<String>,
    /// When it starts, as wall time in `zone`. This is the authoritative value, from which the UTC time is
    /// derived (B1).
    pub starts: NaiveDateTime,
    /// The event's time zone.
    pub zone: Zone,
    /// Duration in elapsed minutes (B4), from 5 minutes to 14 days.
    pub minutes: u32,
    /// Number of seats; `None` for no limit.
    pub capacity: Option<u32>,
    /// Number of guests a member may bring, 0 to 5.
    pub guests_max: u8,
    /// When registration opens, wall time in `zone`; `None` for at once.
    pub opens: Option<NaiveDateTime>,
    /// When registration closes, wall time in `zone`; `None` for the end of the event.
    pub closes: Option<NaiveDateTime>,
    /// Who can see the attendees (F2).
    pub attendee_list: AttendeeList,
    /// How seats are given to members.
    pub seating: Seating,
}

impl EventForm {
    /// Validates every field of the form.
    ///
    /// # Errors
    /// Every problem, with its field.
    pub fn check(&self) -> Result<EventDetails, Problems> {
        let mut checks = Checks::default();
        let title = checks.line("title", &self.title, 1, 120);
        let kind = checks.choice("kind", &self.kind);
        let summary = checks.line("summary", &self.summary, 0, 200);
        let description = checks.text("description", &self.description, 0, 10_000);
        let group = checks.slug("group", &self.group);
        let starts = checks.wall(("date", &self.date), ("time", &self.time));
        let zone = checks.zone("zone", &self.zone);
        let minutes = self.length(&mut checks, starts.zip(zone));
        let place = checks.line("place", &self.place, 0, 200);
        let join_url = checks.https_url("join_url", &self.join_url);
        if place.is_empty() && self.join_url.trim().is_empty() {
            checks.problem("place", Refusal::PlaceOrLink);
        }
        let capacity = checks.number("capacity", &self.capacity, 1, 100_000);
        let guests_max = checks.number("guests_max", &self.guests_max, 0, 5).unwrap_or(0);
        let opens = checks.local_time("opens", &self.opens);
        let closes = checks.local_time("closes", &self.closes);
        let attendee_list = match self.attendee_list.as_str() {
            "" => Some(AttendeeList::Attendees),
            chosen => checks.choice("attendee_list", chosen),
        };
        let seating = self.seating(&mut checks);
        if let Some(starts) = starts {
            let end = starts + Duration::minutes(minutes.unwrap_or(0));
            checks.in_years("end_date", Some(end));
            if opens.is_some_and(|opens| opens >= end) {
                checks.problem("opens", Refusal::WindowBackwards);
            }
            if opens.zip(closes).is_some_and(|(opens, closes)| closes <= opens) {
                checks.problem("closes", Refusal::WindowBackwards);
            }
        }
        let details = (|| {
            Some(EventDetails {
                title,
                kind: kind?,
                summary,
                description,
                group,
                place,
                join_url,
                starts: starts?,
                zone: zone?,
                minutes: u32::try_from(minutes?).ok()?,
                capacity: capacity.and_then(|n| u32::try_from(n).ok()),
                guests_max: u8::try_from(guests_max).ok()?,
                opens,
                closes,
                attendee_list: attendee_list?,
                seating,
            })
        })();
        checks.finish(details)
    }

    /// The duration in elapsed minutes, from the end or as a number.
    fn length(&self, checks: &mut Checks, start: Option<(NaiveDateTime, Zone)>) -> Option<i64> {
        let has_minutes = !self.minutes.trim().is_empty();
        if self.end_time.trim().is_empty() && (has_minutes || self.end_date.trim().is_empty()) {
            if !has_minutes {
                checks.problem("end_time", Refusal::Missing);
            }
            return checks.number("minutes", &self.minutes, MIN_MINUTES, MAX_MINUTES);
        }
        // Without a start, there is nothing to count from, and the form has problems already.
        let (starts, zone) = start?;
        let same_day = self.end_date.trim().is_empty();
        let date = if same_day { &self.date } else { &self.end_date };
        let mut ends = checks.wall(("end_date", date), ("end_time", &self.end_time))?;
        if same_day && ends <= starts {
            // It ends after midnight. An end that is nearly a day later is a slip.
            ends += Duration::days(1);
            if ends - starts > LONGEST_NIGHT {
                checks.problem("end_time", Refusal::EndBeforeStart);
                return None;
            }
        }
        let minutes = (zone.resolve(ends).at - zone.resolve(starts).at).num_minutes();
        if !(MIN_MINUTES..=MAX_MINUTES).contains(&minutes) {
            checks.problem(if same_day { "end_time" } else { "end_date" }, Refusal::BadEnd);
            return None;
        }
        Some(minutes)
    }

    fn seating(&self, checks: &mut Checks) -> Seating {
        let mut minutes = |field: &str, text: &str, min: i64| {
            checks.number(field, text, min, 20_160).and_then(|n| u32::try_from(n).ok())
        };
        let hold_minutes = minutes("hold_minutes", &self.hold_minutes, 10);
        let freeze_minutes = minutes("freeze_minutes", &self.freeze_minutes, 0);
        let online_capacity = checks.number("online_capacity", &self.online_capacity, 1, 100_000);
        let promotion = match self.promotion.trim() {
            "" => Promotion::default(),
            wanted => checks.choice("promotion", wanted).unwrap_or_default(),
        };
        let approval = self.approval.trim();
        if !["", "off", "on"].contains(&approval) {
            checks.problem("approval", Refusal::BadChoice);
        }
        Seating {
            approval: approval == "on",
            promotion,
            hold_minutes,
            freeze_minutes,
            online_capacity: online_capacity.and_then(|n| u32::try_from(n).ok()),
        }
    }
}

/// Reads the reason for a cancellation: at most 1,000 characters, may be empty.
///
/// # Errors
/// A problem with the field `reason`.
pub fn check_reason(reason: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let reason = checks.text("reason", reason, 0, 1_000);
    checks.finish(Some(reason))
}

impl EventDetails {
    /// When it starts and ends, UTC, and whether the clocks change at the start (B2).
    #[must_use]
    pub fn instants(&self) -> (Instant, Instant, ClockFlag) {
        let start = self.zone.resolve(self.starts);
        (start.at, start.at + Duration::minutes(i64::from(self.minutes)), start.flag)
    }

    /// Removes the link for readers who must not see it. They still see that the event is online too (A12).
    pub fn hide_link(&mut self) {
        if let Some(url) = &mut self.join_url {
            url.clear();
        }
    }

    /// The link to join, if this reader may see it.
    #[must_use]
    pub fn join_link(&self) -> Option<&str> {
        self.join_url.as_deref().filter(|url| !url.is_empty())
    }

    /// Whether members can attend in the room or online (A12).
    #[must_use]
    pub fn is_hybrid(&self) -> bool {
        self.join_url.is_some() && !self.place.is_empty()
    }

    /// Whether `other` has another time or place, so that attendees must be told (C4).
    #[must_use]
    pub fn moved_to(&self, other: &Self) -> bool {
        self.instants() != other.instants()
            || self.zone != other.zone
            || self.place != other.place
            || self.join_url != other.join_url
    }

    /// Whether `other` changes the calendar entries of attendees: time, place, link or title.
    #[must_use]
    pub fn calendar_differs(&self, other: &Self) -> bool {
        self.moved_to(other) || self.title != other.title
    }

    /// Like [`Self::to_form`], with the end instead of the duration, as pages show it.
    #[must_use]
    pub fn to_form_with_end(&self, version: u32) -> EventForm {
        let ends = self.zone.wall(self.instants().1);
        // Without a date, an end that is not after the start is on the next day.
        let next = self.starts.date() + Duration::days(1);
        let is_near = ends.date() == self.starts.date() && ends > self.starts
            || ends.date() == next
                && ends.time() <= self.starts.time()
                && ends - self.starts <= LONGEST_NIGHT;
        let end_date = if is_near { String::new() } else { ends.format("%Y-%m-%d").to_string() };
        let end_time = ends.format("%H:%M").to_string();
        EventForm { end_time, end_date, minutes: String::new(), ..self.to_form(version) }
    }

    /// A form for another event like this one: everything but the dates.
    #[must_use]
    pub fn to_copy(&self) -> EventForm {
        let form = self.to_form_with_end(0);
        let empty = String::new;
        EventForm {
            date: empty(),
            end_date: empty(),
            opens: empty(),
            closes: empty(),
            version: empty(),
            ..form
        }
    }

    /// A form for the next event of the same people: the way they meet, without what this event is about. The link to
    /// join is left out, because it may be for this event only.
    #[must_use]
    pub fn to_next(&self) -> EventForm {
        let (title, summary, description) = (String::new(), String::new(), String::new());
        EventForm { title, summary, description, join_url: String::new(), ..self.to_copy() }
    }

    /// A form filled with these details, for editing.
    #[must_use]
    pub fn to_form(&self, version: u32) -> EventForm {
        let local = |wall: Option<NaiveDateTime>| {
            wall.map_or_else(String::new, |w| w.format("%Y-%m-%dT%H:%M").to_string())
        };
        let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
        EventForm {
            title: self.title.clone(),
            kind: self.kind.name().to_owned(),
            summary: self.summary.clone(),
            description: self.description.clone(),
            group: self.group.as_ref().map_or_else(String::new, Slug::to_string),
            place: self.place.clone(),
            join_url: self.join_url.clone().unwrap_or_default(),
            date: self.starts.format("%Y-%m-%d").to_string(),
            time: self.starts.format("%H:%M").to_string(),
            zone: self.zone.name().to_owned(),
            end_time: String::new(),
            end_date: String::new(),
            minutes: self.minutes.to_string(),
            capacity: number(self.capacity),
            guests_max: self.guests_max.to_string(),
            opens: local(self.opens),
            closes: local(self.closes),
            attendee_list: self.attendee_list.name().to_owned(),
            approval: if self.seating.approval { "on" } else { "off" }.to_owned(),
            promotion: self.seating.promotion.name().to_owned(),
            hold_minutes: number(self.seating.hold_minutes),
            freeze_minutes: number(self.seating.freeze_minutes),
            online_capacity: number(self.seating.online_capacity),
            from: String::new(),
            version: version.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::tests::event;

    fn form() -> EventForm {
        event(Some(20)).details.to_form(3)
    }

    #[test]
    fn details_survive_a_round_trip_through_the_form() {
        let details = event(Some(20)).details;
        assert_eq!(form().check(), Ok(details));
    }

    #[test]
    fn the_end_says_how_long_an_event_takes() {
        let minutes = |end_date: &str, end_time: &str| {
            let (end_date, end_time) = (end_date.to_owned(), end_time.to_owned());
            let form = EventForm { end_date, end_time, minutes: String::new(), ..form() };
            form.check().map(|details| details.minutes).map_err(|problems| problems[0].field.clone())
        };
        // It starts at 18:00 on 24 November.
        assert_eq!(minutes("", "20:30"), Ok(150));
        assert_eq!(minutes("", "01:00"), Ok(7 * 60), "after midnight");
        assert_eq!(minutes("", "06:00"), Ok(12 * 60));
        assert_eq!(minutes("", "17:00"), Err("end_time".to_owned()), "before the start, not a day later");
        assert_eq!(minutes("2026-11-25", "18:00"), Ok(24 * 60));
        assert_eq!(minutes("2026-11-24", "17:00"), Err("end_date".to_owned()));
        assert_eq!(minutes("2027-01-24", "17:00"), Err("end_date".to_owned()));
        assert_eq!(minutes("", "18:02"), Err("end_time".to_owned()));
        assert_eq!(minutes("", "later"), Err("end_time".to_owned()));
        assert_eq!(minutes("", ""), Err("end_time".to_owned()));
        assert_eq!(minutes("2026-11-25", ""), Err("end_time".to_owned()));
    }

    /// The duration is elapsed time (B4): the clocks in Berlin go back by an hour on this night.
    #[test]
    fn an_end_after_the_clocks_change_counts_elapsed_time() {
        let night =
            EventForm { date: "2026-10-24".into(), time: "23:00".into(), end_time: "05:00".into(), ..form() };
        assert_eq!(night.check().unwrap().minutes, 7 * 60);
    }

    #[test]
    fn a_form_with_the_end_leads_back_to_the_same_details() {
        for minutes in [5, 120, 7 * 60, 12 * 60, 13 * 60, 24 * 60, 3 * 24 * 60] {
            let details = EventDetails { minutes, ..event(Some(20)).details };
            let form = details.to_form_with_end(3);
            assert_eq!((form.minutes.as_str(), form.check()), ("", Ok(details)));
        }
    }

    #[test]
    fn a_copy_has_no_date_and_the_next_event_no_title() {
        let details = event(Some(20)).details;
        let (copy, next) = (details.to_copy(), details.to_next());
        assert_eq!(
            (copy.title.as_str(), copy.date.as_str(), copy.time.as_str()),
            ("Threat modelling", "", "18:00")
        );
        assert_eq!(
            (next.title.as_str(), next.place.as_str(), next.end_time.as_str()),
            ("", "c-base", "20:00")
        );
    }

    #[test]
    fn every_problem_is_reported_at_once() {
        let form = EventForm {
            zone: "Mars/Olympus".into(),
            capacity: "-3".into(),
            join_url: "javascript:alert(1)".into(),
            ..EventForm::default()
        };
        let problems = form.check().unwrap_err();
        let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["title", "kind", "date", "time", "zone", "end_time", "join_url", "capacity"]);
    }

    #[test]
    fn an_event_must_be_in_years_that_calendars_can_represent() {
        let on = |date: &str| EventForm { date: date.into(), ..form() };
        for far in ["+262142-12-31", "2200-01-01", "1969-12-31"] {
            let wrong = on(far).check().unwrap_err().remove(0);
            assert_eq!((wrong.field.as_str(), wrong.why), ("date", Refusal::YearOutOfRange), "{far}");
        }
        let late = EventForm { time: "23:59".into(), minutes: "20160".into(), ..on("2199-12-31") };
        let wrong = late.check().unwrap_err().remove(0);
        assert_eq!((wrong.field.as_str(), wrong.why), ("end_date", Refusal::YearOutOfRange));
        let window = EventForm { closes: "9999-12-31T23:59".into(), ..form() };
        let wrong = window.check().unwrap_err().remove(0);
        assert_eq!((wrong.field.as_str(), wrong.why), ("closes", Refusal::YearOutOfRange));
    }

    #[test]
    fn an_event_needs_a_place_or_a_link() {
        let nowhere = EventForm { place: " ".into(), ..form() };
        let wrong = nowhere.check().unwrap_err().remove(0);
        assert_eq!((wrong.field.as_str(), wrong.why), ("place", Refusal::PlaceOrLink));
        let online = EventForm { join_url: "https://meet.example.org/x".into(), ..nowhere };
        assert!(online.check().is_ok());
    }

    #[test]
    fn seating_has_defaults() {
        let minimal = EventForm { approval: String::new(), promotion: String::new(), ..form() };
        assert_eq!(minimal.check().unwrap().seating, Seating::default());
        let complete = EventForm {
            approval: "on".into(),
            promotion: "offer".into(),
            hold_minutes: "60".into(),
            freeze_minutes: "0".into(),
            online_capacity: "7".into(),
            ..form()
        };
        let details = complete.check().unwrap();
        assert_eq!(details.to_form(3), complete);
        let wrong = EventForm {
            approval: "maybe".into(),
            promotion: "x".into(),
            hold_minutes: "9".into(),
            ..complete
        };
        let fields: Vec<_> = wrong.check().unwrap_err().into_iter().map(|p| p.field).collect();
        assert_eq!(fields, ["hold_minutes", "promotion", "approval"]);
    }

    #[test]
    fn registration_must_open_before_it_closes() {
        let backwards =
            EventForm { opens: "2026-11-24T12:00".into(), closes: "2026-11-23T12:00".into(), ..form() };
        assert_eq!(backwards.check().unwrap_err()[0].why, Refusal::WindowBackwards);
    }

    #[test]
    fn only_a_new_time_or_place_moves_an_event() {
        let was = event(Some(20)).details;
        let mut now = was.clone();
        now.title = "Another".into();
        now.capacity = None;
        assert!(!was.moved_to(&now) && was.calendar_differs(&now));
        now.minutes += 15;
        assert!(was.moved_to(&now));
    }
}
