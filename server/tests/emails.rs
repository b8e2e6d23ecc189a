//! Every email as the complete message, with ordinary and hostile data. The snapshots show what people get.

// The samples only exist in debug builds.
#![cfg(debug_assertions)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use calcard::{
    common::IanaString as _,
    icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue},
};
use chrono::{DateTime, NaiveDateTime};
use domain::{
    EmailId, Instant, Locale,
    emails::{self, Email, EventFacts, Recipient, Sample},
    links::Link,
};
use icalendar::parser::{read_calendar, unfold};
use server::{
    dev_gallery::samples::{config, emails, mail, recipient},
    mail::render,
};

fn message(email: &Email, hostile: bool) -> String {
    String::from_utf8(mail(email, hostile).unwrap().message.formatted()).unwrap()
}

/// The message with decoded quoted-printable parts.
fn readable(raw: &str) -> String {
    let part = |part: &str| match part.split_once("\r\n\r\n") {
        Some((head, body)) if head.contains("quoted-printable") => format!("{head}\r\n\r\n{}", decoded(body)),
        _ => part.to_owned(),
    };
    raw.split("\r\n--").map(part).collect::<Vec<_>>().join("\r\n--")
}

fn decoded(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut parts = joined.split('=');
    let mut out = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        out.push(u8::from_str_radix(&part[..2], 16).unwrap());
        out.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(out).unwrap()
}

/// The calendar part of a message.
fn calendar(raw: &str) -> Option<String> {
    let raw = readable(raw);
    let start = raw.find("BEGIN:VCALENDAR")?;
    let end = raw[start..].find("END:VCALENDAR")? + start;
    Some(raw[start..end].to_owned())
}

/// What a calendar part says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    method: String,
    uid: String,
    starts: Instant,
    ends: Instant,
    sequence: i64,
    status: String,
    summary: String,
    location: String,
    attendee: String,
}

/// All calendar parts of a message.
fn calendars(raw: &str) -> Vec<String> {
    let raw = readable(raw);
    let parts = raw.split("BEGIN:VCALENDAR").skip(1);
    parts
        .map(|part| {
            format!("BEGIN:VCALENDAR{}END:VCALENDAR\r\n", part.split("END:VCALENDAR").next().unwrap())
        })
        .collect()
}

/// Reads a calendar part with the parser of the crate `icalendar`. `None` when it is no part with times in UTC.
fn by_icalendar(text: &str) -> Option<Entry> {
    let text = unfold(text);
    let calendar = read_calendar(&text).ok()?;
    let event = calendar.components.iter().find(|component| component.name == "VEVENT")?;
    let value = |name: &str| Some(event.find_prop(name)?.val.as_str());
    let unescaped = |name: &str| {
        value(name).unwrap_or_default().replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    };
    let at = |name: &str| Some(NaiveDateTime::parse_from_str(value(name)?, "%Y%m%dT%H%M%SZ").ok()?.and_utc());
    let method = calendar.properties.iter().find(|property| property.name == "METHOD")?;
    Some(Entry {
        method: method.val.as_str().to_owned(),
        uid: value("UID")?.to_owned(),
        starts: at("DTSTART")?,
        ends: at("DTEND")?,
        sequence: value("SEQUENCE")?.parse().ok()?,
        status: value("STATUS")?.to_owned(),
        summary: unescaped("SUMMARY"),
        location: unescaped("LOCATION"),
        attendee: value("ATTENDEE")?.trim_start_matches("mailto:").to_owned(),
    })
}

