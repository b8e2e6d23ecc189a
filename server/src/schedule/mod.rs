//! Reading a conference schedule in the field's interchange format, frab/pentabarf `schedule.xml` (D9).
//!
//! `decode` makes text of the bytes, `tree` makes bounded elements of the text, `build` and `session` make the
//! schedule of the elements, and `values` knows how the format writes times. What can be read is read. What
//! could not be read, or only with a guess, is in the notes: nothing is lost without a word.

mod build;
mod day;
mod decode;
mod format;
mod guids;
mod notes;
mod session;
mod tree;
mod values;

#[cfg(test)]
mod tests;

use std::fmt;

use domain::{Zone, schedule::Schedule};

pub use notes::Note;

/// The largest file that is read. Real ones stay below two million bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Everything that could be read.
    pub schedule: Schedule,
    /// What was read with a guess, and what was left out. Empty for a file that follows the format.
    pub notes: Vec<Note>,
    /// The guids of sessions that were left out. An import must not take them for removed.
    pub unread: Vec<String>,
}

/// Reads a schedule. `zone` is for files that do not name theirs.
///
/// # Errors
/// Says in one sentence why nothing of the file can be read, and what to do.
pub fn read(bytes: &[u8], zone: Option<Zone>) -> Result<Reading, ScheduleError> {
    if bytes.len() > MAX_BYTES {
        let says = format!(
            "the file has {} bytes, but a schedule can have at most {MAX_BYTES}. Check that it is the right file",
            bytes.len()
        );
        return Err(ScheduleError { place: None, says });
    }
    let mut notes = notes::Notes::default();
    let xml = decode::decode(bytes, &mut notes);
    let read = tree::parse(&xml, &mut notes).and_then(|root| {
        let schedule = build::schedule(&root, zone, &mut notes)?;
        format::note_unknown(&root, &mut notes);
        Ok(schedule)
    });
    let schedule =
        read.map_err(|fault| ScheduleError { place: Some(place(&xml, fault.at)), says: fault.says })?;
    let (notes, unread) = notes.finish(&xml);
    Ok(Reading { schedule, notes, unread })
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleError {
    place: Option<(usize, usize)>,
    says: String,
}

impl ScheduleError {
    /// Line and column, both from 1; none when the file as a whole is refused.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        self.place
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "line {line}, column {column}: {}", self.says),
            None => f.write_str(&self.says),
        }
    }
}

impl std::error::Error for ScheduleError {}

/// What is wrong, and the byte where.
#[derive(Debug)]
struct StoreError {
    at: usize,
    says: String,
}

impl StoreError {
    fn new(at: usize, says: impl Into<String>) -> Self {
        Self { at, says: says.into() }
    }
}

/// The line and column, in characters, of a byte.
fn place(xml: &str, at: usize) -> (usize, usize) {
    let before = xml.get(..at).unwrap_or(xml);
    let (lines, last) =
        before.rsplit_once('\n').map_or((1, before), |(lines, last)| (lines.split('\n').count() + 1, last));
    (lines, last.chars().count() + 1)
}

/// A value of the file for an error: short, on one line.
fn quote(text: &str) -> String {
    const MAX: usize = 60;
    let mut shown: String = text.chars().take(MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MAX).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}
