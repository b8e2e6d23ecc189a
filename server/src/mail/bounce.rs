//! A mail that came back (C7): a delivery status notification (RFC 3464) that a mail server pipes into
//! `guildhall mail bounce`.
//!
//! The sender of a mail proves nothing, so all that one can do is to mute a member's optional mail, which
//! they see on every page and undo with one button.

use domain::members::Address;
use mail_parser::{MessageParser, MimeHeaders};

/// Notifications about more recipients than this are nobody's single mail.
const MOST: usize = 20;

/// An address that no mail arrives at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The address.
    pub address: Address,
    /// Why, as a status code: `5.1.1`.
    pub cause: String,
}

/// The addresses that a mail says no mail arrives at, for good.
#[must_use]
pub fn read(mail: &[u8]) -> Vec<Bounce> {
    let Some(message) = MessageParser::default().parse(mail) else { return Vec::new() };
    let status = message.parts.iter().find(|part| part.is_content_type("message", "delivery-status"));
    // A program that does not know the type reads it as text or as bytes.
    let text = status.map(|part| String::from_utf8_lossy(part.contents()).into_owned());
    text.map(|text| recipients(&text)).unwrap_or_default()
}

/// The blocks of a report that tell of a recipient; the first block tells of the mail.
fn recipients(text: &str) -> Vec<Bounce> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").filter_map(recipient).take(MOST).collect()
}

fn recipient(block: &str) -> Option<Bounce> {
    let field = |name: &str| {
        block.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let failed = field("action")?.eq_ignore_ascii_case("failed");
    let status = field("status")?.split_whitespace().next()?;
    let code = status.starts_with("5.") && status.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    // The address that we wrote to, where it was forwarded from there.
    let address = field("original-recipient").or_else(|| field("final-recipient"))?;
    let (kind, address) = address.split_once(';')?;
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    let address = Address::parse(address).filter(|_| kind.trim().eq_ignore_ascii_case("rfc822"))?;
    // Not what our own server is to mend: relaying, our sender, our quota.
    let about_mailbox = status.starts_with("5.1.") && !["5.1.7", "5.1.8"].contains(&status)
        || status.starts_with("5.2.")
        || status == "5.0.0"
        || status.starts_with("5.4.4");
    (failed && code && about_mailbox)
        .then(|| Bounce { address, cause: format!("the mail server sent it back: {status}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notification(fields: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nI could not deliver it.\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Sat, 21 Nov 2026 12:00:00 +0000\r\n\r\n\
             {fields}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: You have a seat\r\n\r\nHello\r\n--b--\r\n"
        )
    }

    #[test]
    fn c7_a_notification_names_who_gets_no_mail() {
        let fields = "Final-Recipient: rfc822; mei@Guild.example\r\nAction: failed\r\nStatus: 5.1.1 (no such user)\r\n\
                      Diagnostic-Code: smtp; 550 5.1.1 unknown";
        let bounces = read(notification(fields).as_bytes());
        assert_eq!(bounces.len(), 1);
        assert_eq!(bounces[0].address.key(), "mei@guild.example");
        assert_eq!(bounces[0].cause, "the mail server sent it back: 5.1.1");
        let two = format!("{fields}\r\n\r\n{}", fields.replace("mei@", "kofi@"));
        assert_eq!(read(notification(&two).as_bytes()).len(), 2);
        let forwarded = format!("Original-Recipient: rfc822;amara@guild.example\r\n{fields}");
        assert_eq!(read(notification(&forwarded).as_bytes())[0].address.as_str(), "amara@guild.example");
    }

    #[test]
    fn c7_what_may_still_arrive_or_is_ours_to_mend_mutes_nobody() {
        let fields = |action: &str, status: &str| {
            format!("Final-Recipient: rfc822; mei@guild.example\r\nAction: {action}\r\nStatus: {status}")
        };
        for (action, status) in [
            ("delayed", "4.4.1"),
            ("failed", "4.2.2"),
            ("delivered", "2.0.0"),
            ("failed", "5.7.1"),
            ("failed", "5.1.8"),
            ("failed", "x"),
        ] {
            assert!(read(notification(&fields(action, status)).as_bytes()).is_empty(), "{action} {status}");
        }
        let local = fields("failed", "5.1.1").replace("rfc822", "x400");
        assert!(read(notification(&local).as_bytes()).is_empty());
        for other in ["Subject: Out of office\r\n\r\nStatus: 5.1.1", "\u{0}", ""] {
            assert!(read(other.as_bytes()).is_empty());
        }
    }
}