/// Reads a calendar part with the crate `calcard`, which did not write it. `None` when it is no part with times in UTC.
fn by_calcard(text: &str) -> Option<Entry> {
    let calendar = ICalendar::parse(text).ok()?;
    let component = |wanted| calendar.components.iter().find(|component| component.component_type == wanted);
    let (whole, event) =
        (component(ICalendarComponentType::VCalendar)?, component(ICalendarComponentType::VEvent)?);
    let value = |property| event.property(&property)?.values.first();
    let text_of = |property| value(property)?.as_text().map(str::to_owned);
    let at = |property| {
        let ICalendarValue::PartialDateTime(at) = value(property)? else { return None };
        // Only a time in UTC has an offset here.
        at.tz_hour.filter(|hour| *hour == 0)?;
        DateTime::from_timestamp(at.to_timestamp()?, 0)
    };
    let ICalendarValue::Integer(sequence) = value(ICalendarProperty::Sequence)? else { return None };
    let method = whole.property(&ICalendarProperty::Method)?.values.first()?;
    let ICalendarValue::Method(method) = method else { return None };
    Some(Entry {
        method: method.as_str().to_owned(),
        uid: event.uid()?.to_owned(),
        starts: at(ICalendarProperty::Dtstart)?,
        ends: at(ICalendarProperty::Dtend)?,
        sequence: *sequence,
        status: event.status()?.as_str().to_owned(),
        summary: text_of(ICalendarProperty::Summary)?,
        location: text_of(ICalendarProperty::Location).unwrap_or_default(),
        attendee: event.property(&ICalendarProperty::Attendee)?.calendar_address()?.to_owned(),
    })
}

/// C3: two parsers read each calendar part of all samples, and both find what the email says. One of them did not write it.
#[test]
fn c3_two_parsers_read_every_calendar_part() {
    let mut read = 0;
    for hostile in [false, true] {
        for (name, email) in emails(hostile) {
            let expected = email.calendars();
            let parts = calendars(&message(&email, hostile));
            // A single part is in the text and attached.
            let times = if expected.len() == 1 { 2 } else { 1 };
            assert_eq!(parts.len(), expected.len() * times, "{name}");
            for (text, wanted) in parts.iter().zip(expected.iter().cycle()) {
                let entry = by_icalendar(text).unwrap();
                assert_eq!(by_calcard(text).as_ref(), Some(&entry), "{name}: two parsers\n{text}");
                let (uid, starts, ends) = match wanted.entry {
                    emails::CalendarEntry::Event(event) => {
                        (event.uid.to_string(), event.starts_at, event.ends_at)
                    }
                    emails::CalendarEntry::Meeting(meeting) => {
                        (meeting.uid.to_string(), meeting.starts_at, meeting.ends_at)
                    }
                };
                let (method, status) = match wanted.method {
                    emails::Method::Request => ("REQUEST", "CONFIRMED"),
                    emails::Method::Cancel => ("CANCEL", "CANCELLED"),
                };
                assert_eq!(
                    (entry.uid.as_str(), entry.starts, entry.ends),
                    (uid.as_str(), starts, ends),
                    "{name}"
                );
                assert_eq!((entry.method.as_str(), entry.status.as_str()), (method, status), "{name}");
                assert_eq!(entry.sequence, i64::from(wanted.sequence), "{name}");
                assert_eq!(entry.attendee, "amara@example.org", "{name}");
                read += 1;
                // Control: both notice a local time, an hour that is off, another entry and another sequence.
                let local = text.replace("Z\r\nDTSTAMP", "\r\nDTSTAMP");
                let later =
                    text.replace(&starts.format("DTSTART:%Y%m%dT%H").to_string(), "DTSTART:20301231T23");
                let sequence = text.replace("SEQUENCE:", "SEQUENCE:9");
                let other = text.replace("UID:", "UID:x");
                for wrong in [local, later, sequence, other] {
                    assert_ne!(&wrong, text, "{name}");
                    assert_ne!(by_icalendar(&wrong), Some(entry.clone()), "{name}\n{wrong}");
                    assert_ne!(by_calcard(&wrong), Some(entry.clone()), "{name}\n{wrong}");
                }
            }
        }
    }
    assert!(read > 40, "only {read} parts");
}

