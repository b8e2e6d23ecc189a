//! Invitations and requests for invitations: their limits and lifetimes.
//!
//! These emails go to people without an account. So there is a limit for each address, each form and each
//! day, for all administrators together.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Instant, Problems, Refusal, checks::Checks, members::Address, members::string_enum};

/// How long an invitation can be accepted.
pub const LIFETIME: Duration = Duration::days(14);
/// The most addresses in one form.
pub const MAX_PER_FORM: usize = 50;
/// The most invalid addresses that are reported at once.
const MAX_WRONG: usize = 5;
/// The most invitation emails in a day.
pub const MAX_PER_DAY: u32 = 200;
/// The most emails for one invitation.
pub const MAX_EMAILS_EACH: u32 = 3;
/// How long to wait before another email for the same invitation.
pub const RESEND_AFTER: Duration = Duration::hours(1);

/// How many emails about invitations one address gets within [`EMAILS_WINDOW`], whoever sends them and
/// whatever is withdrawn in between.
pub const MAX_EMAILS: u32 = 3;
/// How long an email to an address counts.
pub const EMAILS_WINDOW: Duration = Duration::days(30);
/// How many requests may be open at once.
pub const MAX_OPEN_REQUESTS: u64 = 1_000;
/// How many requests may arrive in a day.
pub const MAX_REQUESTS_PER_DAY: u64 = 200;
/// How long after a declined request the same address must wait. Decided requests are deleted after that.
pub const KEEP_DECIDED_FOR: Duration = Duration::days(30);
/// How long a request stays open before it is deleted.
pub const REQUEST_LIFETIME: Duration = Duration::days(90);

/// The record of an address that gets emails about invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emailed {
    /// Number of emails since `since`.
    pub sent: u32,
    /// When the first of them was sent.
    pub since: Instant,
    /// Whether its owner opted out of such emails.
    pub opted_out: bool,
}

impl Emailed {
    /// The record after one more email.
    ///
    /// # Errors
    /// `CannotEmail` when the owner opted out or the address got too many emails within [`EMAILS_WINDOW`].
    pub fn after_one_more(before: Option<Self>, now: Instant) -> Result<Self, Refusal> {
        let fresh = Self { sent: 1, since: now, opted_out: false };
        match before {
            None => Ok(fresh),
            Some(before) if before.opted_out => Err(Refusal::CannotEmail),
            Some(before) if now - before.since >= EMAILS_WINDOW => Ok(fresh),
            Some(before) if before.sent >= MAX_EMAILS => Err(Refusal::CannotEmail),
            Some(before) => Ok(Self { sent: before.sent + 1, ..before }),
        }
    }
}

/// A request for an invitation, as somebody filled in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestForm {
    /// 1 to 80 characters.
    pub name: String,
    /// The address for the invitation.
    pub address: Address,
    /// Why they want to join, 1 to 300 characters.
    pub reason: String,
}

impl RequestForm {
    /// Validates every field of the form.
    ///
    /// # Errors
    /// Problems with the fields `name`, `address` and `reason`.
    pub fn check(name: &str, address: &str, reason: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let read = Address::parse(address);
        if read.is_none() {
            let empty = address.trim().is_empty();
            checks.problem("address", if empty { Refusal::Missing } else { Refusal::BadAddress });
        }
        let reason = checks.line("reason", reason, 1, 300);
        checks.finish(read.map(|address| Self { name, address, reason }))
    }
}

/// Reads the message for a declined request; it may be empty.
///
/// # Errors
/// A problem with the field `message`.
pub fn check_message(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("message", text, 0, 500);
    checks.finish(Some(text))
}

string_enum! {
    /// Whether a request for an invitation was decided.
    RequestState {
        /// Not decided yet.
        Open,
        /// Approved, and an invitation was sent.
        Approved,
        /// Declined by an administrator.
        Declined,
    }
}

string_enum! {
    /// The state of an invitation.
    InvitationState {
        /// It can be accepted.
        Open,
        /// It was accepted.
        Claimed,
        /// It was cancelled.
        Revoked,
        /// It expired.
        Expired,
    }
}

/// The facts of an invitation that decide its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationStatus {
    /// When it was cancelled.
    pub revoked_at: Option<Instant>,
    /// When it was accepted.
    pub claimed_at: Option<Instant>,
    /// The time from which it cannot be accepted.
    pub expires_at: Instant,
    /// When its last email was queued.
    pub sent_at: Instant,
    /// Number of emails sent for it.
    pub sent: u32,
}

impl InvitationStatus {
    /// The state at `now`.
    #[must_use]
    pub fn state(&self, now: Instant) -> InvitationState {
        if self.claimed_at.is_some() {
            InvitationState::Claimed
        } else if self.revoked_at.is_some() {
            InvitationState::Revoked
        } else if now >= self.expires_at {
            InvitationState::Expired
        } else {
            InvitationState::Open
        }
    }

    /// Whether another email may be sent for it. An expired invitation can be sent too and then becomes
    /// valid again.
    ///
    /// # Errors
    /// `InvitationOver` when it was accepted, cancelled or sent too often, `SlowDown` within
    /// [`RESEND_AFTER`].
    pub fn may_send(&self, now: Instant) -> Result<(), Refusal> {
        let over = matches!(self.state(now), InvitationState::Claimed | InvitationState::Revoked)
            || self.sent >= MAX_EMAILS_EACH;
        if over {
            return Err(Refusal::InvitationOver);
        }
        let wait = (self.sent_at + RESEND_AFTER - now).num_seconds();
        if wait > 0 { Err(Refusal::SlowDown { seconds: wait }) } else { Ok(()) }
    }
}

