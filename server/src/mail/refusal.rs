//! Classifies permanent refusals: is the mailbox dead, or is it about the sender, the content or a policy?
//!
//! This is used for refusals in SMTP replies (`transport`) and in delivery reports (`bounce`). Only a dead
//! mailbox mutes an address. An operator on either side can fix everything else, so a wrong guess must not
//! cost a member their email. Servers use the same code for different things, so the text counts more than
//! the code.

/// When the server refused. This decides how much a bare code like `550` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// In reply to the recipient's address (RCPT TO).
    Recipient,
    /// In reply to the message (DATA).
    Message,
    /// In a delivery report that doesn't say.
    Unknown,
}

/// Texts about the sender, the content or a policy.
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

/// Texts that say that the recipient's mailbox does not exist or is closed.
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

/// Whether a permanent refusal means that the recipient's mailbox is dead. `code` is the SMTP code (`550`)
/// and `status` the enhanced one (`5.1.1`). Either can be empty. `text` is the server's whole reply.
pub(super) fn is_dead_mailbox(stage: Stage, code: &str, status: &str, text: &str) -> bool {
    if code.starts_with('4') || status.starts_with('4') || status.starts_with('2') {
        return false;
    }
    let text = without_addresses(text);
    let says = |texts: &[&str]| texts.iter().any(|known| text.contains(known));
    // Exchange Online replies like this for an unknown user.
    let exchange = status == "5.4.1" && text.contains("recipient address") && text.contains("access denied");
    if exchange {
        return true;
    }
    if says(NOT_THE_MAILBOX) {
        return false;
    }
    says(DEAD_MAILBOX) || means_dead_mailbox(stage, code, status)
}

/// Whether the codes alone mean a dead mailbox (RFC 3463).
fn means_dead_mailbox(stage: Stage, code: &str, status: &str) -> bool {
    match status {
        // "Other or undefined": the SMTP code decides.
        "" | "5.0.0" => stage != Stage::Message && ["550", "551", "553"].contains(&code),
        // A bad sender address (5.1.7, 5.1.8), a wrong relay (5.1.9) or a message that is too long (5.2.3).
        "5.1.7" | "5.1.8" | "5.1.9" | "5.2.3" => false,
        // The recipient's domain does not exist.
        "5.4.4" => true,
        _ => status.starts_with("5.1.") || status.starts_with("5.2."),
    }
}

/// The text in lower case, without addresses, because an address can contain one of the known texts.
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

    /// Classifies a reply such as `550 5.1.1 unknown`.
    fn dead(stage: Stage, answer: &str) -> bool {
        let code = answer.split(' ').next().unwrap_or_default();
        is_dead_mailbox(stage, code, enhanced_status(answer).unwrap_or_default(), answer)
    }

    #[test]
    fn c7_an_unknown_or_closed_mailbox_is_dead() {
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
    fn c7_a_refused_sender_content_or_policy_is_not_a_dead_mailbox() {
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
        assert!(!dead(Stage::Message, "550"), "after the message, it is usually about the content");
        assert!(dead(Stage::Message, "550 5.1.1 User unknown"));
    }

    #[test]
    fn an_enhanced_status_is_found_in_a_text() {
        assert_eq!(enhanced_status("550-5.1.1 no"), Some("5.1.1"));
        assert_eq!(enhanced_status("550 (#5.1.10) 192.0.2.1"), Some("5.1.10"));
        assert_eq!(enhanced_status("550 192.0.2.1 5.1"), None);
    }
}
