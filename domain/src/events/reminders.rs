//! Reminders: which ones exist and when they are due. "24 hours before" is elapsed time (B4).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::{Instant, members::string_enum};

string_enum! {
    /// A reminder of an event.
    Reminder {
        /// 24 hours before the start.
        Day,
        /// One hour before the start, for events without a place, which need no travel.
        Hour,
    }
}

impl Reminder {
    /// How long before the start it is sent, in hours.
    #[must_use]
    pub fn hours(self) -> u8 {
        match self {
            Self::Day => 24,
            Self::Hour => 1,
        }
    }

    /// How long before the start it is sent.
    #[must_use]
    pub fn lead(self) -> Duration {
        Duration::hours(i64::from(self.hours()))
    }

    /// How long before the start it is still useful. A later one is not sent.
    #[must_use]
    pub fn latest(self) -> Duration {
        match self {
            Self::Day => Duration::hours(2),
            Self::Hour => Duration::minutes(5),
        }
    }

    /// Whether this kind of event gets the reminder.
    #[must_use]
    pub fn fits(self, event: &Event) -> bool {
        match self {
            Self::Day => true,
            Self::Hour => event.details.place.is_empty() && event.details.join_url.is_some(),
        }
    }

    /// Whether it must be sent at `now`.
    #[must_use]
    pub fn is_due(self, starts_at: Instant, now: Instant) -> bool {
        starts_at - self.lead() <= now && now <= starts_at - self.latest()
    }
}