/// C3: the snapshots show that calendar entries state their times in UTC.
#[test]
fn every_email_equals_its_snapshot() {
    for hostile in [false, true] {
        for (name, email) in emails(hostile) {
            let sample = if hostile { "hostile" } else { "ordinary" };
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("{name}-{sample}"), readable(&message(&email, hostile)).replace("\r\n", "\n"));
            });
        }
    }
}

#[test]
fn every_kind_of_email_has_a_sample() {
    let kinds: BTreeSet<_> = emails(false).iter().map(|(_, email)| email.kind()).collect();
    assert_eq!(kinds, Email::KINDS.iter().copied().collect());
    // The stored form names the kind as the outbox and the admin pages do.
    for (name, email) in emails(false) {
        let stored = serde_json::to_value(&email).unwrap();
        assert_eq!(stored["kind"], email.kind());
        assert_eq!(serde_json::from_value::<Email>(stored).unwrap(), email, "{name}");
    }
}

#[test]
fn an_email_that_is_sent_again_is_identical() {
    for (name, email) in emails(false) {
        assert_eq!(message(&email, false), message(&email, false), "{name}");
    }
}

/// C1: the effect of "No" in the calendar depends on the installation, and emails say the right one.
#[test]
fn c1_emails_and_calendar_entries_say_what_no_in_the_calendar_does() {
    let kinds = ["confirmed", "approved", "promoted", "rescheduled", "reinstated"];
    for (mail_reply, expected, unexpected) in [
        (true, "answer “No” in your calendar or use the “Your seat” link", "doesn’t give up your seat"),
        (
            false,
            "Answering “No” in your calendar doesn’t give up your seat",
            "answer “No” in your calendar or",
        ),
    ] {
        let config = server::mail::MailConfig { mail_reply, ..config(false).unwrap() };
        let samples = emails(false);
        let about_seats: Vec<_> = samples.iter().filter(|(name, _)| kinds.contains(&name.as_str())).collect();
        assert_eq!(about_seats.len(), kinds.len());
        for (name, email) in about_seats {
            let sent =
                render::render(EmailId(uuid::Uuid::nil()), email, &recipient(false), &config, Sample::now())
                    .unwrap();
            let raw = String::from_utf8(sent.message.formatted()).unwrap();
            let calendar = calendar(&raw).unwrap().replace("\r\n ", "").replace('\\', "");
            let text = readable(&raw).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(expected) && !text.contains(unexpected), "{name}: {text}");
            assert!(calendar.contains(expected) && !calendar.contains(unexpected), "{name}: {calendar}");
        }
    }
}

#[test]
fn hostile_text_adds_no_header() {
    for (name, email) in emails(true) {
        let raw = message(&email, true);
        assert!(raw.is_ascii(), "{name} is not ASCII");
        assert!(!raw.replace("\r\n", "").contains(['\r', '\n']), "{name} has a bare line end");
        let (head, _) = raw.split_once("\r\n\r\n").unwrap();
        let mut names: Vec<_> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        names.sort_unstable();
        let mut expected = vec!["Auto-Submitted", "Content-Type", "Date", "From"];
        if email.mailing().is_some() || email.is_to_stranger() {
            expected.extend(["List-Unsubscribe", "List-Unsubscribe-Post"]);
        }
        expected.extend(["MIME-Version", "Message-ID"]);
        expected.extend(email.reply_to().map(|_| "Reply-To"));
        expected.extend(["Subject", "To"]);
        assert_eq!(names, expected, "{name}");
        let parts = raw.lines().filter(|l| l.starts_with("Content-Transfer-Encoding:")).count();
        // A single calendar is a part next to the text and also an attachment. Several are attachments only.
        let calendars = match email.calendars().len() {
            1 => 2,
            several => several,
        };
        assert_eq!(parts, 2 + calendars, "{name}");
        // Only the recipient gets it.
        assert_eq!(head.matches("amara@example.org").count(), 1, "{name}");
    }
}

