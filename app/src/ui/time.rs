//! Times on pages: an event's by the one rule for times (B1), everything else on the reader's clock.

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

/// The reader's zone, if they have told us one: members have.
#[must_use]
pub fn zone_of_reader(visit: &Visit) -> Option<Zone> {
    visit.member.is_some().then_some(visit.zone)
}

/// When an event is: the first line, and a second where the other clock shows something else. For readers
/// whose zone is unknown, the second line is room for `time.js`, which knows the browser's.
#[must_use]
pub fn event_time(visit: &Visit, time: EventTime, shape: Shape) -> AnyView {
    let clocks = time.clocks(zone_of_reader(visit));
    let second = match clocks.second {
        Some(clock) => {
            let line = line(time, clock, second_shape(&clocks, time.starts));
            Some(view! { <p class="other">{line}</p> }.into_any())
        }
        None => browsers_line(visit, time, &clocks, Room::Line),
    };
    view! {
        <div class="times" class:equal=clocks.are_equal>
            <p data-line="">{line(time, clocks.first, shape)}</p>
            {second}
        </div>
    }
    .into_any()
}

/// When an event is, largely: the day, then its times.
#[must_use]
pub fn event_time_large(visit: &Visit, time: EventTime) -> AnyView {
    let clocks = time.clocks(zone_of_reader(visit));
    let second = match clocks.second {
        Some(clock) => {
            let line = line(time, clock, second_shape(&clocks, time.starts));
            Some(view! { <p class="other">{line}</p> }.into_any())
        }
        None => browsers_line(visit, time, &clocks, Room::Line),
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

/// When an event or a session starts, where there is little room: `18:00 London`, `19:30 your time`.
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

/// A time in `<time>`.
#[must_use]
pub fn time_of(at: Instant, zone: Zone, shape: Shape) -> AnyView {
    view! { <time datetime=machine(at)>{format::at(locale(), at, zone, shape)}</time> }.into_any()
}

/// A span on one clock, and which clock it is.
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

/// How much room there is for the browser's time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// A line of its own: the whole span. Online, it changes places with the first line.
    Line,
    /// A word or two: the start.
    Word,
}

/// Room for what the browser's clock shows, for readers whose zone is unknown; `time.js` fills it in. The
/// room is kept free, so that nothing moves then.
fn browsers_line(visit: &Visit, time: EventTime, clocks: &Clocks, room: Room) -> Option<AnyView> {
    if zone_of_reader(visit).is_some() {
        return None;
    }
    let name = match room {
        Room::Line => tr_with("time-zone-yours", &[("city", i18n::quote("{city}"))]),
        Room::Word => tr("time-zone-yours-short"),
    };
    let zone = clocks.first.zone;
    let is_line = room == Room::Line;
    let comes_first = is_line && time.venue == Venue::Online;
    let ends = is_line.then(|| machine(time.ends));
    let same = is_line.then(|| tr("time-yours"));
    // What the event's clock says in the second line.
    let own = comes_first.then(|| format::span(locale(), time.starts, time.ends, zone, Shape::Time));
    // A span of several days names them itself.
    let is_one_day = format::same_day(time.starts, time.ends, zone);
    let weekday =
        (comes_first && is_one_day).then(|| format::at(locale(), time.starts, zone, Shape::Weekday));
    let slot = view! {
        <span
            class="other you"
            data-you=machine(time.starts)
            data-ends=ends
            data-there=zone.offset(time.starts)
            data-day=zone.wall(time.starts).date().to_string()
            data-name=name
            data-same=same
            data-own=own
            data-weekday=weekday
        ></span>
    };
    Some(slot.into_any())
}

/// On whose clock a reader sees times that are not an event's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The zone and whether it is the reader's own.
    clock: Clock,
}

impl Reader {
    /// A member's own clock; for everybody else that of a place.
    #[must_use]
    pub fn of(visit: &Visit, place: Zone) -> Self {
        let own = zone_of_reader(visit);
        Self { clock: Clock { zone: own.unwrap_or(place), is_readers: own.is_some() } }
    }

    /// Its zone.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.clock.zone
    }

    /// A time as `shape` writes it. The foot of each page names the zone.
    #[must_use]
    pub fn time(self, at: Instant, shape: Shape) -> AnyView {
        time_of(at, self.clock.zone, shape)
    }

    /// How far ahead a time is: `in 2 days`. Days are counted on the reader's calendar, as people do.
    #[must_use]
    pub fn ahead(self, now: Instant, at: Instant) -> String {
        // Rounded: what was held for twelve hours a moment ago is not held for eleven.
        let minutes = ((at - now).num_seconds().max(0) + 30) / 60;
        let day = |at| self.clock.zone.wall(at).date();
        let (key, n) = match minutes {
            m if m >= 2 * 24 * 60 => ("seat-in-days", (day(at) - day(now)).num_days()),
            m if m >= 120 => ("seat-in-hours", (m + 30) / 60),
            m => ("seat-in-minutes", m),
        };
        tr_with(key, &[("n", i18n::number(n))])
    }

    /// The same with the zone behind it: for times on pages where events have clocks of their own.
    #[must_use]
    pub fn time_and_zone(self, at: Instant, shape: Shape) -> AnyView {
        let name = clock_name(locale(), self.clock, at);
        view! { {self.time(at, shape)} " " <span class="zone">{name}</span> }.into_any()
    }
}

/// A zone for people, with its offset at that time.
#[must_use]
pub fn zone_label(zone: Zone, at: Instant) -> String {
    zone_name(locale(), zone, at)
}

/// As `<time datetime>` wants it.
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
    fn b1_a_strangers_browser_gets_room_for_its_own_time() {
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
