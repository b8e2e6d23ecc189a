//! Notes: problems in a file that don't stop it from being read.

use std::{collections::BTreeMap, fmt};

/// A part of a file that was guessed or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line and column, both from 1.
    pub position: (usize, usize),
    /// A sentence without its full stop.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.position.0, self.position.1, self.message)
    }
}

/// Collects notes with their byte positions, and the sessions that were left out.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<(usize, String)>,
    /// Notes that can be repeated: the first byte position and the count.
    repeated: BTreeMap<String, (usize, usize)>,
    unread: Vec<String>,
}

impl Notes {
    pub(super) fn add(&mut self, at: usize, message: impl Into<String>) {
        self.notes.push((at, message.into()));
    }

    /// Adds a note that many places of a file may share. It appears once, with a count.
    pub(super) fn repeated(&mut self, at: usize, message: impl Into<String>) {
        self.repeated.entry(message.into()).or_insert((at, 0)).1 += 1;
    }

    /// Adds a note for a session that can't be read. An import keeps the session with this guid, if there is
    /// one from an earlier import.
    pub(super) fn left_out(&mut self, at: usize, guid: String, why: &str) {
        self.add(at, format!("the session was left out: {why}"));
        self.unread.push(guid);
    }

    /// Returns the notes in the order of the file, and the guids of the sessions that were left out.
    pub(super) fn finish(mut self, xml: &str) -> (Vec<Note>, Vec<String>) {
        for (message, (at, count)) in self.repeated {
            self.notes.push((at, if count == 1 { message } else { format!("{message} ({count} times)") }));
        }
        self.notes.sort_by_key(|(at, _)| *at);
        let (mut from, mut line, mut column) = (0, 1, 1);
        let mut sorted = Vec::with_capacity(self.notes.len());
        for (at, message) in self.notes {
            for c in xml.get(from..at).unwrap_or_default().chars() {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            from = at;
            sorted.push(Note { position: (line, column), message });
        }
        (sorted, self.unread)
    }
}
