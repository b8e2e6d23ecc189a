//! Time: wall time and IANA zone are authoritative, and the UTC instant is derived from them (B1, B2, B4).

use std::{fmt, ops::RangeInclusive, str::FromStr};

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, UTC.
pub type Instant = DateTime<Utc>;

/// Years that a date may have. iCalendar dates have a year of four digits, time zone rules end, and a
/// duration may be added to each date.
pub const YEARS: RangeInclusive<i32> = 1970..=2199;

/// An IANA time zone, for example `Europe/London`. Stored by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// Its IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Its city or region for people to read: `Los Angeles` for `America/Los_Angeles`.
    #[must_use]
    pub fn city(self) -> String {
        let name = self.name();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// The wall time in this zone at `at`.
    #[must_use]
    pub fn wall(self, at: Instant) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// The UTC offset of this zone at `at`, for example `+01:00`. `UTC` has `+00:00`.
    #[must_use]
    pub fn offset(self, at: Instant) -> String {
        at.with_timezone(&self.0).offset().fix().to_string()
    }

    /// The names of all zones, sorted, for people to choose from.
    pub fn all() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }

    /// The instant of a wall time in this zone (B2). A wall time that the clocks skip moves forward by as
    /// much as they skip. A wall time that they show twice means the first of the two. Both cases are
    /// flagged.
    #[must_use]
    pub fn resolve(self, wall: NaiveDateTime) -> Resolved {
        match self.0.from_local_datetime(&wall) {
            LocalResult::Single(at) => Resolved { at: at.to_utc(), flag: ClockFlag::Exact },
            LocalResult::Ambiguous(first, _) => Resolved { at: first.to_utc(), flag: ClockFlag::Fold },
            LocalResult::None => self.resolve_gap(wall),
        }
    }

    /// Resolves a wall time in a gap with the offset from before the gap. It ends up as far behind the gap
    /// as it was inside it: 02:30 becomes 03:30 where the clocks skip from 02:00 to 03:00.
    fn resolve_gap(self, wall: NaiveDateTime) -> Resolved {
        // No zone has ever skipped more than a day.
        let before = self
            .0
            .from_local_datetime(&(wall - Duration::hours(26)))
            .earliest()
            .map_or(0, |at| at.offset().fix().local_minus_utc());
        let at = wall.and_utc() - Duration::seconds(i64::from(before));
        Resolved { at, flag: ClockFlag::Gap { shown: self.wall(at) } }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        // People type `europe/london`. The value gets the spelling of the list.
        let typed = || chrono_tz::TZ_VARIANTS.iter().find(|tz| tz.name().eq_ignore_ascii_case(name)).copied();
        name.parse().ok().or_else(typed).or_else(|| zone_of_city(name)).map(Self).ok_or(())
    }
}

/// The zone that is named after a city: `Berlin` or `new york`. Some zones are in the list twice, under an older name too, and
/// the shorter one is the one to use.
fn zone_of_city(name: &str) -> Option<chrono_tz::Tz> {
    let city = name.trim().replace(' ', "_");
    let is_city = |tz: &&chrono_tz::Tz| {
        tz.name().rsplit_once('/').is_some_and(|(region, last)| {
            // `Etc/GMT+1` and `US/Central` are no cities.
            !matches!(region, "Etc" | "US" | "Canada" | "Brazil" | "Chile" | "Mexico")
                && last.eq_ignore_ascii_case(&city)
        })
    };
    chrono_tz::TZ_VARIANTS.iter().filter(is_city).min_by_key(|tz| tz.name().matches('/').count()).copied()
}

/// The result of resolving a wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The instant, UTC.
    pub at: Instant,
    /// Whether clocks in that zone show this wall time exactly once.
    pub flag: ClockFlag,
}

/// How often clocks show a wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockFlag {
    /// Exactly once.
    Exact,
    /// Never, because they skip it. `shown` is used instead.
    Gap {
        /// The wall time at the chosen instant.
        shown: NaiveDateTime,
    },
    /// Twice. The first instant is chosen.
    Fold,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }
    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }
    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    /// R13: an event keeps its wall time when the clocks change.
    #[test]
    fn b1_wall_time_stays_when_the_clocks_change() {
        let london = zone("Europe/London");
        for (day, utc) in [
            ("2026-03-26T18:00:00", "2026-03-26T18:00:00Z"),
            ("2026-04-02T18:00:00", "2026-04-02T17:00:00Z"),
            ("2026-10-22T18:00:00", "2026-10-22T17:00:00Z"),
            ("2026-10-29T18:00:00", "2026-10-29T18:00:00Z"),
        ] {
            let resolved = london.resolve(wall(day));
            assert_eq!(resolved, Resolved { at: at(utc), flag: ClockFlag::Exact });
            assert_eq!(london.wall(resolved.at), wall(day));
        }
    }

    #[test]
    fn b2_a_gap_moves_forward_by_its_length() {
        let berlin = zone("Europe/Berlin").resolve(wall("2026-03-29T02:30:00"));
        assert_eq!(berlin.at, at("2026-03-29T01:30:00Z"));
        assert_eq!(berlin.flag, ClockFlag::Gap { shown: wall("2026-03-29T03:30:00") });
        // Half an hour, on Lord Howe Island.
        let howe = zone("Australia/Lord_Howe").resolve(wall("2026-10-04T02:10:00"));
        assert_eq!(howe.flag, ClockFlag::Gap { shown: wall("2026-10-04T02:40:00") });
        // A whole day: Samoa skipped 30 December 2011.
        let apia = zone("Pacific/Apia").resolve(wall("2011-12-30T12:00:00"));
        assert_eq!(apia.flag, ClockFlag::Gap { shown: wall("2011-12-31T12:00:00") });
    }

    #[test]
    fn b2_a_fold_takes_the_first() {
        let resolved = zone("Europe/Berlin").resolve(wall("2026-10-25T02:30:00"));
        assert_eq!(resolved.at, at("2026-10-25T00:30:00Z"));
        assert_eq!(resolved.flag, ClockFlag::Fold);
    }

    #[test]
    fn b4_duration_is_elapsed_time() {
        // Eight hours from 22:00 across the change in spring end at 07:00 wall time.
        let berlin = zone("Europe/Berlin");
        let start = berlin.resolve(wall("2026-03-28T22:00:00")).at;
        assert_eq!(berlin.wall(start + Duration::hours(8)), wall("2026-03-29T07:00:00"));
    }

    #[test]
    fn zones_are_written_by_their_names() {
        assert_eq!(zone("America/Los_Angeles").city(), "Los Angeles");
        assert!("Mars/Olympus".parse::<Zone>().is_err());
        for (city, name) in [
            ("Berlin", "Europe/Berlin"),
            ("new york", "America/New_York"),
            (" Tokyo ", "Asia/Tokyo"),
            ("indianapolis", "America/Indianapolis"),
        ] {
            assert_eq!(city.parse::<Zone>().map(|zone| zone.to_string()), Ok(name.to_owned()));
        }
        for text in ["Central", "GMT+1", "", " ", "Europe", "Olympus"] {
            assert!(text.parse::<Zone>().is_err(), "{text}");
        }
        assert_eq!(zone("europe/london").name(), "Europe/London");
        assert_eq!(zone("Asia/Kathmandu").offset(at("2026-01-01T00:00:00Z")), "+05:45");
        assert!(Zone::all().count() > 400);
    }
}
