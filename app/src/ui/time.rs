//! Times for people: on one clock, with the offset said, and what another clock shows beside it.

use domain::{Instant, Zone};
use leptos::prelude::*;

use crate::{
    context::{Visit, locale, tr, tr_with},
    i18n::{self, format},
};

pub use crate::i18n::format::Shape;

/// On whose clock a reader sees times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The zone.
    pub zone: Zone,
    /// Nobody told us the reader's zone: times stand on the clock of the place, and `time.js` adds the
    /// browser's beside it.
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
        view! { <time datetime=machine(at)>{format::at(locale(), at, self.zone, shape)}</time> }.into_any()
    }

    /// Start and end: with one day where it is the same.
    #[must_use]
    pub fn span(self, starts: Instant, ends: Instant, shape: Shape) -> AnyView {
        let (first, dash, last) = format::ends_of_span(starts, ends, self.zone, shape);
        view! { {self.time(starts, first)} {dash} {self.time(ends, last)} }.into_any()
    }

    /// Whether both are on one day there; what ends at midnight still is.
    #[must_use]
    pub fn same_day(self, starts: Instant, ends: Instant) -> bool {
        format::same_day(starts, ends, self.zone)
    }

    /// The zone for people: `London, UTC+00:00`.
    #[must_use]
    pub fn place(self, at: Instant) -> AnyView {
        view! { <span class="zone">{zone_label(self.zone, at)}</span> }.into_any()
    }

    /// The clock that was read, where a reader may not take it for granted, and what another shows.
    #[must_use]
    pub fn clocks(self, at: Instant, place: Zone) -> Option<AnyView> {
        let own = self.unknown.then(|| self.place(at));
        let other = self.elsewhere(at, place);
        (own.is_some() || other.is_some())
            .then(|| view! { <p class="clocks">{own} " " {other}</p> }.into_any())
    }

    /// What another clock shows, where it shows something else: the place's to who has said a zone, the
    /// reader's own (by script, in a room kept free for it) to who has not.
    #[must_use]
    pub fn elsewhere(self, at: Instant, place: Zone) -> Option<AnyView> {
        if self.unknown {
            let say = tr_with("time-for-you", &[("time", i18n::quote("{time}"))]);
            let wall = place.wall(at);
            return Some(
                view! {
                    <span
                        class="you"
                        data-you=machine(at)
                        data-there=place.offset(at)
                        data-day=wall.date().to_string()
                        data-say=say
                        data-same=tr("time-yours")
                    ></span>
                }
                .into_any(),
            );
        }
        (self.zone.offset(at) != place.offset(at)).then(|| {
            let same_day = self.zone.wall(at).date() == place.wall(at).date();
            let shape = if same_day { Shape::Time } else { Shape::WeekdayTime };
            let time = ("time", i18n::quote(format::at(locale(), at, place, shape)));
            let text = tr_with("time-in-place", &[time, ("city", i18n::quote(place.city()))]);
            view! { <span class="you">{text}</span> }.into_any()
        })
    }
}

/// A zone for people, with its offset at that time.
#[must_use]
pub fn zone_label(zone: Zone, at: Instant) -> String {
    let args = [("city", i18n::quote(zone.city())), ("offset", i18n::quote(zone.offset(at)))];
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

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn what_ends_at_midnight_is_on_one_day() {
        let reader = Reader { zone: Zone::UTC, unknown: false };
        assert!(reader.same_day(at("2026-11-24T18:00:00Z"), at("2026-11-25T00:00:00Z")));
        assert!(!reader.same_day(at("2026-11-24T18:00:00Z"), at("2026-11-25T00:01:00Z")));
    }

    #[test]
    fn another_clock_is_named_only_where_it_differs() {
        let (tokyo, london): (Zone, Zone) = ("Asia/Tokyo".parse().unwrap(), "Europe/London".parse().unwrap());
        let html = |reader: Reader, place| {
            Owner::new()
                .with(|| reader.elsewhere(at("2026-11-24T18:00:00Z"), place).map(|view| view.to_html()))
        };
        let known = Reader { zone: tokyo, unknown: false };
        assert!(html(known, tokyo).is_none());
        // 03:00 the next day in Tokyo is the evening before in London.
        assert!(html(known, london).unwrap().contains("Tue 18:00"));
        let unknown = html(Reader { zone: london, unknown: true }, london).unwrap();
        assert!(
            unknown.contains("data-you=\"2026-11-24T18:00:00Z\"") && unknown.contains("{time}"),
            "{unknown}"
        );
    }
}
