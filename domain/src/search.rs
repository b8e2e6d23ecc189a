//! The kinds of search results.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// The kind of a search result.
    HitKind {
        /// A member.
        Member,
        /// A group.
        Group,
        /// An event.
        Event,
        /// A session of an event's agenda.
        Session,
        /// Kudos.
        Kudos,
        /// A learning request.
        Demand,
    }
}
