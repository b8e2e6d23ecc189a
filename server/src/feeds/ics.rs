//! A feed as a calendar (RFC 5545). In a member's own feed, an event with an RSVP has the UID of the emailed
//! invitation, so that calendar programs don't show the event twice.

use domain::{Instant, events::EventStatus};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus as Status, Property};
use store::schedule::SessionEntry;

use super::{Page, active_rsvp};
use crate::mail::{calendar::fold, clean};

/// How often calendar programs should reload the feed: every hour.
const REFRESH: &str = "PT1H";

// There is no METHOD: a published calendar would need an ORGANIZER in every event (RFC 5546), and the hosts'
// email addresses are private.
pub(super) fn write(page: &Page<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Guildhall//Guildhall//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("NAME", clean::short_line(&page.title, 200)))
        .append_property(Property::new("X-WR-CALNAME", clean::short_line(&page.title, 200)))
        // RFC 7986 requires the VALUE parameter. Older programs only know X-PUBLISHED-TTL.
        .append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done())
        .append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    for entry in &page.feed.entries {
        let (event, details) = (&entry.event, &entry.event.details);
        let rsvp = active_rsvp(entry);
        let (uid, sequence) = match rsvp {
            Some(rsvp) => (rsvp.id.to_string(), rsvp.sequence.saturating_sub(1)),
            None => (event.id.to_string(), event.version),
        };
        let status = match (event.status, rsvp) {
            (EventStatus::Cancelled, _) => Status::Cancelled,
            (_, Some(rsvp)) if !rsvp.is_seated() => Status::Tentative,
            (EventStatus::Draft | EventStatus::Published, _) => Status::Confirmed,
        };
        let address = page.address(entry);
        calendar.push(item(&Item {
            uid: &uid,
            sequence,
            status,
            updated_at: entry.updated_at,
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            title: &details.title,
            description: &[&details.summary],
            place: &details.place,
            address,
        }));
    }
    for entry in &page.feed.sessions {
        calendar.push(session(page, entry));
    }
    fold(&calendar.to_string())
}

/// A session of an agenda. It keeps its UID when it moves.
fn session(page: &Page<'_>, entry: &SessionEntry) -> Event {
    let (event, session) = (&entry.event, &entry.session);
    let speakers: Vec<&str> = session.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let place = [clean::line(&session.room), clean::line(&event.details.place)];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    item(&Item {
        uid: &entry.id.to_string(),
        sequence: entry.sequence,
        status: match event.status {
            EventStatus::Cancelled => Status::Cancelled,
            EventStatus::Draft | EventStatus::Published => Status::Confirmed,
        },
        updated_at: entry.updated_at,
        starts_at: session.starts_at,
        ends_at: session.ends_at(),
        title: &markup::published::line(&session.title),
        description: &[&speakers.join(", "), &event.details.title],
        place: &place.join(", "),
        address: format!("{}/events/{}/sessions/{}", page.origin, event.slug, entry.id),
    })
}

/// What a calendar program is told about one entry.
struct Item<'a> {
    uid: &'a str,
    sequence: u32,
    status: Status,
    updated_at: Instant,
    starts_at: Instant,
    ends_at: Instant,
    title: &'a str,
    /// The lines before the address. Empty ones are left out.
    description: &'a [&'a str],
    place: &'a str,
    address: String,
}

fn item(item: &Item<'_>) -> Event {
    let lines = item.description.iter().copied().chain([item.address.as_str()]);
    let lines: Vec<String> = lines.map(clean::line).filter(|line| !line.is_empty()).collect();
    let mut entry = Event::new();
    entry
        .uid(item.uid)
        .sequence(item.sequence)
        .timestamp(item.updated_at)
        .starts(item.starts_at)
        .ends(item.ends_at)
        .summary(&clean::short_line(item.title, 200))
        .description(&lines.join("\n"))
        .append_property(Property::new("URL", &item.address))
        .append_property(Property::new("LAST-MODIFIED", item.updated_at.format("%Y%m%dT%H%M%SZ").to_string()))
        .status(item.status);
    let place = clean::line(item.place);
    if !place.is_empty() {
        entry.location(&place);
    }
    entry.done()
}
