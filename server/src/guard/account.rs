//! Limits how many forms one member can send, whatever the forms change and from whatever address. The limits
//! of single verbs are in `store`. This one keeps an account from filling the database, the audit log and the
//! outbox.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use app::{context::Visit, error::AppError};
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::MemberId;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use http::Method;

use crate::{errors::Fail, state::State};

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
    fn count(&self, member: MemberId) -> Result<(), u32> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.posts.retain_recent();
        }
        self.posts.check_key(&member).map_err(|not_yet| {
            let wait = not_yet.wait_time_from(DefaultClock::default().now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

/// The middleware. Signing out is never limited, because it stops anyone else who is using the account.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let counted = *request.method() == Method::POST && request.uri().path() != "/sign-out";
    let member = request.extensions().get::<Visit>().and_then(|visit| visit.actor.member());
    if let Some(member) = member.filter(|_| counted && state.guards.account)
        && let Err(seconds) = state.accounts.count(member)
    {
        tracing::info!("a member sent too many forms");
        return Fail::from(AppError::SlowDown { seconds }).into_response();
    }
    next.run(request).await
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