/// The invitations that an administrator wants to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// The recipients, each once.
    pub addresses: Vec<Address>,
    /// A personal message, at most 500 characters; may be empty.
    pub note: String,
}

impl Invite {
    /// Reads addresses, separated by line breaks, commas or semicolons, and the message to go with them.
    ///
    /// # Errors
    /// Problems with the fields `addresses` and `note`.
    pub fn check(addresses: &str, note: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let typed: Vec<&str> =
            addresses.split(['\n', ',', ';']).map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut read: Vec<Address> = typed.iter().filter_map(|line| Address::parse(line)).collect();
        if typed.is_empty() {
            checks.problem("addresses", Refusal::Missing);
        } else if read.len() != typed.len() {
            // The problem names the line only: the address itself must not travel in a cookie.
            let lines = addresses.split('\n').map(|line| line.split([',', ';']).map(str::trim));
            let wrong = lines
                .enumerate()
                .flat_map(|(at, line)| line.map(move |text| (at + 1, text)))
                .filter(|(_, text)| !text.is_empty() && Address::parse(text).is_none());
            for (line, _) in wrong.take(MAX_WRONG) {
                checks.problem("addresses", Refusal::BadAddressAt { line: line as i64 });
            }
        } else if read.len() > MAX_PER_FORM {
            checks.problem("addresses", Refusal::TooManyInvitations { max: MAX_PER_FORM as i64 });
        }
        read.sort_by_key(Address::key);
        read.dedup_by_key(|address| address.key());
        let note = checks.text("note", note, 0, 500);
        checks.finish(Some(Self { addresses: read, note }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn several_lines_are_read_and_duplicates_are_removed() {
        let invite =
            Invite::check("b@guild.example, a@guild.example\n\nA@guild.example ", " Hello ").unwrap();
        let read: Vec<_> = invite.addresses.iter().map(Address::as_str).collect();
        assert_eq!((read, invite.note.as_str()), (vec!["a@guild.example", "b@guild.example"], "Hello"));
        let why = |text: &str| Invite::check(text, "").unwrap_err()[0].why.clone();
        assert_eq!(why(" \n"), Refusal::Missing);
        assert_eq!(why("a@guild.example\nb@guild.example, nobody"), Refusal::BadAddressAt { line: 2 });
        assert_eq!(Invite::check("x\n\ny", "").unwrap_err().len(), 2);
        let many: Vec<String> = (0..51).map(|i| format!("m{i}@guild.example")).collect();
        assert_eq!(why(&many.join("\n")), Refusal::TooManyInvitations { max: 50 });
    }

    #[test]
    fn an_address_gets_three_emails_in_thirty_days_and_none_after_opting_out() {
        let mut emailed = None;
        for sent in 1..=MAX_EMAILS {
            emailed = Some(Emailed::after_one_more(emailed, now()).unwrap());
            assert_eq!(emailed.unwrap().sent, sent);
        }
        assert_eq!(Emailed::after_one_more(emailed, now()), Err(Refusal::CannotEmail));
        let later = Emailed::after_one_more(emailed, now() + EMAILS_WINDOW).unwrap();
        assert_eq!((later.sent, later.since), (1, now() + EMAILS_WINDOW));
        let out = Emailed { opted_out: true, ..later };
        assert_eq!(Emailed::after_one_more(Some(out), now() + EMAILS_WINDOW * 9), Err(Refusal::CannotEmail));
    }

    #[test]
    fn a_request_is_bounded() {
        let good = RequestForm::check(" Noa ", "noa@example.org", "I\nread your notes.").unwrap();
        assert_eq!((good.name.as_str(), good.reason.as_str()), ("Noa", "I read your notes."));
        let fields = |name: &str, address: &str, reason: &str| -> Vec<String> {
            let problems = RequestForm::check(name, address, reason).unwrap_err();
            problems.into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields("", "", ""), ["name", "address", "reason"]);
        assert_eq!(fields(&"n".repeat(81), "noa@example.org", &"r".repeat(301)), ["name", "reason"]);
    }

    #[test]
    fn an_invitation_has_three_emails_an_hour_apart() {
        let sent = InvitationStatus {
            revoked_at: None,
            claimed_at: None,
            expires_at: now() + LIFETIME,
            sent_at: now(),
            sent: 1,
        };
        assert_eq!(sent.may_send(now()), Err(Refusal::SlowDown { seconds: 3600 }));
        assert_eq!(sent.may_send(now() + RESEND_AFTER), Ok(()));
        assert_eq!(sent.may_send(now() + LIFETIME + LIFETIME), Ok(()), "an old one lives again");
        let last = InvitationStatus { sent: 3, ..sent };
        assert_eq!(last.may_send(now() + RESEND_AFTER), Err(Refusal::InvitationOver));
        let used = InvitationStatus { claimed_at: Some(now()), ..sent };
        assert_eq!(used.may_send(now() + RESEND_AFTER), Err(Refusal::InvitationOver));
        assert_eq!(sent.state(now() + LIFETIME), InvitationState::Expired);
    }
}
