//! Follow-the-sun (B8): the local hours of an audience around the world, and how inconvenient a time is for each part of it.
//! It says nothing about fewer than [`MIN_PEOPLE`] people, because a few people could be recognised.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, NaiveTime, Timelike as _};

use crate::{Instant, Zone};

/// The fewest people that a line is about.
pub const MIN_PEOPLE: u32 = 5;
/// The highest score: the middle of the night.
pub const MAX_SCORE: u32 = 6;
/// The most different times that a series rotates through.
pub const MAX_ROTATION: usize = 6;

/// How inconvenient a local start is: 0 from 9:00 until 20:59, rising to 6 from midnight until 5:59.
#[must_use]
pub fn inconvenience(local: NaiveTime) -> u32 {
    match local.hour() {
        9..=20 => 0,
        8 | 21 => 1,
        7 | 22 => 2,
        6 | 23 => 4,
        _ => MAX_SCORE,
    }
}

/// The people of an audience whose clocks show the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalHours {
    /// What their clocks show.
    pub wall: NaiveDateTime,
    /// One of their zones, for the UTC offset.
    pub zone: Zone,
    /// The zones with at least [`MIN_PEOPLE`] of them, the largest first. May be empty.
    pub zones: Vec<Zone>,
    /// How many people they are. At least [`MIN_PEOPLE`].
    pub people: u32,
    /// How inconvenient the time is for them, from 0 to [`MAX_SCORE`].
    pub score: u32,
}

/// The local hours of an audience at an instant, for each group of at least [`MIN_PEOPLE`] people with the same time, from
/// west to east. `audience` counts the people of each zone, in any order.
#[must_use]
pub fn local_hours(audience: &[(Zone, u32)], at: Instant) -> Vec<LocalHours> {
    let mut by_wall: BTreeMap<NaiveDateTime, Vec<(Zone, u32)>> = BTreeMap::new();
    for (zone, people) in audience {
        by_wall.entry(zone.wall(at)).or_default().push((*zone, *people));
    }
    let groups = by_wall.into_iter().filter_map(|(wall, mut zones)| {
        zones.sort_by_key(|(zone, people)| (std::cmp::Reverse(*people), zone.name()));
        let people: u32 = zones.iter().map(|(_, people)| people).sum();
        let zone = zones.first()?.0;
        let named = zones.into_iter().filter(|(_, people)| *people >= MIN_PEOPLE).map(|(zone, _)| zone);
        let score = inconvenience(wall.time());
        (people >= MIN_PEOPLE).then(|| LocalHours { wall, zone, zones: named.collect(), people, score })
    });
    groups.collect()
}

/// How much inconvenience a series of starts means for one part of the audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burden {
    /// The part, with its local hour at the first start.
    pub at_first: LocalHours,
    /// The sum of the scores of all starts.
    pub sum: u32,
}

/// The sum of the scores for each group of people, over all starts. The groups are those of the first start. Where the
/// clocks of a group no longer agree later, the most common zone counts.
#[must_use]
pub fn burdens(audience: &[(Zone, u32)], starts: &[Instant]) -> Vec<Burden> {
    let Some(first) = starts.first() else { return Vec::new() };
    let sum = |zone: Zone| starts.iter().map(|at| inconvenience(zone.wall(*at).time())).sum();
    local_hours(audience, *first)
        .into_iter()
        .map(|group| Burden { sum: sum(group.zone), at_first: group })
        .collect()
}

