//! A conference schedule in the common exchange format (`schedule.xml` of frab and pentabarf), after
//! reading.

use chrono::{Days, Duration, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{Instant, Zone};

/// A complete schedule. Reading the same file twice gives equal values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Identifies the conference: its acronym, or `title:` and the title in a file without an acronym.
    pub acronym: String,
    /// Title of the conference.
    pub title: String,
    /// The publisher's name for this version of the schedule.
    pub version: String,
    /// The time zone of the venue.
    pub zone: Zone,
    /// Further facts of the file.
    #[serde(default)]
    pub about: ScheduleAbout,
    /// The days in the order of the file. A day may run past midnight.
    pub days: Vec<ScheduleDay>,
}

impl Schedule {
    /// When the conference starts and ends: by its sessions, else by its own dates, else by its days.
    /// `None` when the schedule has none of these.
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

/// The date at the start of a date or date-time.
fn date_of(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

/// Facts that Guildhall does not use itself. They are kept so that an export loses nothing. Any of them may
/// be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleAbout {
    /// Address of the file at the publisher.
    pub url: String,
    /// Address of the conference's page.
    pub conference_url: String,
    /// Base for relative addresses in the file.
    pub base_url: String,
    /// Address of an image.
    pub logo: String,
    /// First day as written in the file: a date, or a date-time with offset.
    pub starts: String,
    /// Last day, in the same format.
    pub ends: String,
    /// Length of a slot in the timetable as written in the file, for example `00:05`.
    pub timeslot: String,
    /// Colours by their use: `primary`, `background`.
    pub colours: Vec<(String, String)>,
    /// The tracks and their colours. Sessions also name their track.
    pub tracks: Vec<ScheduleTrack>,
}

/// A track of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleTrack {
    /// The name that sessions use.
    pub name: String,
    /// The publisher's name for it in URLs; may be empty.
    pub slug: String,
    /// `#rrggbb`; may be empty.
    pub colour: String,
}

/// A day of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleDay {
    /// Number of the day, from 1.
    pub index: u32,
    /// The date of the day.
    pub date: NaiveDate,
    /// When the day starts; `None` if the file does not say so.
    pub starts_at: Option<Instant>,
    /// When the day ends, often in the following night; `None` if the file does not say so.
    pub ends_at: Option<Instant>,
    /// The rooms in the order of the file, including rooms without sessions.
    pub rooms: Vec<ScheduleRoom>,
    /// The sessions in the order of the file, room by room.
    pub sessions: Vec<ScheduleSession>,
}

/// A room on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleRoom {
    /// The name that sessions use.
    pub name: String,
    /// The publisher's identifier; may be empty.
    pub guid: String,
}

/// A session: one item of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleSession {
    /// Stable identifier by which an import updates a session. `id:` and the number if the file has no
    /// GUID.
    pub guid: String,
    /// The publisher's number, `id` in the file; may be empty.
    pub code: String,
    /// The publisher's short name of letters and digits, `code` in the file; may be empty.
    pub short_code: String,
    /// Name of the room.
    pub room: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// Duration in minutes.
    pub minutes: u32,
    /// Title of the session.
    pub title: String,
    /// A second title; may be empty.
    pub subtitle: String,
    /// Name of the track; may be empty.
    pub track: String,
    /// The kind of session in the publisher's term; may be empty.
    pub kind: String,
    /// BCP 47 tag as the publisher writes it; may be empty.
    pub language: String,
    /// A paragraph; may be empty. Markup of the publisher in it is shown as text.
    pub summary: String,
    /// A longer text with the same rules.
    pub description: String,
    /// Its page at the publisher; may be empty.
    pub url: String,
    /// The publisher's name for it in URLs; may be empty.
    pub slug: String,
    /// Address of an image; may be empty.
    pub logo: String,
    /// Address for feedback; may be empty.
    pub feedback_url: String,
    /// Address of the proposal; may be empty.
    pub origin_url: String,
    /// Address of a video to download, in older files; may be empty.
    pub video_url: String,
    /// Address of the recording; may be empty.
    pub recording_url: String,
    /// Address of the recording's page; may be empty.
    pub recording_link: String,
    /// Licence of the recording; may be empty.
    pub licence: String,
    /// Whether the speakers do not want to be recorded.
    pub do_not_record: bool,
    /// The speakers, in the order of the file.
    pub speakers: Vec<ScheduleSpeaker>,
    /// The links, in the order of the file.
    pub links: Vec<ScheduleLink>,
    /// The attached files, in the order of the file.
    pub attachments: Vec<ScheduleLink>,
}

/// A speaker of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleSpeaker {
    /// The publisher's number, or the GUID if there is none; may be empty.
    pub code: String,
    /// The publisher's identifier; may be empty.
    pub guid: String,
    /// Address of their page; may be empty.
    pub url: String,
    /// The name that is shown.
    pub name: String,
}

/// A link or an attached file of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleLink {
    /// Address as written in the file. Pages link it only if it is http or https.
    pub href: String,
    /// Label of the link.
    pub text: String,
    /// The kind of link in the publisher's term; may be empty.
    pub kind: String,
    /// The service in the publisher's term; may be empty.
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