#[test]
fn hostile_text_adds_no_calendar_property() {
    for (name, email) in emails(true) {
        let Some(ics) = calendar(&message(&email, true)) else {
            assert!(email.calendars().is_empty(), "{name}");
            continue;
        };
        assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{name} has a line over 75 octets");
        assert!(
            !ics.replace("\r\n", "").contains(|c: char| c.is_control()),
            "{name} has a control character"
        );
        let unfolded = ics.replace("\r\n ", "");
        let property = |line: &str| line.split([':', ';']).next().unwrap().to_owned();
        let mut names: Vec<_> = unfolded.split_terminator("\r\n").map(property).collect();
        names.sort_unstable();
        let mut expected = vec![
            "ATTENDEE",
            "BEGIN",
            "BEGIN",
            "CALSCALE",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "END",
            "LOCATION",
            "METHOD",
            "ORGANIZER",
            "PRODID",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "UID",
            "URL",
            "VERSION",
        ];
        expected.sort_unstable();
        assert_eq!(names, expected, "{name}");
        assert!(!unfolded.contains("\r\nATTENDEE:"), "{name}");
        assert!(!ics.contains('\u{202E}'), "{name}");
    }
}

#[test]
fn hostile_text_adds_no_markup() {
    for (name, email) in emails(true) {
        let raw = readable(&message(&email, true));
        let html = &raw[raw.find("<!doctype html>").unwrap()..raw.find("</html>").unwrap()];
        assert!(!html.contains("<script"), "{name}");
        assert!(html.contains("&#60;script&#62;"), "{name}");
        assert!(!html.contains('\u{202E}'), "{name}");
        assert!(!html.contains("evil.example"), "{name} can be linked by a mail program");
        // In emails to people without an account, subject and text can't be linked either.
        if email.is_to_stranger() {
            let subject = mail(&email, true).unwrap().subject;
            let (_, text) = raw.split_once("text/plain").unwrap();
            for part in [&subject, text] {
                assert!(!part.contains("evil.example"), "{name} can be linked in its subject or text");
            }
        }
        assert!(
            html.contains("{{ 7*7 }}") || !serde_json::to_string(&email).unwrap().contains("{{ 7*7 }}"),
            "{name}"
        );
        // The join link isn't a valid address, so it is left out.
        let hrefs: Vec<_> =
            html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(hrefs.iter().all(|href| href.starts_with("https://guild.example.org/")), "{name}: {hrefs:?}");
    }
}

#[test]
fn emails_with_an_invitation_say_how_to_give_up_the_seat() {
    for (name, email) in emails(false) {
        let is_seat = |part: &emails::Calendar<'_>| {
            part.method == emails::Method::Request && matches!(part.entry, emails::CalendarEntry::Event(_))
        };
        let invites = email.calendars().iter().any(is_seat);
        let text = readable(&message(&email, false)).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text.contains("doesn’t give up your seat"), invites, "{name}");
    }
}

#[test]
fn only_people_with_a_seat_get_a_calendar_part() {
    for (name, email) in emails(false) {
        let raw = message(&email, false);
        let method = match email.calendars().first().map(|c| c.method) {
            Some(emails::Method::Request) => Some("REQUEST"),
            Some(emails::Method::Cancel) => Some("CANCEL"),
            None => None,
        };
        assert_eq!(raw.contains("multipart/mixed"), method.is_some(), "{name}");
        assert_eq!(raw.contains("text/calendar"), method.is_some(), "{name}");
        if let Some(method) = method {
            assert!(raw.contains(&format!("text/calendar; method={method}; charset=utf-8")), "{name}");
            assert!(calendar(&raw).unwrap().contains(&format!("METHOD:{method}\r\n")), "{name}");
        }
    }
}

