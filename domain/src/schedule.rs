//! A conference schedule as the field exchanges it (frab/pentabarf `schedule.xml`), read.

use chrono::{Days, Duration, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{Instant, Zone};

/// A whole schedule. Reading the same file twice gives the same value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// What identifies the conference, as written: its acronym, or `title:` and its title in a file without.
    pub acronym: String,
    /// Title of the conference.
    pub title: String,
    /// The publisher's name for this state of the schedule.
    pub version: String,
    /// The zone of the venue.
    pub zone: Zone,
    /// What the file says besides.
    #[serde(default)]
    pub about: ScheduleAbout,
    /// The days in the file's order; a day may run past midnight.
    pub days: Vec<ScheduleDay>,
}

impl Schedule {
    /// When the conference starts and ends: by its sessions, or without any by its own dates, or by its days.
    /// `None` when the schedule has none of them.
    #[must_use]
    pub fn span(&self) -> Option<(Instant, Instant)> {
        let sessions = || self.days.iter().flat_map(|day| &day.sessions);
        let end = |session: &ScheduleSession| session.starts_at + Duration::minutes(session.minutes.into());
        if let Some(span) = sessions().map(|session| session.starts_at).min().zip(sessions().map(end).max()) {
            return Some(span);
        }
        let dates = || self.days.iter().map(|day| day.date);
        let first = date_of(&self.about.starts).or_else(|| dates().min())?;
        let last = date_of(&self.about.ends).or_else(|| dates().max()).unwrap_or(first).max(first);
        let midnight = |date: NaiveDate| self.zone.resolve(date.and_time(NaiveTime::MIN)).at;
        Some((midnight(first), midnight(last.checked_add_days(Days::new(1))?)))
    }
}

/// The date at the start of a date or a time.
fn date_of(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

/// What a schedule says that nothing here is decided by: kept so that an export loses nothing.
/// Any of it may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleAbout {
    /// Where the publisher keeps the file.
    pub url: String,
    /// The conference's page.
    pub conference_url: String,
    /// What relative addresses of the file are relative to.
    pub base_url: String,
    /// An image.
    pub logo: String,
    /// Its first day, a date or a date with time and offset, as it stands in the file.
    pub starts: String,
    /// Its last day, likewise.
    pub ends: String,
    /// The raster of the timetable, as it stands in the file: `00:05`.
    pub timeslot: String,
    /// Colours by their use: `primary`, `background`.
    pub colours: Vec<(String, String)>,
    /// The tracks with their colours; sessions name theirs on their own.
    pub tracks: Vec<ScheduleTrack>,
}

/// A track of a schedule, as its publisher shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleTrack {
    /// What sessions call it.
    pub name: String,
    /// May be empty.
    pub slug: String,
    /// `#rrggbb`; may be empty.
    pub colour: String,
}

/// A day of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleDay {
    /// 1 for the first.
    pub index: u32,
    /// Its date.
    pub date: NaiveDate,
    /// When it begins, if the file says so.
    pub starts_at: Option<Instant>,
    /// When it ends, if the file says so; often in the night that follows.
    pub ends_at: Option<Instant>,
    /// The rooms in the file's order, also those where nothing happens.
    pub rooms: Vec<ScheduleRoom>,
    /// Its sessions, in the order of the file: room by room.
    pub sessions: Vec<ScheduleSession>,
}

/// A room on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleRoom {
    /// What its sessions call it.
    pub name: String,
    /// May be empty.
    pub guid: String,
}

/// An item of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleSession {
    /// Opaque and stable: what a changed file updates by. `id:` and the number where the file has none.
    pub guid: String,
    /// The publisher's number, the file's `id`; may be empty.
    pub code: String,
    /// The publisher's short name of letters and digits, the file's `code`; may be empty.
    pub short_code: String,
    /// Where.
    pub room: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// How long it lasts, minutes.
    pub minutes: u32,
    /// Its title.
    pub title: String,
    /// May be empty.
    pub subtitle: String,
    /// May be empty.
    pub track: String,
    /// What kind of session, in the publisher's word; may be empty.
    pub kind: String,
    /// BCP 47, in the publisher's spelling; may be empty.
    pub language: String,
    /// A paragraph; may be empty, may hold markup of the publisher that is shown as text.
    pub summary: String,
    /// The same, longer.
    pub description: String,
    /// Its page at the publisher; may be empty.
    pub url: String,
    /// The publisher's name for it in URLs; may be empty.
    pub slug: String,
    /// An image; may be empty.
    pub logo: String,
    /// Where the publisher takes feedback; may be empty.
    pub feedback_url: String,
    /// Its page where it was proposed; may be empty.
    pub origin_url: String,
    /// A film to download, in older files; may be empty.
    pub video_url: String,
    /// The recording; may be empty.
    pub recording_url: String,
    /// The page of the recording; may be empty.
    pub recording_link: String,
    /// Licence of the recording; may be empty.
    pub licence: String,
    /// The speakers do not want to be recorded.
    pub do_not_record: bool,
    /// In the file's order.
    pub speakers: Vec<ScheduleSpeaker>,
    /// In the file's order.
    pub links: Vec<ScheduleLink>,
    /// Files, in the file's order.
    pub attachments: Vec<ScheduleLink>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleSpeaker {
    /// The publisher's number or, without one, the guid; may be empty.
    pub code: String,
    /// May be empty.
    pub guid: String,
    /// Their page; may be empty.
    pub url: String,
    /// As it is shown.
    pub name: String,
}

/// A link or an attached file of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleLink {
    /// Where to, as it stands in the file: a page links it only when it is http or https.
    pub href: String,
    /// What it says.
    pub text: String,
    /// What kind, in the publisher's word; may be empty.
    pub kind: String,
    /// Which service, in the publisher's word; may be empty.
    pub service: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(about: ScheduleAbout, days: Vec<ScheduleDay>) -> Schedule {
        let zone = "Europe/Berlin".parse().unwrap();
        Schedule { acronym: "x".into(), title: "X".into(), version: String::new(), zone, about, days }
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn d9_a_schedule_without_sessions_has_the_dates_of_its_conference() {
        let day = ScheduleDay { date: "2026-12-05".parse().unwrap(), ..ScheduleDay::default() };
        let about = ScheduleAbout {
            starts: "2027-03-01".into(),
            ends: "2027-03-02T18:00:00+01:00".into(),
            ..ScheduleAbout::default()
        };
        assert_eq!(
            schedule(about, vec![day.clone()]).span(),
            Some((at("2027-02-28T23:00:00Z"), at("2027-03-02T23:00:00Z")))
        );
        assert_eq!(
            schedule(ScheduleAbout::default(), vec![day]).span(),
            Some((at("2026-12-04T23:00:00Z"), at("2026-12-05T23:00:00Z")))
        );
        assert_eq!(schedule(ScheduleAbout::default(), vec![]).span(), None);
    }
}
