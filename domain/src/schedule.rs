//! A conference schedule as the field exchanges it (frab/pentabarf `schedule.xml`), read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Instant, Zone};

/// A whole schedule. Reading the same file twice gives the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Short name; the slug of its event comes from it.
    pub acronym: String,
    /// Title of the conference.
    pub title: String,
    /// The publisher's name for this state of the schedule.
    pub version: String,
    /// The zone of the venue.
    pub zone: Zone,
    /// The days in the file's order; a day may run past midnight.
    pub days: Vec<ScheduleDay>,
}

/// A day of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleDay {
    /// 1 for the first.
    pub index: u32,
    /// Its date.
    pub date: NaiveDate,
    /// Its sessions, in the order of the file: room by room.
    pub sessions: Vec<ScheduleSession>,
}

/// An item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleSession {
    /// Opaque and stable: what a changed file updates by.
    pub guid: String,
    /// The publisher's number.
    pub code: String,
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
    /// Licence of the recording; may be empty.
    pub licence: String,
    /// The speakers do not want to be recorded.
    pub do_not_record: bool,
    /// In the file's order.
    pub speakers: Vec<ScheduleSpeaker>,
    /// In the file's order.
    pub links: Vec<ScheduleLink>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleSpeaker {
    /// The publisher's number or guid.
    pub code: String,
    /// As it is shown.
    pub name: String,
}

/// A link of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleLink {
    /// Where to, as it stands in the file: a page links it only when it is http or https.
    pub href: String,
    /// What it says.
    pub text: String,
}
