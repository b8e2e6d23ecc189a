//! How the clocks of all zones differ during a round.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::availability::{DoubleWeek, LocalWeek, ShiftedWeek};
use crate::Zone;

/// A difference between two zones that holds for fewer days than this does not count, unless there is no other.
/// Europe and America change their clocks up to three weeks apart.
const MIN_DAYS: u32 = 28;
/// The longest round that is looked at in full.
const MAX_DAYS: u64 = 800;

/// The clocks of a round. A *clock* is a set of zones that have the same time on every day of the round.
///
/// The overlap of two people depends only on the difference of their clocks. It is the least overlap over all
/// differences that occur. Differences are rounded to half-hours, which matters only to Nepal and the Chatham
/// Islands.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The clock of each zone, by name.
    zones: BTreeMap<&'static str, u8>,
    clocks: usize,
    /// For each two clocks, by how many half-hours the second is ahead.
    ahead: Vec<Vec<i32>>,
}

impl Calendar {
    /// The calendar of a round from its first to its last day, for these zones.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate, zones: impl IntoIterator<Item = Zone>) -> Self {
        let noons: Vec<_> = first
            .iter_days()
            .take_while(|day| *day <= last.max(first))
            .take(MAX_DAYS as usize)
            .map(|day| day.and_time(NaiveTime::MIN).and_utc() + chrono::Duration::hours(12))
            .collect();
        let names: BTreeMap<_, _> = zones.into_iter().map(|zone| (zone.name(), zone)).collect();
        let mut clocks: BTreeMap<Vec<i32>, u8> = BTreeMap::new();
        let mut by_name = BTreeMap::new();
        for (name, zone) in names {
            let days: Vec<i32> =
                noons.iter().map(|noon| (zone.wall(*noon) - noon.naive_utc()).num_minutes() as i32).collect();
            let next = clocks.len().min(usize::from(u8::MAX)) as u8;
            by_name.insert(name, *clocks.entry(days).or_insert(next));
        }
        let mut days: Vec<Vec<i32>> = vec![Vec::new(); clocks.len()];
        for (offsets, clock) in clocks {
            days[usize::from(clock)] = offsets;
        }
        let pairs = days.iter().flat_map(|one| days.iter().map(move |other| differences(one, other)));
        let ahead = pairs.collect();
        Self { zones: by_name, clocks: days.len(), ahead }
    }

    /// The number of clocks.
    #[must_use]
    pub fn clocks(&self) -> usize {
        self.clocks
    }

    /// The clock of a zone; `None` for a zone that the calendar was not made for.
    #[must_use]
    pub fn clock(&self, zone: Zone) -> Option<u8> {
        self.zones.get(zone.name()).copied()
    }

    /// A week as another clock shows it, once for each difference between the clocks during the round.
    pub(super) fn shifted(&self, week: &DoubleWeek, from: u8, to: u8) -> impl Iterator<Item = ShiftedWeek> {
        let ahead = &self.ahead[usize::from(from) * self.clocks + usize::from(to)];
        ahead.iter().map(move |&half_hours| week.shifted(half_hours))
    }

    /// The half-hours a week that two people share, which is the least over the round. Takes the clock and the
    /// week of each.
    #[must_use]
    pub fn overlap(&self, one: (u8, LocalWeek), other: (u8, LocalWeek)) -> u32 {
        let week = DoubleWeek::new(one.1);
        self.shifted(&week, one.0, other.0).map(|week| week.overlap(other.1)).min().unwrap_or(0)
    }
}

