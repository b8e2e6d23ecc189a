//! Sign-in by email: a link and a code, both for the browser that requested them, with their limits.

use chrono::Duration;

use crate::{Instant, Refusal};

/// How long a link or code is valid.
pub const LIFETIME: Duration = Duration::minutes(10);
/// How many wrong codes end a sign-in.
pub const ATTEMPTS: u32 = 5;
/// Number of digits of a code.
pub const DIGITS: usize = 8;
/// How long the code that proves a member's new address is valid.
pub const PROOF_LIFETIME: Duration = Duration::days(1);
/// How long a sign-in session lasts without being used.
pub const SESSION_IDLE: Duration = Duration::days(30);
/// How long a sign-in session lasts at most.
pub const SESSION_MAX_AGE: Duration = Duration::days(180);

/// A limit on the number of emails within a time window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Number of emails.
    pub emails: u32,
    /// Length of the window.
    pub window: Duration,
}

/// Limit for emails with a code to one address from one requester, while their links are valid.
pub const MAX_EMAILS_PER_LIFETIME: Limit = Limit { emails: 5, window: LIFETIME };
/// Limit for emails with a code to one address from one requester in a day.
pub const MAX_EMAILS_PER_DAY: Limit = Limit { emails: 10, window: Duration::days(1) };
/// Limit for emails to one address in a day from all requesters, except browsers that its owner has used
/// before.
pub const MAX_EMAILS_TO_ONE: Limit = Limit { emails: 20, window: Duration::days(1) };

/// Numbers of recent emails with a code to one address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentEmails {
    per_lifetime: u32,
    a_day: u32,
    to_one: u32,
}

impl SentEmails {
    /// Counts one email: whether it was for the same requester, whether for a browser that the owner has
    /// used before, and how long ago it was sent.
    pub fn count(&mut self, same_asker: bool, known: bool, ago: Duration) {
        let within = |limit: Limit| u32::from(ago < limit.window);
        if same_asker {
            self.per_lifetime += within(MAX_EMAILS_PER_LIFETIME);
            self.a_day += within(MAX_EMAILS_PER_DAY);
        }
        if !known {
            self.to_one += within(MAX_EMAILS_TO_ONE);
        }
    }
}

/// Whether an address may get another email. Browsers that its owner has used before have their own budget.
/// So the owner can always sign in there, whatever others request.
///
/// # Errors
/// The time after which there is room again, at most.
pub fn check_budget(sent: SentEmails, known: bool) -> Result<(), Duration> {
    let spent = |count: u32, limit: Limit| (count >= limit.emails).then_some(limit.window);
    let wait = spent(sent.a_day, MAX_EMAILS_PER_DAY)
        .or_else(|| spent(sent.to_one, MAX_EMAILS_TO_ONE).filter(|_| !known))
        .or_else(|| spent(sent.per_lifetime, MAX_EMAILS_PER_LIFETIME));
    wait.map_or(Ok(()), Err)
}

/// A started sign-in, as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// When it expires.
    pub expires_at: Instant,
    /// Whether it was used.
    pub used: bool,
    /// Number of wrong codes that were typed.
    pub attempts: u32,
    /// Whether the request comes from the browser that started it.
    pub same_browser: bool,
}

/// Whether the link or code can be used.
///
/// # Errors
/// `SignInExpired` when it was used, has expired or had too many attempts, `OtherBrowser` in another
/// browser than the one that started it.
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

/// The refusal of a wrong code. `attempts` includes it.
#[must_use]
pub fn wrong_code(attempts: u32) -> Refusal {
    match ATTEMPTS.saturating_sub(attempts) {
        0 => Refusal::SignInExpired,
        left => Refusal::CodeWrong { left: i64::from(left) },
    }
}

/// The digits of a typed code; `None` unless it has [`DIGITS`] of them. Spaces and hyphens are ignored.
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
    fn a_sign_in_works_once_before_it_expires_and_in_its_browser() {
        let now: Instant = "2026-11-21T10:09:59Z".parse().unwrap();
        assert_eq!(usable(&pending(), now), Ok(()));
        let refused = |p: Pending| usable(&p, now).unwrap_err();
        assert_eq!(refused(Pending { used: true, ..pending() }), Refusal::SignInExpired);
        assert_eq!(refused(Pending { attempts: 5, ..pending() }), Refusal::SignInExpired);
        assert_eq!(refused(Pending { same_browser: false, ..pending() }), Refusal::OtherBrowser);
        // The browser that used it no longer has its cookie. It must not be reported as another browser.
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
    fn each_requester_uses_up_their_own_budget() {
        let (now, earlier) = (Duration::zero(), Duration::hours(2));
        assert_eq!(check_budget(sent(&[(true, false, now); 4]), false), Ok(()));
        assert_eq!(check_budget(sent(&[(true, false, now); 5]), false), Err(LIFETIME));
        assert_eq!(check_budget(sent(&[(true, false, LIFETIME); 5]), false), Ok(()));
        assert_eq!(check_budget(sent(&[(true, false, earlier); 10]), false), Err(Duration::days(1)));
        assert_eq!(check_budget(sent(&[(true, true, earlier); 10]), true), Err(Duration::days(1)));
        // Emails that others requested do not count against this requester's own limits.
        assert_eq!(check_budget(sent(&[(false, false, now); 19]), false), Ok(()));
    }

    #[test]
    fn an_address_has_one_budget_for_all_and_one_for_known_browsers() {
        let others = sent(&[(false, false, Duration::hours(1)); 20]);
        assert_eq!(check_budget(others, false), Err(Duration::days(1)));
        assert_eq!(check_budget(others, true), Ok(()));
        // The owner's own emails do not count against the budget of all others.
        assert_eq!(check_budget(sent(&[(false, true, Duration::hours(1)); 40]), false), Ok(()));
        assert_eq!(check_budget(sent(&[(false, false, Duration::days(1)); 40]), false), Ok(()));
    }
}
