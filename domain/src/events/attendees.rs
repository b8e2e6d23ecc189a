//! Who sees who comes (F2). Mail addresses are never shown to anybody.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// Who sees the list of an event's attendees; each of them may keep themself out of it.
    AttendeeList {
        /// Only who looks after the event.
        Nobody = "nobody",
        /// Those on it.
        Attendees = "attendees",
        /// Every member.
        Members = "members",
    }
}

/// How a reader stands to an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListReader {
    /// Is signed in, and not suspended.
    pub member: bool,
    /// Has a seat.
    pub attends: bool,
    /// Looks after the event.
    pub edits: bool,
}

impl AttendeeList {
    /// Whether a reader sees the list.
    #[must_use]
    pub fn is_shown_to(self, reader: ListReader) -> bool {
        reader.edits
            || reader.member
                && match self {
                    Self::Nobody => false,
                    Self::Attendees => reader.attends,
                    Self::Members => true,
                }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f2_the_list_is_for_whom_it_is_for() {
        let stranger = ListReader::default();
        let member = ListReader { member: true, ..stranger };
        let attendee = ListReader { attends: true, ..member };
        let host = ListReader { edits: true, ..member };
        // Somebody who was suspended after they took a seat.
        let suspended = ListReader { attends: true, ..stranger };
        let seen = |list: AttendeeList| {
            [stranger, suspended, member, attendee, host].map(|reader| list.is_shown_to(reader))
        };
        assert_eq!(seen(AttendeeList::Nobody), [false, false, false, false, true]);
        assert_eq!(seen(AttendeeList::Attendees), [false, false, false, true, true]);
        assert_eq!(seen(AttendeeList::Members), [false, false, true, true, true]);
    }
}
