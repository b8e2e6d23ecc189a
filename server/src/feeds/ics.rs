//! A feed as a calendar (RFC 5545). In a member's own feed, an event with an RSVP has the UID of the emailed
//! invitation, so that calendar programs don't show the event twice.

use domain::events::EventStatus;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus as Status, Property};

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
        let description = [details.summary.clone(), address.clone()];
        let description: Vec<String> =
            description.iter().map(|line| clean::line(line)).filter(|l| !l.is_empty()).collect();
        let mut item = Event::new();
        item.uid(&uid)
            .sequence(sequence)
            .timestamp(entry.updated_at)
            .starts(event.starts_at)
            .ends(event.ends_at)
            .summary(&clean::short_line(&details.title, 200))
            .description(&description.join("\n"))
            .append_property(Property::new("URL", address))
            .append_property(Property::new(
                "LAST-MODIFIED",
                entry.updated_at.format("%Y%m%dT%H%M%SZ").to_string(),
            ))
            .status(status);
        let place = clean::line(&details.place);
        if !place.is_empty() {
            item.location(&place);
        }
        calendar.push(item.done());
    }
    fold(&calendar.to_string())
}
