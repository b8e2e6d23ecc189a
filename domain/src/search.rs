//! What can be searched for.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// A kind of thing that search finds.
    HitKind {
        /// A member.
        Member = "member",
        /// A group.
        Group = "group",
        /// An event.
        Event = "event",
        /// A session of an event's agenda.
        Session = "session",
    }
}
