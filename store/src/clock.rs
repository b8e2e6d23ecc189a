//! The only clock. All other code gets "now" as an argument.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DurationRound, TimeDelta};
use domain::Instant;

/// The system's clock, or a fixed one for tests.
#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<Mutex<Instant>>>);

impl Clock {
    /// The operating system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that shows one time until it is set.
    #[must_use]
    pub fn fixed(at: Instant) -> Self {
        Self(Some(Arc::new(Mutex::new(at))))
    }

    /// Sets a fixed clock. Has no effect on the system's clock.
    pub fn set(&self, at: Instant) {
        if let Some(fixed) = &self.0 {
            *fixed.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }

    /// The current time, rounded down to the microsecond, which is PostgreSQL's precision.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Instant {
        let now = self
            .0
            .as_ref()
            .map_or_else(chrono::Utc::now, |fixed| *fixed.lock().unwrap_or_else(PoisonError::into_inner));
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }
}
