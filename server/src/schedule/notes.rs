//! What a reader has to say about a file that it could read all the same.

use std::{collections::BTreeMap, fmt};

/// Something in a file that was read with a guess, or could not be read and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line and column, both from 1.
    pub place: (usize, usize),
    /// A sentence without its full stop.
    pub says: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.place.0, self.place.1, self.says)
    }
}

/// Notes with the bytes that they are about, and the sessions that were left out.
#[derive(Debug, Default)]
pub(super) struct Notes {
    said: Vec<(usize, String)>,
    /// What was said several times: the first place and how often.
    repeated: BTreeMap<String, (usize, usize)>,
    unread: Vec<String>,
}

impl Notes {
    pub(super) fn add(&mut self, at: usize, says: impl Into<String>) {
        self.said.push((at, says.into()));
    }

    /// The same, for what many places of a file have in common: it is said once, with a count.
    pub(super) fn repeated(&mut self, at: usize, says: impl Into<String>) {
        self.repeated.entry(says.into()).or_insert((at, 0)).1 += 1;
    }

    /// A session that cannot be read. `guid` is what it is known by; a session of that guid from an earlier
    /// import stays.
    pub(super) fn left_out(&mut self, at: usize, guid: String, why: &str) {
        self.add(at, format!("the session was left out: {why}"));
        self.unread.push(guid);
    }

    /// The notes in the order of the file, and the guids of the sessions that were left out.
    pub(super) fn finish(mut self, xml: &str) -> (Vec<Note>, Vec<String>) {
        for (says, (at, count)) in self.repeated {
            self.said.push((at, if count == 1 { says } else { format!("{says} ({count} times)") }));
        }
        self.said.sort_by_key(|(at, _)| *at);
        let (mut from, mut line, mut column) = (0, 1, 1);
        let mut notes = Vec::with_capacity(self.said.len());
        for (at, says) in self.said {
            for c in xml.get(from..at).unwrap_or_default().chars() {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            from = at;
            notes.push(Note { place: (line, column), says });
        }
        (notes, self.unread)
    }
}