/// The time on the clock of a date of a rotating series, the one that is its turn. `number` counts from 0. `None` without any
/// time.
#[must_use]
pub fn turn(times: &[NaiveTime], number: usize) -> Option<NaiveTime> {
    times.get(number.checked_rem(times.len())?).copied()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn time(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn local_hours_are_in_groups_of_five() {
        let audience = [
            (zone("Europe/Berlin"), 4),
            (zone("Europe/Paris"), 6),
            (zone("America/New_York"), 5),
            (zone("Asia/Tokyo"), 4),
        ];
        let groups = local_hours(&audience, at("2026-11-24T17:00:00Z"));
        let lines: Vec<_> = groups
            .iter()
            .map(|group| (group.wall.format("%H:%M").to_string(), group.people, group.score))
            .collect();
        assert_eq!(lines, [("12:00".into(), 5, 0), ("18:00".into(), 10, 0)]);
        assert_eq!(groups[1].zones, [zone("Europe/Paris")], "Berlin has four people, so it is not named");
        // Control: a fifth person in Tokyo makes a line.
        let more = [(zone("Asia/Tokyo"), 5)];
        assert_eq!(local_hours(&more, at("2026-11-24T17:00:00Z"))[0].score, MAX_SCORE);
    }

    #[test]
    fn three_turns_share_the_bad_hours() {
        let audience =
            [(zone("America/Los_Angeles"), 9), (zone("Europe/London"), 9), (zone("Australia/Sydney"), 9)];
        let days =
            (0..12).map(|week| "2027-01-12".parse::<chrono::NaiveDate>().unwrap() + Duration::weeks(week));
        let sums = |hours: &[u32]| {
            let times: Vec<_> = hours.iter().map(|hour| time(*hour)).collect();
            let start = |(n, day): (usize, chrono::NaiveDate)| Some(day.and_time(turn(&times, n)?).and_utc());
            let starts: Vec<_> = days.clone().enumerate().filter_map(start).collect();
            let burdens = burdens(&audience, &starts);
            burdens.iter().map(|burden| burden.sum).collect::<Vec<_>>()
        };
        let spread = |sums: Vec<u32>| sums.iter().max().unwrap() - sums.iter().min().unwrap();
        assert!(spread(sums(&[9, 17, 1])) < spread(sums(&[17])), "{:?} {:?}", sums(&[9, 17, 1]), sums(&[17]));
    }

    proptest! {
        #[test]
        fn nothing_is_said_about_fewer_than_five_people(
            people in prop::collection::vec((0..Zone::all().count(), 1u32..9), 0..12),
            minutes in 0i64..1_000_000,
        ) {
            let names: Vec<_> = Zone::all().collect();
            let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
            for (index, number) in people {
                *counts.entry(names[index]).or_default() += number;
            }
            let audience: Vec<_> = counts.iter().map(|(name, number)| (zone(name), *number)).collect();
            let when = at("2026-01-01T00:00:00Z") + Duration::minutes(minutes);
            let groups = local_hours(&audience, when);
            let total: u32 = audience.iter().map(|(_, number)| number).sum();
            prop_assert!(groups.iter().map(|group| group.people).sum::<u32>() <= total);
            for group in &groups {
                prop_assert!(group.people >= MIN_PEOPLE && group.score <= MAX_SCORE);
                for named in &group.zones {
                    prop_assert!(counts[named.name()] >= MIN_PEOPLE);
                    prop_assert_eq!(named.wall(when), group.wall);
                }
            }
            // The order of the input changes nothing.
            let reversed: Vec<_> = audience.iter().rev().copied().collect();
            prop_assert_eq!(local_hours(&reversed, when), groups);
        }

        #[test]
        fn each_hour_has_its_turn(hours in prop::collection::vec(0u32..24, 1..6), rounds in 1usize..5) {
            let times: Vec<_> = hours.iter().map(|hour| time(*hour)).collect();
            let turns: Vec<_> = (0..hours.len() * rounds).filter_map(|n| turn(&times, n)).collect();
            prop_assert_eq!(turns.len(), hours.len() * rounds);
            for hour in &hours {
                let wanted = hours.iter().filter(|other| *other == hour).count() * rounds;
                prop_assert_eq!(turns.iter().filter(|at| at.hour() == *hour).count(), wanted);
            }
        }
    }
}
