//! Time: wall time and IANA zone are the truth, the instant is derived (B1, B2, B4).

use std::{fmt, ops::RangeInclusive, str::FromStr};

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, UTC.
pub type Instant = DateTime<Utc>;

/// Years that a date may have. Outside of them calendar formats and clock rules fail: an iCalendar date has a
/// year of four digits, and a few minutes may be added to each date.
pub const YEARS: RangeInclusive<i32> = 1970..=2199;

/// An IANA time zone, e.g. `Europe/London`. Written and stored by its name.
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

    /// The name of its city or region for people: `Los Angeles` for `America/Los_Angeles`.
    #[must_use]
    pub fn city(self) -> String {
        let name = self.name();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// What clocks on the wall show there at `at`.
    #[must_use]
    pub fn wall(self, at: Instant) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// The offset in force there at `at`, as `+01:00`; `UTC` is `+00:00`.
    #[must_use]
    pub fn offset(self, at: Instant) -> String {
        at.with_timezone(&self.0).offset().fix().to_string()
    }

    /// Every zone by its name, sorted; for the lists people choose from.
    pub fn all() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }

    /// The instant of a wall time there. A gap (the clock jumps over it) moves forward by the
    /// gap's length, a fold (the clock shows it twice) takes the first; both are flagged (B2).
    #[must_use]
    pub fn resolve(self, wall: NaiveDateTime) -> Resolved {
        match self.0.from_local_datetime(&wall) {
            LocalResult::Single(at) => Resolved { at: at.to_utc(), flag: ClockFlag::Exact },
            LocalResult::Ambiguous(first, _) => Resolved { at: first.to_utc(), flag: ClockFlag::Fold },
            LocalResult::None => self.resolve_gap(wall),
        }
    }

    /// The offset from before the gap, applied to the wall time, lands as far behind the gap as the
    /// wall time stood in it: 02:30 becomes 03:30 where the clock jumps from 02:00 to 03:00.
    fn resolve_gap(self, wall: NaiveDateTime) -> Resolved {
        // No zone has ever jumped by more than a day.
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
        // People type `europe/london`: the zone keeps the name that it has in the list.
        let typed = || chrono_tz::TZ_VARIANTS.iter().find(|tz| tz.name().eq_ignore_ascii_case(name)).copied();
        name.parse().ok().or_else(typed).map(Self).ok_or(())
    }
}

/// A wall time made an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The instant, UTC.
    pub at: Instant,
    /// Whether the clock of that zone shows the asked wall time exactly once.
    pub flag: ClockFlag,
}

/// What the clock does at a wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockFlag {
    /// Shows it once.
    Exact,
    /// Jumps over it; `shown` is the wall time taken instead.
    Gap {
        /// What the clock shows at the chosen instant.
        shown: NaiveDateTime,
    },
    /// Shows it twice; the first is taken.
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

    /// R13: an event keeps its clock time when the clocks change.
    #[test]
    fn b1_wall_time_stays_across_both_changes() {
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
        // A whole day: Samoa had no 30 December 2011.
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
        // Eight hours from 22:00 over the spring change end at 07:00 on the wall.
        let berlin = zone("Europe/Berlin");
        let start = berlin.resolve(wall("2026-03-28T22:00:00")).at;
        assert_eq!(berlin.wall(start + Duration::hours(8)), wall("2026-03-29T07:00:00"));
    }

    #[test]
    fn zones_go_by_their_names() {
        assert_eq!(zone("America/Los_Angeles").city(), "Los Angeles");
        assert!("Mars/Olympus".parse::<Zone>().is_err());
        assert_eq!(zone("europe/london").name(), "Europe/London");
        assert_eq!(zone("Asia/Kathmandu").offset(at("2026-01-01T00:00:00Z")), "+05:45");
        assert!(Zone::all().count() > 400);
    }
}
