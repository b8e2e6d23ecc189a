//! Reading a conference schedule in the field's interchange format, frab/pentabarf `schedule.xml` (D9).
//!
//! `tree` makes bounded elements of the text, `build` makes the schedule of the elements, `values`
//! knows how the format writes times. Whatever the text holds, the answer is a schedule or a sentence.

mod build;
mod session;
mod tree;
mod values;

#[cfg(test)]
mod tests;

use std::fmt;

use domain::{Zone, schedule::Schedule};

/// The largest file that is read. Real ones stay below two million bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Reads a schedule. `zone` is for files that do not name theirs.
///
/// # Errors
/// Says in one sentence where the file is wrong and what to do.
pub fn read(xml: &str, zone: Option<Zone>) -> Result<Schedule, ScheduleError> {
    if xml.len() > MOST_BYTES {
        let says = format!(
            "the file has {} bytes; a schedule may have {MOST_BYTES}: check that it is the right file",
            xml.len()
        );
        return Err(ScheduleError { place: None, says });
    }
    tree::parse(xml)
        .and_then(|root| build::schedule(&root, zone))
        .map_err(|fault| ScheduleError { place: Some(place(xml, fault.at)), says: fault.says })
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
struct Fault {
    at: usize,
    says: String,
}

impl Fault {
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
    const MOST: usize = 60;
    let mut shown: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}
