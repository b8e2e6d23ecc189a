//! The test harness notices what a test must not leave behind.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::panic::catch_unwind;

use store::Engine;
use tests::Guild;

/// Why a test fails that confirms one seat and expects these emails at its end. `None` when it passes.
fn failure(expected: Option<&'static str>) -> Option<String> {
    let test = async |g: Guild| {
        g.demo().await;
        let slug = g.event(None).await;
        g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
        if let Some(expected) = expected {
            g.expect_emails(expected).await;
        }
    };
    let panic = catch_unwind(|| tests::run(Engine::Sqlite, test)).err()?;
    Some(panic.downcast_ref::<String>().cloned().unwrap_or_default())
}

#[test]
fn an_email_that_was_not_expected_fails_the_test() {
    for expected in ["confirmed=1", "confirmed"] {
        assert_eq!(failure(Some(expected)), None);
    }
    for expected in [None, Some(""), Some("confirmed=2"), Some("left=1"), Some("confirmed=1 left=1")] {
        assert!(failure(expected).is_some_and(|text| text.contains("confirmed=1")), "{expected:?}");
    }
}
