//! Sign-in by mail: a link for the browser that asked, a typed code for it too, and how long they live.

use chrono::Duration;

use crate::{Instant, Refusal};

/// How long a link or a code can be used.
pub const LIFETIME: Duration = Duration::minutes(10);
/// How often a code may be typed wrong before the sign-in is void.
pub const ATTEMPTS: u32 = 5;
/// How many digits a code has.
pub const DIGITS: usize = 8;
/// How long a code can be used that proves a member's new address.
pub const PROOF_LIFETIME: Duration = Duration::days(1);
/// How long a session lasts without being used.
pub const SESSION_IDLE: Duration = Duration::days(30);
/// How long a session lasts at most.
pub const SESSION_MAX_AGE: Duration = Duration::days(180);

/// So many emails in so long a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub emails: u32,
    /// Within how long.
    pub window: Duration,
}

/// Emails with a code to one address for one asker, while their links last.
pub const MAX_EMAILS_PER_CODE: Limit = Limit { emails: 5, window: LIFETIME };
/// The same in a day.
pub const MAX_EMAILS_PER_DAY: Limit = Limit { emails: 10, window: Duration::days(1) };
/// Emails in a day to one address for all askers together, but for browsers that its owner has used before.
pub const MAX_EMAILS_TO_ONE: Limit = Limit { emails: 20, window: Duration::days(1) };

/// Emails with a code that one address got lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentEmails {
    at_once: u32,
    a_day: u32,
    to_one: u32,
}

impl SentEmails {
    /// Counts one: whether it was for the same asker, whether that is a browser its owner has used before,
    /// and how long ago it was sent.
    pub fn count(&mut self, same_asker: bool, known: bool, ago: Duration) {
        let within = |limit: Limit| u32::from(ago < limit.window);
        if same_asker {
            self.at_once += within(MAX_EMAILS_PER_CODE);
            self.a_day += within(MAX_EMAILS_PER_DAY);
        }
        if !known {
            self.to_one += within(MAX_EMAILS_TO_ONE);
        }
    }
}

/// Whether an address gets another email. Browsers that its owner has used before have a budget of their
/// own: whatever others ask for, the owner can sign in there.
///
/// # Errors
/// After how long at most there is room again.
pub fn check_budget(sent: SentEmails, known: bool) -> Result<(), Duration> {
    let spent = |count: u32, limit: Limit| (count >= limit.emails).then_some(limit.window);
    let wait = spent(sent.a_day, MAX_EMAILS_PER_DAY)
        .or_else(|| spent(sent.to_one, MAX_EMAILS_TO_ONE).filter(|_| !known))
        .or_else(|| spent(sent.at_once, MAX_EMAILS_PER_CODE));
    wait.map_or(Ok(()), Err)
}

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
/// `SignInExpired` when it was used, is too late or was tried too often; `OtherBrowser` in a browser that did
/// not ask.
pub fn usable(pending: &Pending, now: Instant) -> Result<(), Refusal> {
    if pending.used {
        return Err(Refusal::SignInExpired);
    }
    if !pending.same_browser {
        return Err(Refusal::OtherBrowser);
    }
    if pending.attempts >= ATTEMPTS || now >= pending.expires_at {
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
        // The browser that used it forgot its cookie, and is not another one.
        let used = Pending { used: true, same_browser: false, ..pending() };
        assert_eq!(refused(used), Refusal::SignInExpired);
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

    fn sent(emails: &[(bool, bool, Duration)]) -> SentEmails {
        let mut sent = SentEmails::default();
        for (same_asker, known, ago) in emails {
            sent.count(*same_asker, *known, *ago);
        }
        sent
    }

    #[test]
    fn one_asker_uses_up_their_own_budget() {
        let (now, earlier) = (Duration::zero(), Duration::hours(2));
        assert_eq!(check_budget(sent(&[(true, false, now); 4]), false), Ok(()));
        assert_eq!(check_budget(sent(&[(true, false, now); 5]), false), Err(LIFETIME));
        assert_eq!(check_budget(sent(&[(true, false, LIFETIME); 5]), false), Ok(()));
        assert_eq!(check_budget(sent(&[(true, false, earlier); 10]), false), Err(Duration::days(1)));
        assert_eq!(check_budget(sent(&[(true, true, earlier); 10]), true), Err(Duration::days(1)));
        // Somebody else's emails are not theirs.
        assert_eq!(check_budget(sent(&[(false, false, now); 19]), false), Ok(()));
    }

    #[test]
    fn one_address_gets_so_many_and_a_known_browser_its_own() {
        let others = sent(&[(false, false, Duration::hours(1)); 20]);
        assert_eq!(check_budget(others, false), Err(Duration::days(1)));
        assert_eq!(check_budget(others, true), Ok(()));
        // The owner's own emails leave the others' budget alone.
        assert_eq!(check_budget(sent(&[(false, true, Duration::hours(1)); 40]), false), Ok(()));
        assert_eq!(check_budget(sent(&[(false, false, Duration::days(1)); 40]), false), Ok(()));
    }
}
