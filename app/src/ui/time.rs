//! Times for people: in the reader's zone, with the offset said.

use domain::{Instant, Zone};
use leptos::prelude::*;

use crate::{
    context::{Visit, tr_with},
    words,
};

/// In which zone a reader sees times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The zone.
    pub zone: Zone,
    /// Nobody told us the reader's zone: `time.js` may show the browser's instead.
    pub unknown: bool,
}

impl Reader {
    /// A member has said a zone; everybody else sees the zone of the place.
    #[must_use]
    pub fn of(visit: &Visit, place: Zone) -> Self {
        match &visit.member {
            Some(_) => Self { zone: visit.zone, unknown: false },
            None => Self { zone: place, unknown: true },
        }
    }

    /// A time as `shape` writes it.
    #[must_use]
    pub fn time(self, at: Instant, shape: Shape) -> AnyView {
        let (text, name) = match shape {
            Shape::Day => (words::day(at, self.zone), "day"),
            Shape::Clock => (words::time(at, self.zone), "clock"),
            Shape::Both => (words::day_and_time(at, self.zone), "both"),
            Shape::Month => (self.zone.wall(at).format("%b").to_string(), "month"),
            Shape::DayOfMonth => (self.zone.wall(at).format("%-d").to_string(), "date"),
        };
        let local = self.unknown.then_some(name);
        view! { <time datetime=machine(at) data-local=local>{text}</time> }.into_any()
    }

    /// Start and end: with one day where it is the same.
    #[must_use]
    pub fn span(self, starts: Instant, ends: Instant) -> AnyView {
        let end = if self.same_day(starts, ends) { Shape::Clock } else { Shape::Both };
        view! { {self.time(starts, Shape::Both)} "–" {self.time(ends, end)} }.into_any()
    }

    /// Whether both are on one day there; what ends at midnight still is.
    #[must_use]
    pub fn same_day(self, starts: Instant, ends: Instant) -> bool {
        let last = ends - chrono::Duration::seconds(1);
        ends - starts < chrono::Duration::hours(24)
            && self.zone.wall(starts).date() == self.zone.wall(last).date()
    }

    /// The zone for people: `London, UTC+00:00`.
    #[must_use]
    pub fn place(self, at: Instant) -> AnyView {
        let offset = self.unknown.then(|| machine(at));
        view! { <span class="zone" data-zone-at=offset>{zone_label(self.zone, at)}</span> }.into_any()
    }
}

/// What of a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `Tuesday 24 November 2026`.
    Day,
    /// `18:00`.
    Clock,
    /// `Tue 24 Nov 2026, 18:00`.
    Both,
    /// `Nov`.
    Month,
    /// `24`.
    DayOfMonth,
}

/// A zone for people, with its offset at that time.
#[must_use]
pub fn zone_label(zone: Zone, at: Instant) -> String {
    let args = [("city", words::quote(zone.city())), ("offset", words::quote(zone.offset(at)))];
    tr_with("time-zone", &args)
}

/// As `<time datetime>` wants it.
#[must_use]
pub fn machine(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_at_midnight_is_on_one_day() {
        let reader = Reader { zone: Zone::UTC, unknown: false };
        let at = |text: &str| text.parse::<Instant>().unwrap();
        assert!(reader.same_day(at("2026-11-24T18:00:00Z"), at("2026-11-25T00:00:00Z")));
        assert!(!reader.same_day(at("2026-11-24T18:00:00Z"), at("2026-11-25T00:01:00Z")));
    }
}
