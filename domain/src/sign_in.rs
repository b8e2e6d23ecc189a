//! Sign-in by mail: a link for the browser that asked, a typed code for it too, and how long they live.

use chrono::Duration;

use crate::{Instant, Refusal};

/// How long a link or a code can be used.
pub const LIFETIME: Duration = Duration::minutes(10);
/// How often a code may be typed wrong before the sign-in is void.
pub const ATTEMPTS: u32 = 5;
/// How many digits a code has.
pub const DIGITS: usize = 8;
/// How long a session lasts without being used.
pub const SESSION_IDLE: Duration = Duration::days(30);
/// How long a session lasts at most.
pub const SESSION_MOST: Duration = Duration::days(180);

/// An asked-for sign-in as it stands inside the lock.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// Until when it can be used.
    pub expires_at: Instant,
    /// Whether it was used.
    pub used: bool,
    /// How often a wrong code was typed.
    pub attempts: u32,
    /// Whether the browser that answers is the one that asked.
    pub same_browser: bool,
}

/// Whether a link or code may be looked at.
///
/// # Errors
/// `OtherBrowser` in a browser that did not ask, `SignInExpired` when it is too late, was used or
/// was tried too often.
pub fn usable(pending: &Pending, now: Instant) -> Result<(), Refusal> {
    if !pending.same_browser {
        return Err(Refusal::OtherBrowser);
    }
    if pending.used || pending.attempts >= ATTEMPTS || now >= pending.expires_at {
        return Err(Refusal::SignInExpired);
    }
    Ok(())
}

/// What to say after a wrong code; `attempts` counts it already.
#[must_use]
pub fn wrong_code(attempts: u32) -> Refusal {
    match ATTEMPTS.saturating_sub(attempts) {
        0 => Refusal::SignInExpired,
        left => Refusal::CodeWrong { left: i64::from(left) },
    }
}

/// The digits of what a person typed as a code: spaces and hyphens do not count.
#[must_use]
pub fn typed_code(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        let expires_at = "2026-11-21T10:10:00Z".parse().unwrap();
        Pending { expires_at, used: false, attempts: 0, same_browser: true }
    }

    #[test]
    fn a_sign_in_works_once_in_time_in_its_browser() {
        let now: Instant = "2026-11-21T10:09:59Z".parse().unwrap();
        assert_eq!(usable(&pending(), now), Ok(()));
        let refused = |p: Pending| usable(&p, now).unwrap_err();
        assert_eq!(refused(Pending { used: true, ..pending() }), Refusal::SignInExpired);
        assert_eq!(refused(Pending { attempts: 5, ..pending() }), Refusal::SignInExpired);
        assert_eq!(refused(Pending { same_browser: false, ..pending() }), Refusal::OtherBrowser);
        assert_eq!(usable(&pending(), pending().expires_at), Err(Refusal::SignInExpired));
    }

    #[test]
    fn codes_are_typed_with_or_without_spaces() {
        assert_eq!(typed_code(" 1234 5678 ").as_deref(), Some("12345678"));
        assert_eq!(typed_code("1234-5678").as_deref(), Some("12345678"));
        assert_eq!(typed_code("1234567"), None);
        assert_eq!(typed_code("1234567x"), None);
        assert_eq!(wrong_code(1), Refusal::CodeWrong { left: 4 });
        assert_eq!(wrong_code(5), Refusal::SignInExpired);
    }
}
