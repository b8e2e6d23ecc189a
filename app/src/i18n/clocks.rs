//! Event times as text, by the rule for event times ([`EventTime::clocks`], B1). Pages, emails and feeds use
//! these functions, and each line names its zone.

use domain::{
    Instant, Locale, Zone,
    events::{Clock, Clocks, EventTime},
};

use super::{
    format::{self, Shape},
    quote, text, text_with,
};

/// A zone's name with its offset at this time: `London (UTC+0)`.
#[must_use]
pub fn zone_name(locale: Locale, zone: Zone, at: Instant) -> String {
    if zone == Zone::UTC {
        return zone.city();
    }
    let offset = ("offset", quote(format::offset(zone, at)));
    text_with(locale, "time-zone", &[("city", quote(zone.city())), offset])
}

/// The name of a clock: `London (UTC+0)`, or `your time (Tokyo)`.
#[must_use]
pub fn clock_name(locale: Locale, clock: Clock, at: Instant) -> String {
    if clock.is_readers {
        text_with(locale, "time-zone-yours", &[("city", quote(clock.zone.city()))])
    } else {
        zone_name(locale, clock.zone, at)
    }
}

/// The short name of a clock: `London`, or `your time`.
#[must_use]
pub fn short_clock_name(locale: Locale, clock: Clock) -> String {
    if clock.is_readers { text(locale, "time-zone-yours-short") } else { clock.zone.city() }
}

/// The shape for the second clock's span: only times if both clocks show the same day, otherwise with the day
/// of the week.
#[must_use]
pub fn second_shape(clocks: &Clocks, starts: Instant) -> Shape {
    let day = |clock: Clock| clock.zone.wall(starts).date();
    let is_same = clocks.second.is_none_or(|second| day(second) == day(clocks.first));
    if is_same { Shape::Time } else { Shape::WeekdayTime }
}

/// The time of an event: `Tue 24 Nov, 18:00–19:30 London (UTC+0)`, and a second line `19:30–21:00 your time
/// (Tokyo)` if the reader's clock differs.
#[must_use]
pub fn lines(
    locale: Locale,
    time: &EventTime,
    reader: Option<Zone>,
    shape: Shape,
) -> (String, Option<String>) {
    let clocks = time.clocks(reader);
    let line = |clock: Clock, shape| {
        let span = format::span(locale, time.starts, time.ends, clock.zone, shape);
        format!("{span} {}", clock_name(locale, clock, time.starts))
    };
    let second = clocks.second.map(|clock| line(clock, second_shape(&clocks, time.starts)));
    (line(clocks.first, shape), second)
}

/// The first line in a short form, for example in email subjects: `Tue 24 Nov, 18:00–19:30 London`.
#[must_use]
pub fn short_line(locale: Locale, time: &EventTime, reader: Option<Zone>, shape: Shape) -> String {
    let first = time.clocks(reader).first;
    let span = format::span(locale, time.starts, time.ends, first.zone, shape);
    format!("{span} {}", short_clock_name(locale, first))
}

#[cfg(test)]
mod tests {
    use domain::events::Venue;

    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn evening(venue: Venue) -> EventTime {
        let at = |text: &str| text.parse().unwrap();
        let (starts, ends) = (at("2026-11-24T18:00:00Z"), at("2026-11-24T19:30:00Z"));
        EventTime { venue, zone: zone("Europe/London"), starts, ends }
    }

    fn lines_of(venue: Venue, reader: Option<&str>) -> Vec<String> {
        let (first, second) = lines(Locale::En, &evening(venue), reader.map(zone), Shape::DateTime);
        std::iter::once(first).chain(second).collect()
    }

    #[test]
    fn b1_readers_see_the_venues_clock_first_in_person_and_their_own_online() {
        let london = "Tue 24 Nov, 18:00–19:30 London (UTC+0)";
        for venue in [Venue::InPerson, Venue::Hybrid] {
            assert_eq!(lines_of(venue, Some("Europe/Berlin")), [london, "19:00–20:30 your time (Berlin)"]);
        }
        assert_eq!(
            lines_of(Venue::Online, Some("Europe/Berlin")),
            ["Tue 24 Nov, 19:00–20:30 your time (Berlin)", "18:00–19:30 London (UTC+0)"]
        );
        for venue in [Venue::InPerson, Venue::Online, Venue::Hybrid] {
            assert_eq!(lines_of(venue, None), [london]);
            assert_eq!(lines_of(venue, Some("Europe/London")), [london]);
        }
    }

    #[test]
    fn b1_the_second_clock_names_another_day() {
        assert_eq!(
            lines_of(Venue::InPerson, Some("Asia/Tokyo")),
            ["Tue 24 Nov, 18:00–19:30 London (UTC+0)", "Wed 03:00–04:30 your time (Tokyo)"]
        );
        assert_eq!(
            lines_of(Venue::Online, Some("Asia/Tokyo")),
            ["Wed 25 Nov, 03:00–04:30 your time (Tokyo)", "Tue 18:00–19:30 London (UTC+0)"]
        );
    }

    #[test]
    fn b1_one_line_where_both_clocks_show_the_same() {
        assert_eq!(
            lines_of(Venue::InPerson, Some("Europe/Lisbon")),
            ["Tue 24 Nov, 18:00–19:30 London (UTC+0)"]
        );
        assert_eq!(
            lines_of(Venue::Online, Some("Europe/Lisbon")),
            ["Tue 24 Nov, 18:00–19:30 your time (Lisbon)"]
        );
    }

    #[test]
    fn utc_needs_no_city() {
        assert_eq!(zone_name(Locale::En, Zone::UTC, evening(Venue::Online).starts), "UTC");
    }
}
