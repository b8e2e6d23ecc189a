//! Times on pages. Events follow the rule for event times (B1). All other times are in the reader's zone.

use domain::{
    Instant, Zone,
    events::{Clock, Clocks, EventTime, Venue},
};
use leptos::prelude::*;

use crate::{
    context::{Visit, locale, tr, tr_with},
    i18n::{
        self,
        clocks::{clock_name, second_shape, short_clock_name, zone_name},
        format,
    },
};

pub use crate::i18n::format::Shape;

/// The reader's zone: `None` for visitors, whose zone is unknown.
#[must_use]
pub fn zone_of_reader(visit: &Visit) -> Option<Zone> {
    visit.member.is_some().then_some(visit.zone)
}

/// The time of an event: one line, and a second one if the other clock differs. For readers without a known
/// zone the second line is a placeholder, which `time.js` fills in with the browser's time.
#[must_use]
pub fn event_time(visit: &Visit, time: EventTime, shape: Shape) -> AnyView {
    let clocks = time.clocks(zone_of_reader(visit));
    let second = match clocks.second {
        Some(clock) => {
            let line = line(time, clock, second_shape(&clocks, time.starts));
            Some(view! { <p class="other">{line}</p> }.into_any())
        }
        None => browsers_line(visit, time, &clocks, Room::Line(shape)),
    };
    view! {
        <div class="times" class:equal=clocks.are_equal>
            <p data-line="">{line(time, clocks.first, shape)}</p>
            {second}
        </div>
    }
    .into_any()
}

/// The time of an event in large type: the date, then the times.
#[must_use]
pub fn event_time_large(visit: &Visit, time: EventTime) -> AnyView {
    let clocks = time.clocks(zone_of_reader(visit));
    let second = match clocks.second {
        Some(clock) => {
            let line = line(time, clock, second_shape(&clocks, time.starts));
            Some(view! { <p class="other">{line}</p> }.into_any())
        }
        None => browsers_line(visit, time, &clocks, Room::Line(Shape::DateTimeYear)),
    };
    let first = if format::same_day(time.starts, time.ends, clocks.first.zone) {
        view! {
            <p class="when-day" data-date="">{time_of(time.starts, clocks.first.zone, Shape::FullDate)}</p>
            <p class="when-time" data-line="">{line(time, clocks.first, Shape::Time)}</p>
        }
        .into_any()
    } else {
        view! { <p class="when-time" data-line="">{line(time, clocks.first, Shape::DateTimeYear)}</p> }
            .into_any()
    };
    view! { <div class="times large" class:equal=clocks.are_equal>{first} {second}</div> }.into_any()
}

/// The start of an event or a session, where space is tight: `18:00 London`, `19:30 your time`.
#[must_use]
pub fn start_time(visit: &Visit, time: EventTime) -> AnyView {
    let clocks = time.clocks(zone_of_reader(visit));
    let brief = |clock: Clock, shape| {
        let name = short_clock_name(locale(), clock);
        view! { {time_of(time.starts, clock.zone, shape)} " " <span class="zone">{name}</span> }
    };
    let second = match clocks.second {
        Some(clock) => {
            let text = brief(clock, second_shape(&clocks, time.starts));
            Some(view! { <span class="other">{text}</span> }.into_any())
        }
        None => browsers_line(visit, time, &clocks, Room::Word),
    };
    view! {
        <span class="times" class:equal=clocks.are_equal>
            <span>{brief(clocks.first, Shape::Time)}</span>
            " "
            {second}
        </span>
    }
    .into_any()
}

/// A time as a `<time>` element.
#[must_use]
pub fn time_of(at: Instant, zone: Zone, shape: Shape) -> AnyView {
    view! { <time datetime=machine(at)>{format::at(locale(), at, zone, shape)}</time> }.into_any()
}

/// A time span on one clock, followed by the clock's name.
fn line(time: EventTime, clock: Clock, shape: Shape) -> AnyView {
    let (first, dash, last) = format::ends_of_span(time.starts, time.ends, clock.zone, shape);
    let name = clock_name(locale(), clock, time.starts);
    view! {
        {time_of(time.starts, clock.zone, first)}
        {dash}
        {time_of(time.ends, clock.zone, last)}
        " "
        <span class="zone">{name}</span>
    }
    .into_any()
}

/// The space for the browser's time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// A whole line for the time span. For online events it swaps places with the first line, which has this
    /// shape.
    Line(Shape),
    /// Space for the start only.
    Word,
}

