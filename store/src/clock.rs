//! The only clock. All other code gets "now" as an argument.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DurationRound, TimeDelta};
use domain::Instant;

/// The system's clock, or a fixed one for tests.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// The system's time plus this much.
    System(TimeDelta),
    Fixed(Arc<Mutex<Instant>>),
}

impl Clock {
    /// The operating system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::ahead(TimeDelta::zero())
    }

    /// The operating system's clock, ahead by this much. Tests use it to see what happens later.
    #[must_use]
    pub fn ahead(time: TimeDelta) -> Self {
        Self(Source::System(time))
    }

    /// A clock that shows one time until it is set.
    #[must_use]
    pub fn fixed(at: Instant) -> Self {
        Self(Source::Fixed(Arc::new(Mutex::new(at))))
    }

    /// Sets a fixed clock. Has no effect on the system's clock.
    pub fn set(&self, at: Instant) {
        if let Source::Fixed(fixed) = &self.0 {
            *fixed.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }

    /// The current time, rounded down to the microsecond, which is PostgreSQL's precision.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Instant {
        let now = match &self.0 {
            Source::System(ahead) => chrono::Utc::now() + *ahead,
            Source::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }
}
