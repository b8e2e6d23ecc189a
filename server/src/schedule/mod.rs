//! Reads and writes a conference schedule in the common interchange format, frab/pentabarf `schedule.xml` and its
//! JSON form (D9).
//!
//! `decode` turns the bytes into text, `tree` parses the text into elements within limits, and `build`, `day`
//! and `session` build the schedule. `json` reads and writes the JSON form, and `xml` writes the XML form. `values` reads times and durations. The reader accepts as much as it can.
//! Everything that it guessed or left out is in the notes.

mod build;
mod day;
mod decode;
mod format;
mod guids;
mod ids;
pub(crate) mod json;
mod notes;
mod session;
mod tree;
mod values;
pub(crate) mod xml;

#[cfg(test)]
mod tests;

use std::fmt;

use chrono::{Duration, NaiveTime};
use domain::{
    Instant, Zone,
    schedule::{Schedule, ScheduleDay},
};

pub use notes::Note;

/// The largest file that is read, in bytes. Real files have less than two million.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// The result of reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Everything that could be read.
    pub schedule: Schedule,
    /// What was guessed or left out. Empty for a file that follows the format.
    pub notes: Vec<Note>,
    /// The guids of sessions that were left out. An import must not treat these as removed.
    pub unread: Vec<String>,
}

/// Reads a schedule. `zone` is used for files that don't name a time zone.
///
/// # Errors
/// `ScheduleError` if the file can't be read at all. It says in one sentence why, and what to do.
pub fn read(bytes: &[u8], zone: Option<Zone>) -> Result<Reading, ScheduleError> {
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "the file has {} bytes, but a schedule can have at most {MAX_BYTES}. Check that it is the right file",
            bytes.len()
        );
        return Err(ScheduleError { position: None, message });
    }
    if bytes.trim_ascii_start().first() == Some(&b'{') {
        let (schedule, notes, unread) =
            json::read(bytes, zone).map_err(|message| ScheduleError { position: None, message })?;
        let notes = notes.into_iter().map(|message| Note { position: (1, 1), message }).collect();
        return Ok(Reading { schedule, notes, unread });
    }
    let mut notes = notes::Notes::default();
    let xml = decode::decode(bytes, &mut notes);
    let read = tree::parse(&xml, &mut notes).and_then(|root| {
        let schedule = build::schedule(&root, zone, &mut notes)?;
        format::note_unknown(&root, &mut notes);
        Ok(schedule)
    });
    let schedule = read.map_err(|error| ScheduleError {
        position: Some(position(&xml, error.at)),
        message: error.message,
    })?;
    let (notes, unread) = notes.finish(&xml);
    Ok(Reading { schedule, notes, unread })
}

/// Why a file can't be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleError {
    position: Option<(usize, usize)>,
    message: String,
}

impl ScheduleError {
    /// Line and column, both from 1. `None` if the file as a whole is refused.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.position
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "line {line}, column {column}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for ScheduleError {}

/// When a day starts and ends: as its file says, else from its sessions, else the whole date.
fn span(zone: Zone, day: &ScheduleDay) -> (Instant, Instant) {
    let midnight = || zone.resolve(day.date.and_time(NaiveTime::MIN)).at;
    let first = day.sessions.iter().map(|session| session.starts_at).min();
    let last = day.sessions.iter().map(|one| one.starts_at + Duration::minutes(one.minutes.into())).max();
    let starts = day.starts_at.or(first).unwrap_or_else(midnight);
    (starts, day.ends_at.or(last).unwrap_or_else(|| starts + Duration::days(1)))
}

/// What is wrong, with the byte position.
#[derive(Debug)]
struct ParseError {
    at: usize,
    message: String,
}

impl ParseError {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

/// The line and the column in characters of a byte position.
fn position(xml: &str, at: usize) -> (usize, usize) {
    let before = xml.get(..at).unwrap_or(xml);
    let (lines, last) =
        before.rsplit_once('\n').map_or((1, before), |(lines, last)| (lines.split('\n').count() + 1, last));
    (lines, last.chars().count() + 1)
}

/// Quotes a value of the file in an error: shortened, on one line.
fn quote(text: &str) -> String {
    const MAX: usize = 60;
    let mut shown: String = text.chars().take(MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MAX).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}