/// The placeholder for the browser's time, for readers without a known zone. `time.js` fills it in. The space
/// is reserved, so nothing moves.
fn browsers_line(visit: &Visit, time: EventTime, clocks: &Clocks, room: Room) -> Option<AnyView> {
    if zone_of_reader(visit).is_some() {
        return None;
    }
    let name = match room {
        Room::Line(_) => tr_with("time-zone-yours", &[("city", i18n::quote("{city}"))]),
        Room::Word => tr("time-zone-yours-short"),
    };
    let zone = clocks.first.zone;
    let is_line = room != Room::Word;
    let comes_first = is_line && time.venue == Venue::Online;
    let ends = is_line.then(|| machine(time.ends));
    let year = (room == Room::Line(Shape::DateTimeYear)).then_some("");
    let same = is_line.then(|| tr("time-yours"));
    // The event's time in its own zone, for the second line after the swap.
    let own = comes_first.then(|| format::span(locale(), time.starts, time.ends, zone, Shape::Time));
    // A span of several days includes its own dates.
    let is_one_day = format::same_day(time.starts, time.ends, zone);
    let weekday =
        (comes_first && is_one_day).then(|| format::at(locale(), time.starts, zone, Shape::Weekday));
    let slot = view! {
        <span
            class="other browser-time"
            data-you=machine(time.starts)
            data-ends=ends
            data-there=zone.offset(time.starts)
            data-day=zone.wall(time.starts).date().to_string()
            data-name=name
            data-same=same
            data-own=own
            data-weekday=weekday
            data-year=year
        ></span>
    };
    Some(slot.into_any())
}

/// The clock on which a reader sees times other than event times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The zone, and whether it is the reader's own.
    clock: Clock,
}

impl Reader {
    /// The reader's own clock if their zone is known, otherwise the clock of this zone.
    #[must_use]
    pub fn of(visit: &Visit, place: Zone) -> Self {
        let own = zone_of_reader(visit);
        Self { clock: Clock { zone: own.unwrap_or(place), is_readers: own.is_some() } }
    }

    /// The zone of the clock.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.clock.zone
    }

    /// A time in this shape, without the zone. The page footer names the zone.
    #[must_use]
    pub fn time(self, at: Instant, shape: Shape) -> AnyView {
        time_of(at, self.clock.zone, shape)
    }

    /// The time left until `at`: `in 2 days`. Days are counted on the reader's calendar.
    #[must_use]
    pub fn ahead(self, now: Instant, at: Instant) -> String {
        // Rounded to minutes, so that an offer made a moment ago for 12 hours doesn't read "in 11 hours".
        let minutes = ((at - now).num_seconds().max(0) + 30) / 60;
        let day = |at| self.clock.zone.wall(at).date();
        let (key, n) = match minutes {
            m if m >= 2 * 24 * 60 => ("seat-in-days", (day(at) - day(now)).num_days()),
            m if m >= 120 => ("seat-in-hours", (m + 30) / 60),
            m => ("seat-in-minutes", m),
        };
        tr_with(key, &[("n", i18n::number(n))])
    }

    /// A time with its zone, for pages where event times use other clocks.
    #[must_use]
    pub fn time_and_zone(self, at: Instant, shape: Shape) -> AnyView {
        let name = clock_name(locale(), self.clock, at);
        view! { {self.time(at, shape)} " " <span class="zone">{name}</span> }.into_any()
    }
}

/// A zone's name with its offset at this time.
#[must_use]
pub fn zone_label(zone: Zone, at: Instant) -> String {
    zone_name(locale(), zone, at)
}

/// The value of `<time datetime>`, in UTC.
#[must_use]
pub fn machine(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn evening(venue: Venue) -> EventTime {
        let at = |text: &str| text.parse().unwrap();
        let (starts, ends) = (at("2026-11-24T18:00:00Z"), at("2026-11-24T19:30:00Z"));
        EventTime { venue, zone: zone("Europe/London"), starts, ends }
    }

    fn html(venue: Venue) -> String {
        let visit = Visit::anonymous();
        Owner::new().with(|| event_time(&visit, evening(venue), Shape::DateTime).to_html())
    }

    #[test]
    fn b1_visitors_get_space_for_their_browsers_time() {
        for (venue, swaps) in [(Venue::InPerson, false), (Venue::Online, true), (Venue::Hybrid, false)] {
            let html = html(venue);
            assert!(html.contains("London (UTC+0)"), "{html}");
            assert!(html.contains("data-you=\"2026-11-24T18:00:00Z\""), "{html}");
            assert!(html.contains("data-name=\"your time ({city})\""), "{html}");
            assert_eq!(html.contains("data-own=\"18:00–19:30\""), swaps, "{html}");
        }
    }

    #[test]
    fn b1_a_hybrid_event_shows_both_clocks_alike() {
        assert!(html(Venue::Hybrid).contains("class=\"times equal\""));
        assert!(!html(Venue::InPerson).contains("equal"));
    }
}
