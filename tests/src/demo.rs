//! The demo community for tests, copied from its template.

use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::ConnectionTrait as _;

use crate::{Guild, START, template::Content};

/// Nearly every test wants the demo, so databases are copies of it from the start. This notices tests that don't.
pub(crate) struct Demo {
    copied: bool,
    wanted: AtomicBool,
}

impl Demo {
    pub(crate) fn new(content: Content) -> Self {
        Self { copied: matches!(content, Content::Demo), wanted: AtomicBool::new(false) }
    }

    /// Fails a test that never asked for the demo that it got.
    pub(crate) fn check(&self) {
        assert!(
            !self.copied || self.wanted.load(Ordering::Relaxed),
            "this test never calls `g.demo()`, so write `#[guild_test(empty)]`"
        );
    }
}

impl Guild {
    /// Says that the test begins with the demo community: the same rows that [`store::seed::demo`] creates. Everybody has
    /// got the kudos of the week, because most tests are about other emails.
    pub async fn demo(&self) {
        assert_eq!(
            self.now(),
            START.parse::<domain::Instant>().unwrap(),
            "the demo is made before time passes"
        );
        assert!(self.demo.copied, "this test calls `g.demo()`, so write `#[guild_test]` without `empty`");
        self.demo.wanted.store(true, Ordering::Relaxed);
    }

    /// The kudos of the week count as sent to everybody who is a member now.
    pub async fn skip_weekly_kudos(&self) {
        self.raw.execute_unprepared(SKIP_WEEKLY_KUDOS).await.unwrap();
    }
}

/// The kudos of the week count as sent to all members.
pub(crate) const SKIP_WEEKLY_KUDOS: &str = "UPDATE members SET kudos_week = '2100-01-04'";
