//! A feed as a calendar (RFC 5545). In a member's own, an event they answered has the UID of the invitation
//! they got, so that no calendar shows it twice.

use domain::events::EventStatus;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus as Status, Property};

use super::{Page, standing};
use crate::mail::{calendar::fold, clean};

/// How often programs should read it again: every hour.
const REFRESH: &str = "PT1H";

// No METHOD: a published calendar would need an ORGANIZER in every event (RFC 5546), and events have hosts
// whose addresses are nobody's business.
pub(super) fn write(page: &Page<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Guildhall//Guildhall//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("NAME", clean::short_line(&page.title, 200)))
        .append_property(Property::new("X-WR-CALNAME", clean::short_line(&page.title, 200)))
        // RFC 7986 demands the type; older programs know the other name.
        .append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done())
        .append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    for entry in &page.feed.entries {
        let (of, details) = (&entry.event, &entry.event.details);
        let mine = standing(entry);
        let (uid, sequence) = match mine {
            Some(mine) => (mine.id.to_string(), mine.sequence.saturating_sub(1)),
            None => (of.id.to_string(), of.version),
        };
        let status = match (of.status, mine) {
            (EventStatus::Cancelled, _) => Status::Cancelled,
            (_, Some(mine)) if !mine.seated() => Status::Tentative,
            (EventStatus::Draft | EventStatus::Published, _) => Status::Confirmed,
        };
        let address = page.address(entry);
        let about = [details.summary.clone(), address.clone()];
        let about: Vec<String> =
            about.iter().map(|line| clean::line(line)).filter(|l| !l.is_empty()).collect();
        let mut event = Event::new();
        event
            .uid(&uid)
            .sequence(sequence)
            .timestamp(entry.updated_at)
            .starts(of.starts_at)
            .ends(of.ends_at)
            .summary(&clean::short_line(&details.title, 200))
            .description(&about.join("\n"))
            .append_property(Property::new("URL", address))
            .append_property(Property::new(
                "LAST-MODIFIED",
                entry.updated_at.format("%Y%m%dT%H%M%SZ").to_string(),
            ))
            .status(status);
        let place = clean::line(&details.place);
        if !place.is_empty() {
            event.location(&place);
        }
        calendar.push(event.done());
    }
    fold(&calendar.to_string())
}
