//! The calendar part of an email: an invitation or its cancellation (C1, C2).

use app::i18n;
use domain::{
    Arg, Instant,
    emails::{Calendar as Part, CalendarEntry, Method, Recipient},
};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use lettre::Address;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{MailConfig, clean, view::yes_or_no};

/// The characters that are encoded in a `mailto:` URL (RFC 6068).
const IN_MAILTO: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'@')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~')
    .remove(b'+')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'=')
    .remove(b'&')
    .remove(b'/');

/// The name of an iTIP method, as in `METHOD:` and in the MIME type.
#[must_use]
pub fn method_name(method: Method) -> &'static str {
    match method {
        Method::Request => "REQUEST",
        Method::Cancel => "CANCEL",
    }
}

/// The `.ics` part of an email, in lines of at most 75 octets that end in CRLF. `at` becomes DTSTAMP.
///
/// The attendee has already accepted by taking a seat in the portal, so the calendar doesn't ask for a reply
/// (RSVP=FALSE).
#[must_use]
pub fn invitation(
    part: Part<'_>,
    to: &Recipient,
    address: &Address,
    config: &MailConfig,
    at: Instant,
) -> String {
    let entry = Entry::of(part.entry, to);
    let page = config.address_of(&entry.page);
    let from_name = config.from.name.clone().unwrap_or_else(|| config.community.clone());

    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .sequence(part.sequence)
        .timestamp(at)
        .starts(entry.starts_at)
        .ends(entry.ends_at)
        .summary(&clean::short_line(&entry.title, 200))
        .description(&description(part, &entry, to, config, &page))
        .append_property(Property::new("URL", clean::line(&page)))
        .append_property(person("ORGANIZER", &from_name, &config.from.email).done())
        .append_multi_property(
            person("ATTENDEE", &to.name, address)
                .add_parameter("PARTSTAT", "ACCEPTED")
                .add_parameter("RSVP", "FALSE")
                .add_parameter("ROLE", "REQ-PARTICIPANT")
                .done(),
        )
        .status(match part.method {
            Method::Request => EventStatus::Confirmed,
            Method::Cancel => EventStatus::Cancelled,
        });
    let place = clean::line(&entry.place);
    if !place.is_empty() {
        event.location(&place);
    }

    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Guildhall//Guildhall//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", method_name(part.method)))
        .push(event.done());
    fold(&calendar.to_string())
}

/// A calendar entry, whatever it is about.
struct Entry {
    uid: String,
    title: String,
    starts_at: Instant,
    ends_at: Instant,
    place: String,
    /// Path of its page.
    page: String,
}

impl Entry {
    fn of(entry: CalendarEntry<'_>, to: &Recipient) -> Self {
        match entry {
            CalendarEntry::Event(event) => Self {
                uid: event.uid.to_string(),
                title: event.title.clone(),
                starts_at: event.starts_at,
                ends_at: event.ends_at,
                place: event.place.clone(),
                page: event.path(),
            },
            CalendarEntry::Meeting(meeting) => Self {
                uid: meeting.uid.to_string(),
                title: meeting_title(&meeting.partner, to),
                starts_at: meeting.starts_at,
                ends_at: meeting.ends_at,
                place: meeting.place.clone(),
                page: meeting.path(),
            },
        }
    }
}

/// The title of a meeting. It names nobody after the other one's account is gone.
fn meeting_title(partner: &str, to: &Recipient) -> String {
    match partner.trim() {
        "" => i18n::text(to.locale, "email-ics-meeting-ended"),
        name => i18n::text_with(to.locale, "email-ics-meeting", &[("partner", Arg::Text(clean::line(name)))]),
    }
}

/// The description of the calendar entry: where to join, the address of the page, how to give up the seat or to
/// change the meeting.
fn description(part: Part<'_>, entry: &Entry, to: &Recipient, config: &MailConfig, page: &str) -> String {
    let sentence =
        |key: &str, url: &str| i18n::text_with(to.locale, key, &[("url", Arg::Text(clean::line(url)))]);
    let join = match part.entry {
        CalendarEntry::Event(event) => event.join_url.as_deref(),
        CalendarEntry::Meeting(_) => Some(entry.place.as_str()),
    };
    let mut lines = Vec::new();
    if part.method == Method::Request
        && let Some(join) = join.and_then(clean::web_address)
    {
        lines.push(sentence("email-ics-join", join));
    }
    match part.entry {
        CalendarEntry::Event(_) => lines.push(sentence("email-ics-page", page)),
        CalendarEntry::Meeting(_) => lines.push(sentence("email-ics-mentorship", page)),
    }
    if part.method == Method::Request && matches!(part.entry, CalendarEntry::Event(_)) {
        let reply = [("reply", yes_or_no(config.mail_reply))];
        lines.push(i18n::text_with(to.locale, "email-ics-give-up", &reply));
    }
    lines.join("\n")
}

/// A property for a person: ORGANIZER or ATTENDEE. Parameters can't contain a double quote, even escaped, so
/// it becomes a single quote.
fn person(key: &str, name: &str, address: &Address) -> Property {
    let name = clean::short_line(name, 100).replace('"', "'");
    let mailto = format!("mailto:{}", utf8_percent_encode(address.as_ref(), IN_MAILTO));
    let mut property = Property::new(key, mailto);
    if !name.is_empty() {
        property.add_parameter("CN", &name);
    }
    property.done()
}

/// Folds the lines again, because the library can leave a last line of 76 octets.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                out.push_str("\r\n ");
                octets = 1;
            }
            out.push(c);
            octets += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}
