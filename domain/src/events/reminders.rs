//! Reminders: which there are, and when they are due. "24 hours before" is elapsed time (B4).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::{Instant, members::string_enum};

string_enum! {
    /// A reminder of an event.
    Reminder {
        /// 24 hours before.
        Day = "day",
        /// An hour before what is online only: nobody has to set out for it.
        Hour = "hour",
    }
}

impl Reminder {
    /// How long before the start it is due, in hours.
    #[must_use]
    pub fn hours(self) -> u8 {
        match self {
            Self::Day => 24,
            Self::Hour => 1,
        }
    }

    /// How long before the start it is due.
    #[must_use]
    pub fn lead(self) -> Duration {
        Duration::hours(i64::from(self.hours()))
    }

    /// Until how long before the start it is still of use, when it is late.
    #[must_use]
    pub fn latest(self) -> Duration {
        match self {
            Self::Day => Duration::hours(2),
            Self::Hour => Duration::minutes(5),
        }
    }

    /// Whether an event has it at all.
    #[must_use]
    pub fn fits(self, event: &Event) -> bool {
        match self {
            Self::Day => true,
            Self::Hour => event.details.place.is_empty() && event.details.join_url.is_some(),
        }
    }

    /// Whether it is to be sent now.
    #[must_use]
    pub fn is_due(self, starts_at: Instant, now: Instant) -> bool {
        starts_at - self.lead() <= now && now <= starts_at - self.latest()
    }
}
