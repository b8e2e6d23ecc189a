//! Reads bounces (C7): delivery status notifications (RFC 3464) that a mail server pipes into
//! `guildhall mail bounce`.
//!
//! Anyone can send such a report. So a report only counts if it returns the Message-ID of one of our emails,
//! which only the recipient knows, and names the address that we sent this email to.

use domain::{EmailId, members::Address};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

use super::refusal::{Stage, enhanced_status, is_dead_mailbox, is_enhanced};

/// The most recipients read from one report. Our emails have one recipient each.
const MAX_RECIPIENTS: usize = 20;

/// A dead mailbox that a report names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The address that we sent the email to.
    pub address: Address,
    /// The email that bounced, from the Message-ID that the report returns.
    pub email: EmailId,
    /// A sentence for the outbox that ends in the status code, such as `5.1.1`.
    pub cause: String,
}

/// The dead mailboxes that a report names. Empty if the email isn't a report about one of our emails.
#[must_use]
pub fn read(mail: &[u8]) -> Vec<Bounce> {
    let Some(report) = MessageParser::default().parse(mail) else { return Vec::new() };
    let status = report.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status")
            || part.is_content_type("message", "global-delivery-status")
    });
    let (Some(status), Some(email)) = (status, report.parts.iter().find_map(returned)) else {
        return Vec::new();
    };
    // Depending on the type, the parser reads this part as text or as bytes.
    recipients(&String::from_utf8_lossy(status.contents()), email)
}

/// The ID of our email, if this part of the report returns the email or its headers.
fn returned(part: &MessagePart<'_>) -> Option<EmailId> {
    if let Some(id) = part.message().and_then(id_of) {
        return Some(id);
    }
    let types = [
        ("text", "rfc822-headers"),
        ("message", "rfc822"),
        ("message", "global"),
        ("message", "global-headers"),
    ];
    if !types.into_iter().any(|(kind, subtype)| part.is_content_type(kind, subtype)) {
        return None;
    }
    // Headers alone may lack the empty line that the parser needs.
    let headers = [part.contents(), b"\r\n\r\n"].concat();
    id_of(&MessageParser::default().parse(&headers)?)
}

/// Reads the email's ID from its Message-ID, which is `<id>@<host>`.
fn id_of(message: &Message<'_>) -> Option<EmailId> {
    message.message_id()?.split_once('@')?.0.parse().ok().map(EmailId)
}

/// Reads the blocks of a report, one for each recipient. The first block is about the email and is skipped.
fn recipients(text: &str, email: EmailId) -> Vec<Bounce> {
    // A line that begins with a space or tab continues the previous line.
    let text = text.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    text.split("\n\n").filter_map(|block| recipient(block, email)).take(MAX_RECIPIENTS).collect()
}

