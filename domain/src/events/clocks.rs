//! Which clocks show an event's time to a reader, and in which order (B1).
//!
//! The one rule for lists, calendars, pages, emails and feeds: in person, the venue's clock comes first,
//! because that is the clock people will look at. Online, the reader's own comes first. At a hybrid event
//! both count the same.

use super::{Event, EventDetails};
use crate::{Instant, Zone, emails::EventFacts};

/// How people attend an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Venue {
    /// At a place only.
    InPerson,
    /// Through a link only.
    Online,
    /// At a place or through a link.
    Hybrid,
}

impl Venue {
    /// An event with neither place nor link has rooms in its schedule, so it is in person.
    #[must_use]
    pub fn of(place: &str, has_link: bool) -> Self {
        match (place.is_empty(), has_link) {
            (true, true) => Self::Online,
            (false, true) => Self::Hybrid,
            (_, false) => Self::InPerson,
        }
    }
}

impl EventDetails {
    /// How people attend the event.
    #[must_use]
    pub fn venue(&self) -> Venue {
        Venue::of(&self.place, self.join_url.is_some())
    }
}

impl EventFacts {
    /// How the recipient attends. An email names no place to people who attend online, and the link only to
    /// them.
    #[must_use]
    pub fn venue(&self) -> Venue {
        if self.place.is_empty() { Venue::Online } else { Venue::of(&self.place, self.join_url.is_some()) }
    }
}

/// A clock that shows an event's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The time zone it shows.
    pub zone: Zone,
    /// Whether it is the reader's time zone rather than the event's.
    pub is_readers: bool,
}

/// The clocks that show an event's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The clock that is shown first.
    pub first: Clock,
    /// The other clock; `None` when both show the same time.
    pub second: Option<Clock>,
    /// Whether both clocks matter equally, as at a hybrid event.
    pub are_equal: bool,
}

/// The time of an event or of one session: everything that the rule needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventTime {
    /// How people attend the event.
    pub venue: Venue,
    /// The event's time zone.
    pub zone: Zone,
    /// Start time, UTC.
    pub starts: Instant,
    /// End time, UTC.
    pub ends: Instant,
}

impl EventTime {
    /// The clocks for a reader. `reader` is `None` for people without a known time zone: they see the
    /// event's.
    #[must_use]
    pub fn clocks(&self, reader: Option<Zone>) -> Clocks {
        let event = Clock { zone: self.zone, is_readers: false };
        let differs =
            |zone: Zone| [self.starts, self.ends].into_iter().any(|at| zone.wall(at) != self.zone.wall(at));
        let are_equal = self.venue == Venue::Hybrid;
        match reader {
            Some(zone) if differs(zone) => {
                let reader = Clock { zone, is_readers: true };
                let (first, second) = match self.venue {
                    Venue::InPerson | Venue::Hybrid => (event, reader),
                    Venue::Online => (reader, event),
                };
                Clocks { first, second: Some(second), are_equal }
            }
            // The time is the same, and online the reader's own city says more than the organiser's.
            Some(zone) if self.venue == Venue::Online && zone != self.zone => {
                Clocks { first: Clock { zone, is_readers: true }, second: None, are_equal }
            }
            Some(_) | None => Clocks { first: event, second: None, are_equal },
        }
    }
}

impl Event {
    /// The time that [`EventTime::clocks`] works on.
    #[must_use]
    pub fn time(&self) -> EventTime {
        EventTime {
            venue: self.details.venue(),
            zone: self.details.zone,
            starts: self.starts_at,
            ends: self.ends_at,
        }
    }
}

impl EventFacts {
    /// The time that [`EventTime::clocks`] works on.
    #[must_use]
    pub fn time(&self) -> EventTime {
        EventTime { venue: self.venue(), zone: self.zone, starts: self.starts_at, ends: self.ends_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn london() -> Zone {
        zone("Europe/London")
    }

    /// An evening in London.
    fn evening(venue: Venue) -> EventTime {
        let at = |text: &str| text.parse().unwrap();
        let (starts, ends) = (at("2026-11-24T18:00:00Z"), at("2026-11-24T19:30:00Z"));
        EventTime { venue, zone: london(), starts, ends }
    }

    #[test]
    fn an_event_is_attended_one_way_or_both() {
        assert_eq!(Venue::of("Town hall", false), Venue::InPerson);
        assert_eq!(Venue::of("", true), Venue::Online);
        assert_eq!(Venue::of("Town hall", true), Venue::Hybrid);
        assert_eq!(Venue::of("", false), Venue::InPerson);
    }

    #[test]
    fn b1_the_venue_decides_which_clock_comes_first() {
        let tokyo = zone("Asia/Tokyo");
        let event = Clock { zone: london(), is_readers: false };
        let reader = Clock { zone: tokyo, is_readers: true };
        for (venue, first, second, are_equal) in [
            (Venue::InPerson, event, reader, false),
            (Venue::Online, reader, event, false),
            (Venue::Hybrid, event, reader, true),
        ] {
            let clocks = evening(venue).clocks(Some(tokyo));
            assert_eq!(clocks, Clocks { first, second: Some(second), are_equal });
            // This reader's time zone is unknown.
            let clocks = evening(venue).clocks(None);
            assert_eq!(clocks, Clocks { first: event, second: None, are_equal });
            // The reader lives where the event is.
            let clocks = evening(venue).clocks(Some(london()));
            assert_eq!(clocks, Clocks { first: event, second: None, are_equal });
        }
    }

    #[test]
    fn b1_there_is_one_clock_when_both_show_the_same_time() {
        let lisbon = zone("Europe/Lisbon");
        let clocks = evening(Venue::InPerson).clocks(Some(lisbon));
        assert_eq!((clocks.first.zone, clocks.second), (london(), None));
        let clocks = evening(Venue::Online).clocks(Some(lisbon));
        assert_eq!((clocks.first, clocks.second), (Clock { zone: lisbon, is_readers: true }, None));
    }

    #[test]
    fn b1_clocks_that_differ_only_at_the_end_are_both_shown() {
        // Both show 01:30, then clocks in London go back and those in Lagos do not.
        let lagos = zone("Africa/Lagos");
        let at = |text: &str| text.parse().unwrap();
        let (starts, ends) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T02:00:00Z"));
        let night = EventTime { starts, ends, ..evening(Venue::InPerson) };
        assert_eq!(london().wall(starts), lagos.wall(starts));
        assert_eq!(night.clocks(Some(lagos)).second.map(|clock| clock.zone), Some(lagos));
    }
}