/// B1: an email shows both time zones: the venue's first in person, and the recipient's first online.
#[test]
fn b1_times_are_shown_in_both_zones() {
    let assert_contains = |email: &Email, sentence: &str| {
        let raw = readable(&message(email, false)).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(raw.contains(sentence), "{raw}");
    };
    let sample = |name: &str| emails(false).into_iter().find(|(known, _)| known == name).unwrap().1;
    let (venue_time, own_time) =
        ("Tue 24 Nov 2026, 18:00–20:00 London (UTC+0)", "19:00–21:00 your time (Berlin)");
    // The sample has a room and a link, so both times are equally important.
    assert_contains(&sample("confirmed"), &format!("When: {venue_time} {own_time}"));
    assert_contains(
        &sample("confirmed"),
        &format!("<strong>{venue_time}</strong><br><strong>{own_time}</strong>"),
    );
    let left = |event| Email::from(emails::Left { event, sequence: None });
    let in_person = left(EventFacts { join_url: None, ..Sample { hostile: false }.event() });
    assert_contains(&in_person, &format!("<strong>{venue_time}</strong><br>{own_time}<"));
    assert_contains(
        &left(EventFacts { place: String::new(), ..Sample { hostile: false }.event() }),
        "<strong>Tue 24 Nov 2026, 19:00–21:00 your time (Berlin)</strong><br>18:00–20:00 London (UTC+0)<",
    );
    // The event crosses midnight at the venue, but not for the recipient.
    assert_contains(
        &sample("rescheduled"),
        "Mon 23 Nov 2026, 23:30 – Tue 24 Nov 2026, 01:00 London (UTC+0) \
         Tue 00:30–02:00 your time (Berlin) Room 2",
    );
}

/// C4: the subject contains the new time, in the zone that the email shows first.
#[test]
fn c4_the_subject_of_a_reschedule_names_the_new_time() {
    let of = |name: &str, zone: &str, is_online: bool| {
        let (_, mut email) = emails(false).into_iter().find(|(known, _)| known == name).unwrap();
        if let (true, Email::Rescheduled(emails::Rescheduled { event, .. })) = (is_online, &mut email) {
            event.place = String::new();
        }
        let to = Recipient { zone: zone.parse().unwrap(), ..recipient(false) };
        let id = EmailId(uuid::Uuid::nil());
        render::render(id, &email, &to, &config(false).unwrap(), Sample::now()).unwrap().subject
    };
    let title = Sample { hostile: false }.event().title;
    let moved = "rescheduled";
    assert_eq!(
        of(moved, "Europe/Berlin", false),
        format!("New time (Tue 24 Nov, 18:00–20:00 London): {title}")
    );
    assert_eq!(
        of(moved, "Asia/Tokyo", true),
        format!("New time (Wed 25 Nov, 03:00–05:00 your time): {title}")
    );
    assert_eq!(of("rescheduled_place", "UTC", false), format!("New venue: {title}"));
    assert_eq!(of("rescheduled_title", "UTC", false), format!("New title: {title}"));
    let back = "Going ahead after all, at a new time (Tue 24 Nov, 18:00–20:00 London)";
    assert_eq!(of("reinstated_moved", "UTC", false), format!("{back}: {title}"));
}

#[test]
fn an_invalid_address_fails_for_good() {
    for address in ["", "no-at-sign", "a@b\r\nRCPT TO:<x@evil.example>", "a b@c.example", "a@b@c"] {
        let to = Recipient { address: address.to_owned(), ..recipient(false) };
        let id = EmailId(uuid::Uuid::nil());
        let result =
            render::render(id, &Email::from(emails::NoAccount), &to, &config(false).unwrap(), Sample::now());
        assert!(matches!(result, Err(render::RenderError::Address)), "{address:?}");
    }
}

