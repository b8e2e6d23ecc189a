//! What a permanent refusal is about: the mailbox, or the sender, the content and the policy of a server.
//!
//! One classification serves both ways in which a refusal reaches us: as an SMTP answer (`transport`) and in
//! a delivery report (`bounce`). Only a dead mailbox mutes an address. Everything else is fixed by an
//! operator, here or there, so the wrong guess must not cost a member their email. Servers use the same code
//! for different things, so the text counts more than the code.

/// Where the server said no, which decides how much a bare code like `550` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// As an answer to the recipient's address.
    Recipient,
    /// After it has read the message.
    Message,
    /// In a report that does not say.
    Unknown,
}

/// Texts that speak of the sender, the content or a policy.
const NOT_THE_MAILBOX: &[&str] = &[
    "sender",
    "mail from",
    "envelope from",
    "return path",
    "return-path",
    "reverse path",
    "spam",
    "content",
    "virus",
    "malware",
    "phish",
    "policy",
    "policies",
    "reputation",
    "blocklist",
    "block list",
    "blacklist",
    "denylist",
    "blocked",
    "banned",
    "dmarc",
    "dkim",
    "spf",
    "dnsbl",
    "rbl",
    "reverse dns",
    "ptr record",
    "helo",
    "client host",
    "ip address",
    "relay access",
    "relaying",
    "to relay",
    "relay not",
    "not permitted to relay",
    "authentication",
    "authenticated",
    "unauthenticated",
    "rate limit",
    "too many",
    "message size",
    "too large",
    "aup#",
];

/// Texts that say that nobody reads mail at this address.
const DEAD_MAILBOX: &[&str] = &[
    "user unknown",
    "unknown user",
    "unknown recipient",
    "recipient unknown",
    "unknown local",
    "unknown address",
    "unknown mailbox",
    "no such user",
    "no such recipient",
    "no such mailbox",
    "no such address",
    "no such person",
    "no mailbox here",
    "does not exist",
    "doesn't exist",
    "recipnotfound",
    "recipientnotfound",
    "recipient not found",
    "user not found",
    "mailbox not found",
    "account not found",
    "address not found",
    "not found by smtp address lookup",
    "invalid recipient",
    "invalid mailbox",
    "account disabled",
    "account is disabled",
    "mailbox disabled",
    "mailbox is disabled",
    "account is inactive",
    "user is inactive",
    "unrouteable address",
];

/// Whether a permanent refusal says that nobody gets mail at the recipient's address. `code` is the SMTP
/// code (`550`) and `status` the enhanced one (`5.1.1`); either may be empty. `text` is all that the server
/// said.
pub(super) fn is_dead_mailbox(stage: Stage, code: &str, status: &str, text: &str) -> bool {
    if code.starts_with('4') || status.starts_with('4') || status.starts_with('2') {
        return false;
    }
    let text = without_addresses(text);
    let says = |texts: &[&str]| texts.iter().any(|known| text.contains(known));
    // Exchange Online has no better answer for an unknown user.
    let exchange = status == "5.4.1" && text.contains("recipient address") && text.contains("access denied");
    if exchange {
        return true;
    }
    if says(NOT_THE_MAILBOX) {
        return false;
    }
    says(DEAD_MAILBOX) || means_dead_mailbox(stage, code, status)
}

/// What the codes alone say (RFC 3463).
fn means_dead_mailbox(stage: Stage, code: &str, status: &str) -> bool {
    match status {
        // Other or undefined: the SMTP code has to say it.
        "" | "5.0.0" => stage != Stage::Message && ["550", "551", "553"].contains(&code),
        // A bad sender's address, a message relayed to the wrong place, a message that is too long.
        "5.1.7" | "5.1.8" | "5.1.9" | "5.2.3" => false,
        // The recipient's domain does not exist.
        "5.4.4" => true,
        _ => status.starts_with("5.1.") || status.starts_with("5.2."),
    }
}

/// In lower case, without addresses: those hold words that nobody said.
fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !word.contains('@'));
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The first enhanced status code in a text, as in `550 5.1.1 <x>: unknown` or `#5.1.1`.
pub(super) fn enhanced_status(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.').find(|word| is_enhanced(word))
}

/// Whether a word is an enhanced status code: `5.1.1`.
pub(super) fn is_enhanced(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let digits = |part: &str, max: usize| {
        !part.is_empty() && part.len() <= max && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(parts.as_slice(), [class, subject, detail]
        if ["2", "4", "5"].contains(class) && digits(subject, 3) && digits(detail, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits an answer such as `550 5.1.1 unknown` into its parts.
    fn dead(stage: Stage, answer: &str) -> bool {
        let code = answer.split(' ').next().unwrap_or_default();
        is_dead_mailbox(stage, code, enhanced_status(answer).unwrap_or_default(), answer)
    }

    #[test]
    fn c7_a_mailbox_that_nobody_reads_is_dead() {
        for answer in [
            "550 5.1.1 <spam@guild.example>: Recipient address rejected: User unknown in relay recipient table",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient mei@guild.example not found by SMTP address lookup",
            "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB5.prod.example 2026-11-26]",
            "550-5.1.1 The email account that you tried to reach does not exist.",
            "550 5.5.0 No such user here",
            "554 5.7.1 <mei@guild.example>: Recipient address rejected: user does not exist",
            "553 5.1.3 bad address syntax",
            "552 5.2.2 mailbox full",
            "550 5.2.1 The mailbox is disabled",
            "550 5.4.4 Host not found",
            "550",
            "553",
        ] {
            assert!(dead(Stage::Recipient, answer), "{answer}");
        }
    }

    #[test]
    fn c7_a_refused_sender_content_or_policy_is_no_dead_mailbox() {
        for answer in [
            "550 5.1.0 <0100@mail.example> sender rejected. AUP#In-1310",
            "550 5.1.1 Sender address rejected: User unknown in virtual mailbox table",
            "553 5.1.8 Domain of sender address does not exist",
            "550 5.1.8 Access denied, bad outbound sender",
            "550 5.7.1 This message was blocked because its content presents a potential risk",
            "550 5.7.26 This mail is unauthenticated: DMARC",
            "550 5.2.3 Message too large",
            "554 5.7.1 <mei@guild.example>: Relay access denied",
            "550 Requested action not taken: mailbox unavailable. Reject due to policy restrictions",
            "550 5.4.1 No answer from host",
            "550 5.4.5 quota",
            "554",
            "530 5.7.0",
            "450 4.1.1 User unknown",
        ] {
            assert!(!dead(Stage::Recipient, answer), "{answer}");
        }
        assert!(!dead(Stage::Message, "550"), "after the message it is most often the content");
        assert!(dead(Stage::Message, "550 5.1.1 User unknown"));
    }

    #[test]
    fn an_enhanced_status_is_found_in_a_text() {
        assert_eq!(enhanced_status("550-5.1.1 no"), Some("5.1.1"));
        assert_eq!(enhanced_status("550 (#5.1.10) 192.0.2.1"), Some("5.1.10"));
        assert_eq!(enhanced_status("550 192.0.2.1 5.1"), None);
    }
}