/// The differences between two clocks that count, in half-hours.
fn differences(one: &[i32], other: &[i32]) -> Vec<i32> {
    // Each difference with its number of days.
    let mut found: Vec<(i32, u32)> = Vec::new();
    for (one, other) in one.iter().zip(other) {
        let ahead = (other - one) / 30;
        match found.iter_mut().find(|(known, _)| *known == ahead) {
            Some((_, days)) => *days += 1,
            None => found.push((ahead, 1)),
        }
    }
    let longest = found.iter().map(|(_, days)| *days).max().unwrap_or(0);
    found.retain(|(_, days)| *days >= MIN_DAYS.min(longest));
    found.into_iter().map(|(ahead, _)| ahead).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn calendar(first: &str, last: &str, zones: &[&str]) -> Calendar {
        Calendar::new(first.parse().unwrap(), last.parse().unwrap(), zones.iter().map(|name| zone(name)))
    }

    /// Half-hours that two people share when both have time at these hours of their own Monday.
    fn overlap(calendar: &Calendar, zones: [&str; 2], hours: [&[u8]; 2]) -> u32 {
        let [one, other] = [0, 1].map(|side| {
            let clock = calendar.clock(zone(zones[side])).unwrap();
            let week = LocalWeek::from_hours(hours[side].iter().copied());
            (clock, week)
        });
        calendar.overlap(one, other)
    }

    #[test]
    fn the_overlap_is_the_least_of_the_round() {
        let zones = ["Europe/London", "Africa/Johannesburg"];
        // London is two hours behind in winter and one in summer.
        let hours: [&[u8]; 2] = [&[16, 17], &[18]];
        let winter = calendar("2026-01-05", "2026-03-01", &zones);
        assert_eq!(overlap(&winter, zones, hours), 2);
        let both = calendar("2026-02-01", "2026-05-31", &zones);
        assert_eq!(overlap(&both, zones, hours), 2);
        assert_eq!(overlap(&both, zones, [&[16], &[18]]), 0);
        assert_eq!(overlap(&winter, zones, [&[16], &[18]]), 2);
    }

    #[test]
    fn a_difference_of_a_few_weeks_does_not_count() {
        let zones = ["Europe/Berlin", "America/New_York"];
        // Six hours, and five for three weeks in March.
        let hours: [&[u8]; 2] = [&[18], &[12]];
        assert_eq!(overlap(&calendar("2026-01-05", "2026-06-30", &zones), zones, hours), 2);
        // Unless the round takes place in these weeks.
        assert_eq!(overlap(&calendar("2026-03-10", "2026-03-27", &zones), zones, hours), 0);
    }

    #[test]
    fn zones_with_half_hours_overlap_in_half_hours() {
        let round = calendar("2027-01-04", "2027-02-01", &["Asia/Kolkata", "UTC", "Asia/Kathmandu"]);
        // 18:00 to 20:00 in Kolkata is 12:30 to 14:30 in UTC.
        let zones = ["Asia/Kolkata", "UTC"];
        assert_eq!(overlap(&round, zones, [&[18, 19], &[12, 13, 14]]), 4);
        assert_eq!(overlap(&round, zones, [&[18, 19], &[14]]), 1);
        // A Monday morning in Kolkata is Sunday in UTC.
        assert_eq!(overlap(&round, zones, [&[0], &[162, 163]]), 2);
        // Two people in Nepal lose nothing to the rounding.
        assert_eq!(overlap(&round, ["Asia/Kathmandu"; 2], [&[18, 19], &[18, 19]]), 4);
        assert_eq!(overlap(&round, ["Asia/Kathmandu", "UTC"], [&[18], &[12, 13]]), 2);
    }

    #[test]
    fn zones_with_the_same_time_share_a_clock() {
        let round =
            calendar("2026-01-05", "2026-06-30", &["Europe/Berlin", "Europe/Paris", "Asia/Kathmandu"]);
        assert_eq!(round.clocks(), 2);
        assert_eq!(round.clock(zone("Europe/Berlin")), round.clock(zone("Europe/Paris")));
        assert_eq!(round.clock(zone("Asia/Tokyo")), None);
        // A round that ends before it begins has one day.
        assert_eq!(calendar("2026-01-05", "2025-01-05", &["Europe/Berlin"]).clocks(), 1);
    }

    #[test]
    fn all_zones_of_the_world_have_few_clocks() {
        let all: Vec<_> = Zone::all().collect();
        let clocks = calendar("2026-01-05", "2026-12-31", &all).clocks();
        assert!((38..100).contains(&clocks), "{clocks}");
    }
}
