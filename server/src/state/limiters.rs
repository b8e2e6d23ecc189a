//! Counts requests that send emails or guess secrets, for each client address.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::guard::address;

/// How many tries are allowed for each sign-in email: typed codes and visits to identity providers. One
/// sign-in takes several tries.
const TRIES_PER_ASK: u32 = 4;
/// After this many requests, the counters of clients with no recent requests are dropped.
const SWEEP_EVERY: u32 = 1_000;

/// The kinds of requests. Each has its own counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A request that sends an email.
    Ask,
    /// A request that can guess a secret, or that makes the server connect to another one.
    Try,
    /// A request of a program with an access token. Apart from sign-in, because both may come from one office.
    Program,
}

/// Counts requests per client address. In memory only, so a restart resets it.
pub struct Limiters {
    asks: DefaultKeyedRateLimiter<IpAddr>,
    tries: DefaultKeyedRateLimiter<IpAddr>,
    programs: DefaultKeyedRateLimiter<IpAddr>,
    since_sweep: AtomicU32,
}

impl Limiters {
    /// Allows `asks_per_minute` sign-in emails a minute, with bursts of twice as many.
    #[must_use]
    pub fn new(asks_per_minute: NonZeroU32) -> Self {
        let quota = |a_minute: NonZeroU32| {
            Quota::per_minute(a_minute)
                .allow_burst(a_minute.saturating_mul(NonZeroU32::MIN.saturating_add(1)))
        };
        let tries = asks_per_minute.saturating_mul(NonZeroU32::MIN.saturating_add(TRIES_PER_ASK - 1));
        Self {
            asks: RateLimiter::dashmap(quota(asks_per_minute)),
            tries: RateLimiter::dashmap(quota(tries)),
            programs: RateLimiter::dashmap(quota(tries)),
            since_sweep: AtomicU32::new(0),
        }
    }

    /// Counts a request. Over the limit, the error is the number of seconds to wait.
    pub(crate) fn count(&self, kind: Kind, client: IpAddr) -> Result<(), u32> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.asks.retain_recent();
            self.tries.retain_recent();
            self.programs.retain_recent();
        }
        let limiter = match kind {
            Kind::Ask => &self.asks,
            Kind::Try => &self.tries,
            Kind::Program => &self.programs,
        };
        limiter.check_key(&address::household(client)).map_err(|not_yet| {
            let wait = not_yet.wait_time_from(DefaultClock::default().now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_stopped_and_others_are_not() {
        let limiters = Limiters::new(NonZeroU32::new(5).unwrap());
        let count = |text: &str| limiters.count(Kind::Ask, text.parse().unwrap());
        for _ in 0..10 {
            assert_eq!(count("2001:db8::1"), Ok(()));
        }
        let wait = count("2001:db8::ffff").unwrap_err();
        assert!((1..=13).contains(&wait), "{wait}");
        assert_eq!(count("2001:db8:0:1::1"), Ok(()));
        assert_eq!(count("192.0.2.1"), Ok(()));
        // Asking for a code and typing it have separate counters.
        assert_eq!(limiters.count(Kind::Try, "2001:db8::1".parse().unwrap()), Ok(()));
    }
}
