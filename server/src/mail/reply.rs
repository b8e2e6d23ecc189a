//! Reads calendar replies (C1): a METHOD:REPLY that a calendar program sends to the organiser's mailbox, and
//! that a mail server pipes into `guildhall mail reply`.
//!
//! Anyone can send such an email. A reply only counts with the UID, which only the attendee knows, and with
//! the attendee's address. All it can do is give up the attendee's own seat.

use domain::{RsvpId, members::Address};
use icalendar::parser::{Component, read_calendar, unfold};
use mail_parser::{MessageParser, MimeHeaders};

/// A reply to a calendar invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The RSVP that the invitation was sent for. It is the UID of the calendar entry.
    pub uid: RsvpId,
    /// The attendee's address.
    pub address: Address,
    /// The SEQUENCE of the invitation that this replies to. It is 0 if the reply doesn't say.
    pub sequence: u32,
    /// Whether the attendee declined. Other replies change nothing.
    pub declined: bool,
}

/// The calendar reply in an email, if there is one.
#[must_use]
pub fn read(mail: &[u8]) -> Option<Reply> {
    let message = MessageParser::default().parse(mail)?;
    let is_calendar = |part: &&mail_parser::MessagePart<'_>| part.is_content_type("text", "calendar");
    let part = message.parts.iter().find(is_calendar)?;
    read_part(part.text_contents()?)
}

fn read_part(text: &str) -> Option<Reply> {
    let text = unfold(text);
    let calendar = read_calendar(&text).ok()?;
    let method = calendar.properties.iter().find(|property| property.name.as_str() == "METHOD")?;
    if !method.val.as_str().eq_ignore_ascii_case("REPLY") {
        return None;
    }
    calendar.components.iter().filter(|component| component.name.as_str() == "VEVENT").find_map(answer)
}

fn answer(event: &Component<'_>) -> Option<Reply> {
    let uid = event.find_prop("UID")?.val.as_str().parse().ok().map(RsvpId)?;
    let sequence = event.find_prop("SEQUENCE").and_then(|property| property.val.as_str().trim().parse().ok());
    let attendee = event.find_prop("ATTENDEE")?;
    let address = attendee.val.as_str();
    let scheme = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"))?;
    let address = Address::parse(&address[scheme.len()..])?;
    let declined = attendee.params.iter().any(|parameter| {
        let value = parameter.val.as_ref().map(|value| value.as_str().trim_matches('"'));
        parameter.key.as_str().eq_ignore_ascii_case("PARTSTAT")
            && value.is_some_and(|value| value.eq_ignore_ascii_case("DECLINED"))
    });
    Some(Reply { uid, address, sequence: sequence.unwrap_or(0), declined })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UID: &str = "01a200e9-cba3-7582-aa21-54be9edc57ee";

    fn mail(method: &str, attendee: &str) -> String {
        format!(
            "From: x@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nNo.\r\n--b\r\n\
             Content-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n\
             BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{UID}\r\n\
             DTSTAMP:20261121T120000Z\r\n{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n"
        )
    }

    #[test]
    fn c1_a_reply_names_the_attendee_and_their_decision() {
        let declined = mail(
            "REPLY",
            "ATTENDEE;CN=\"Mei\";PARTSTAT=DECLINED;CUTYPE=\r\n INDIVIDUAL:MAILTO:mei@Example.org",
        );
        let reply = read(declined.as_bytes()).unwrap();
        assert_eq!(reply.uid.to_string(), UID);
        assert_eq!(reply.address.as_str(), "mei@example.org");
        assert!(reply.declined);
        assert_eq!(reply.sequence, 0);
        let newer = declined.replace("DTSTAMP", "SEQUENCE:3\r\nDTSTAMP");
        assert_eq!(read(newer.as_bytes()).unwrap().sequence, 3);
        let accepted = mail("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:mei@example.org");
        assert!(!read(accepted.as_bytes()).unwrap().declined);
    }

    #[test]
    fn c1_anything_else_is_not_a_reply() {
        let attendee = "ATTENDEE;PARTSTAT=DECLINED:mailto:mei@example.org";
        assert_eq!(read(mail("REQUEST", attendee).as_bytes()), None);
        assert_eq!(read(mail("REPLY", "ATTENDEE;PARTSTAT=DECLINED:http://example.org").as_bytes()), None);
        assert_eq!(read(mail("REPLY", "SUMMARY:x").as_bytes()), None);
        assert_eq!(read(mail("REPLY", attendee).replace(UID, "x").as_bytes()), None);
        assert_eq!(read(b"Subject: Out of office\r\n\r\nBack on Monday."), None);
        assert_eq!(read(b"\xff\x00"), None);
    }
}