fn recipient(block: &str, email: EmailId) -> Option<Bounce> {
    let field = |name: &str| {
        block.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let first_word = |text: &str| text.split_whitespace().next().unwrap_or_default().to_owned();
    if !first_word(field("action")?).eq_ignore_ascii_case("failed") {
        return None;
    }
    let status = first_word(field("status")?);
    if !status.starts_with("5.") || !is_enhanced(&status) {
        return None;
    }
    // If the email was forwarded, the original recipient is the address that we sent it to.
    let address = field("original-recipient").or_else(|| field("final-recipient"))?;
    let (kind, address) = address.split_once(';')?;
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    let is_address = ["rfc822", "utf-8"].iter().any(|known| kind.trim().eq_ignore_ascii_case(known));
    let address = Address::parse(address).filter(|_| is_address)?;
    let diagnostic = field("diagnostic-code").unwrap_or_default();
    let reply = diagnostic.split_once(';').map_or(diagnostic, |(_, reply)| reply.trim());
    let code = reply.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    // `5.0.0` means "other". The quoted answer of the server may contain a more precise status.
    let precise = enhanced_status(reply).filter(|_| status == "5.0.0").unwrap_or(&status);
    is_dead_mailbox(Stage::Unknown, code.unwrap_or_default(), precise, reply).then(|| Bounce {
        address,
        email,
        cause: format!("the mail server sent it back: {precise}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMAIL: &str = "01a200e9-cba3-7582-aa21-54be9edc57ee";

    fn notification(fields: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nI could not deliver it.\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Sat, 21 Nov 2026 12:00:00 +0000\r\n\r\n\
             {fields}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: You have a seat\r\n\
             Message-ID: <{EMAIL}@guild.example>\r\n\r\nHello\r\n--b--\r\n"
        )
    }

    #[test]
    fn c7_a_notification_names_the_dead_mailboxes() {
        let fields = "Final-Recipient: rfc822; mei@Guild.example\r\nAction: failed\r\nStatus: 5.1.1 (no such user)\r\n\
                      Diagnostic-Code: smtp; 550 5.1.1 unknown";
        let bounces = read(notification(fields).as_bytes());
        assert_eq!(bounces.len(), 1);
        assert_eq!(bounces[0].address.key(), "mei@guild.example");
        assert_eq!(bounces[0].cause, "the mail server sent it back: 5.1.1");
        assert_eq!(bounces[0].email.to_string(), EMAIL);
        let two = format!("{fields}\r\n\r\n{}", fields.replace("mei@", "kofi@"));
        assert_eq!(read(notification(&two).as_bytes()).len(), 2);
        let forwarded = format!("Original-Recipient: rfc822;amara@guild.example\r\n{fields}");
        assert_eq!(read(notification(&forwarded).as_bytes())[0].address.as_str(), "amara@guild.example");
    }

    #[test]
    fn c7_delays_and_problems_on_our_side_are_not_bounces() {
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

    #[test]
    fn c7_a_report_counts_only_with_the_message_id_of_an_email_of_ours() {
        let fields = "Final-Recipient: rfc822; mei@guild.example\r\nAction: failed\r\nStatus: 5.1.1";
        let report = notification(fields);
        for (part, count) in [("text/rfc822-headers", 1), ("message/global", 1), ("text/plain", 0)] {
            let returned = report.replace("message/rfc822\r", &format!("{part}\r"));
            assert_eq!(read(returned.as_bytes()).len(), count, "{part}");
        }
        let line = format!("Message-ID: <{EMAIL}@guild.example>\r\n");
        for forged in ["", "Message-ID: <x@guild.example>\r\n", "Message-ID: nonsense\r\n"] {
            assert!(read(report.replace(&line, forged).as_bytes()).is_empty(), "{forged}");
        }
        // Headers alone, without the empty line after them.
        let headers =
            report.replace("message/rfc822\r", "text/rfc822-headers\r").replace("\r\n\r\nHello", "");
        assert_eq!(read(headers.as_bytes()).len(), 1);
        // The Message-ID of the report itself is not ours.
        let of_report = report.replace(&line, "").replacen("Subject:", &format!("{line}Subject:"), 1);
        assert!(read(of_report.as_bytes()).is_empty());
    }

    #[test]
    fn c7_the_text_of_a_report_counts_more_than_its_status() {
        for (status, diagnostic, muted) in [
            ("5.1.0", "smtp; 550 5.1.0 <0100@mail.example> sender rejected. AUP#In-1310", false),
            ("5.1.1", "smtp; 550 5.7.1 message content rejected", false),
            ("5.0.0", "smtp; 554 5.7.1 blocked", false),
            ("5.0.0", "smtp; 550 5.1.1 unknown", true),
            ("5.0.0", "smtp; 550 no", true),
            (
                "5.4.1",
                "smtp;550 5.4.1 Recipient address rejected:\r\n\tAccess denied.\r\n [DB5.prod.example]",
                true,
            ),
            ("5.4.1", "smtp; 550 5.4.1 no answer from host", false),
            ("5.7.1", "smtp; 554 5.7.1 <mei@guild.example>: user does not exist", true),
        ] {
            let fields = format!(
                "Final-Recipient: rfc822;mei@guild.example\r\nAction: failed\r\nStatus: {status}\r\n\
                 Diagnostic-Code: {diagnostic}"
            );
            assert_eq!(!read(notification(&fields).as_bytes()).is_empty(), muted, "{diagnostic}");
        }
    }

    #[test]
    fn c7_fields_may_be_folded_and_addresses_have_two_types() {
        for recipient in
            ["rfc822;mei@guild.example", "RFC822;\r\n mei@guild.example", "utf-8; mei@guild.example"]
        {
            let fields = format!(
                "Final-Recipient: {recipient}\r\nAction: failed (for good)\r\nStatus: 5.1.1\r\n (gone)"
            );
            assert_eq!(read(notification(&fields).as_bytes()).len(), 1, "{recipient}");
        }
    }
}
