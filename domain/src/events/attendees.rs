//! Who can see an event's attendees (F2). Email addresses are never shown.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// Who can see the list of an event's attendees. Each attendee can also hide themselves from it.
    AttendeeList {
        /// Only people who can edit the event.
        Nobody,
        /// Attendees of the event.
        Attendees,
        /// All members.
        Members,
    }
}

/// The facts about a reader that decide whether they see the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListReader {
    /// Whether they are signed in and not suspended.
    pub member: bool,
    /// Whether they have a seat.
    pub attends: bool,
    /// Whether they can edit the event.
    pub edits: bool,
}

impl AttendeeList {
    /// Whether this reader sees the list.
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
    fn f2_each_audience_sees_the_attendees() {
        let stranger = ListReader::default();
        let member = ListReader { member: true, ..stranger };
        let attendee = ListReader { attends: true, ..member };
        let host = ListReader { edits: true, ..member };
        // A member who was suspended after they took a seat.
        let suspended = ListReader { attends: true, ..stranger };
        let seen = |list: AttendeeList| {
            [stranger, suspended, member, attendee, host].map(|reader| list.is_shown_to(reader))
        };
        assert_eq!(seen(AttendeeList::Nobody), [false, false, false, false, true]);
        assert_eq!(seen(AttendeeList::Attendees), [false, false, false, true, true]);
        assert_eq!(seen(AttendeeList::Members), [false, false, true, true, true]);
    }
}