/// F4: every sentence of an email comes from the catalogue of the reader's language.
#[test]
fn subjects_come_from_the_catalogue() {
    let to = Recipient { locale: Locale::Pseudo, ..recipient(false) };
    for (name, email) in emails(false) {
        let id = EmailId(uuid::Uuid::nil());
        let mail = render::render(id, &email, &to, &config(false).unwrap(), Sample::now()).unwrap();
        for word in ["You", "seat", "Sign", "Event", "waitlist", "Cancelled"] {
            assert!(
                !mail.subject.replace(&Sample { hostile: false }.event().title, "").contains(word),
                "{name}: {}",
                mail.subject
            );
        }
    }
}

/// C8: optional emails have unsubscribe links in header and footer. Other emails have none.
#[test]
fn c8_optional_emails_have_unsubscribe_links() {
    for (name, email) in emails(false) {
        let raw = message(&email, false);
        let (head, _) = raw.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", "");
        let link =
            head.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <https://")?.strip_suffix('>'));
        if email.is_to_stranger() {
            check_stranger_unsubscribe(&name, &raw, link.unwrap());
            continue;
        }
        assert_eq!(link.is_some(), email.category().is_optional(), "{name}");
        let one_click = head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        assert_eq!(one_click, email.category().is_optional(), "{name}");
        let text = readable(&raw);
        assert_eq!(text.matches("/unsubscribe/").count(), if link.is_some() { 3 } else { 0 }, "{name}");
        assert_eq!(text.contains("/profile/emails"), link.is_some(), "{name}");
        let must = ["sign_in", "no_account", "cancelled", "rescheduled", "reinstated", "confirmed", "left"];
        assert!(link.is_none() || !must.contains(&email.kind()), "{name}");
        if let Some(link) = link {
            let token = link.rsplit('/').next().unwrap();
            let read = config(false).unwrap().links.read(token).unwrap();
            let mailing = email.mailing().unwrap();
            let group =
                mailing.group.as_ref().filter(|_| email.category().is_of_groups()).map(|group| group.id);
            let category = email.category();
            assert_eq!(read, Link::Unsubscribe { member: mailing.member, group, category }, "{name}");
        }
    }
}

/// Checks an email to a person without an account: it offers to end such emails, but no member's preferences.
fn check_stranger_unsubscribe(name: &str, raw: &str, link: &str) {
    let token = link.rsplit('/').next().unwrap();
    let read = config(false).unwrap().links.read(token).unwrap();
    assert_eq!(read, Link::NoInvitations(store::recipients::hash("amara@example.org")), "{name}");
    let text = readable(raw);
    assert_eq!(text.matches("/unsubscribe/").count(), 3, "{name}");
    assert!(text.contains("Never email this address again"), "{name}");
    assert!(!text.contains("/profile/emails"), "{name}");
}

/// C8: over plain http, emails don't ask mail programs to post.
#[test]
fn c8_without_https_there_is_no_one_click() {
    let mut config = config(false).unwrap();
    config.public_url = "http://127.0.0.1:3000".to_owned();
    let id = EmailId(uuid::Uuid::from_u128(1));
    for (name, email) in emails(false) {
        let rendered = render::render(id, &email, &recipient(false), &config, Sample::now()).unwrap();
        let raw = String::from_utf8(rendered.message.formatted()).unwrap();
        assert!(!raw.contains("List-Unsubscribe"), "{name}");
    }
}

/// The outbox may hold emails that an older version queued under the old name of their kind.
#[test]
fn queued_emails_with_an_old_kind_are_still_read() {
    let renamed = [
        ("seat_declined", "rejected"),
        ("fewer_offered", "fewer"),
        ("moved_back", "bumped"),
        ("email_confirmed", "mail_works"),
    ];
    for (new, old) in renamed {
        let (_, email) = emails(false).into_iter().find(|(_, email)| email.kind() == new).unwrap();
        let stored = serde_json::to_string(&email).unwrap();
        let older = stored.replace(&format!("\"kind\":\"{new}\""), &format!("\"kind\":\"{old}\""));
        assert_ne!(older, stored, "control: the stored form names the kind");
        assert_eq!(serde_json::from_str::<Email>(&older).unwrap(), email);
    }
}
