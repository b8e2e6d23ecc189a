//! Counts the forms of each member.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use domain::MemberId;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// After this many forms, the counters of members with no recent forms are dropped.
const SWEEP_EVERY: u32 = 1_000;

/// Counts forms per member. In memory only, so a restart resets it.
pub struct Accounts {
    posts: DefaultKeyedRateLimiter<MemberId>,
    since_sweep: AtomicU32,
}

impl Accounts {
    /// Allows `per_minute` forms a minute, with bursts of twice as many.
    #[must_use]
    pub fn new(per_minute: NonZeroU32) -> Self {
        let burst = per_minute.saturating_mul(NonZeroU32::MIN.saturating_add(1));
        Self {
            posts: RateLimiter::dashmap(Quota::per_minute(per_minute).allow_burst(burst)),
            since_sweep: AtomicU32::new(0),
        }
    }

    /// Counts a form. Over the limit, the error is the number of seconds to wait.
    pub(crate) fn count(&self, member: MemberId) -> Result<(), u32> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.posts.retain_recent();
        }
        self.posts.check_key(&member).map_err(|not_yet| {
            let wait = not_yet.wait_time_from(DefaultClock::default().now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn one_member_is_stopped_and_others_are_not() {
        let accounts = Accounts::new(NonZeroU32::MIN);
        let (one, other) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        for _ in 0..2 {
            assert_eq!(accounts.count(one), Ok(()));
        }
        let wait = accounts.count(one).unwrap_err();
        assert!((1..=61).contains(&wait), "{wait}");
        assert_eq!(accounts.count(other), Ok(()));
    }
}
