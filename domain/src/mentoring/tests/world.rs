//! Random pools. The same seed gives the same pool.

use super::super::{
    Calendar, Exclusion, Fact, LocalWeek, MatchingRules, Mentee, Mentor, PairFact, Person, Pool, PoolInput,
};
use crate::members::Seniority;

/// The random number generator SplitMix64 (Steele, Lea and Flood 2014).
pub(in super::super) struct Dice(pub(in super::super) u64);

impl Dice {
    /// A random number from 0 to `below - 1`.
    pub(in super::super) fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }
}

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Europe/London",
    "Australia/Sydney",
];

/// The calendar of a round with a change of clocks in it.
pub(in super::super) fn calendar() -> Calendar {
    let zones = ZONES.iter().map(|name| name.parse().unwrap());
    Calendar::new("2026-02-01".parse().unwrap(), "2026-07-31".parse().unwrap(), zones)
}

fn person(dice: &mut Dice, member: u128, questions: usize) -> Person {
    let start = dice.roll(150) as u8;
    let hours = (0..dice.roll(40) as u8).map(|hour| start.wrapping_add(hour * 3) % 168);
    let out = [Exclusion::Paused, Exclusion::Suspended, Exclusion::NoConsent];
    let mut answers = [0; 8];
    for answer in &mut answers[..questions] {
        *answer = dice.roll(4) as u8;
    }
    Person {
        member,
        zone: ZONES[dice.roll(6) as usize].parse().unwrap(),
        week: LocalWeek::from_hours(hours),
        languages: 1 << dice.roll(3) | 1 << dice.roll(4),
        seniority: Seniority::ALL.get(dice.roll(6) as usize).copied(),
        disciplines: if dice.one_in(4) { 0 } else { 1 << dice.roll(4) },
        team: (!dice.one_in(3)).then(|| dice.roll(6) as u32),
        // Everybody is alone, or belongs to a chain of nine people.
        line: if dice.one_in(8) {
            (0, dice.roll(9) as u32)
        } else {
            (member as u32 | 16, member as u32 | 16)
        },
        answers,
        out: dice.one_in(12).then(|| out[dice.roll(3) as usize]),
    }
}

/// A pool of this many mentees and mentors with few topics, so that pairs share up to three.
pub(in super::super) fn input(seed: u64, mentees: u32, mentors: u32) -> PoolInput {
    let mut dice = Dice(seed);
    let topics = 3 + dice.roll(12);
    // With these numbers, many topics have the same bit in the index.
    let step = if dice.one_in(2) { 32 } else { 1 };
    // With one question, many people of a group have the same answers.
    let questions = if dice.one_in(2) { 1 } else { 3 };
    let distinct = |dice: &mut Dice, count: u64| {
        let mut chosen: Vec<u16> = Vec::new();
        for _ in 0..count {
            let topic = dice.roll(topics) as u16 * step;
            if !chosen.contains(&topic) {
                chosen.push(topic);
            }
        }
        chosen
    };
    let rules = MatchingRules {
        min_overlap_hours: dice.roll(3) as u8,
        max_seniority_gap: dice.one_in(2).then(|| dice.roll(5) as i8),
        min_seniority_gap: dice.one_in(2).then(|| -(dice.roll(3) as i8)),
        same_team_allowed: dice.one_in(2),
        ..MatchingRules::default()
    };
    // Some mentors are mentees too.
    let first_mentor = dice.roll(u64::from(mentees) + 1) as u32;
    let id = |number: u32| u128::from(number) * 0x9e37_79b9_7f4a_7c15_f39c_c060;
    PoolInput {
        rules,
        calendar: calendar(),
        mentees: (0..mentees)
            .map(|number| {
                let count = 1 + dice.roll(3);
                Mentee {
                    person: person(&mut dice, id(number), questions),
                    topics: distinct(&mut dice, count),
                }
            })
            .collect(),
        mentors: (0..mentors)
            .map(|number| {
                let count = dice.roll(7);
                let person = person(&mut dice, id(first_mentor + number), questions);
                let chosen = distinct(&mut dice, count);
                let topics = chosen.into_iter().map(|topic| (topic, 1 + dice.roll(3) as u8)).collect();
                Mentor { person, topics, places: dice.roll(4) as u32 }
            })
            .collect(),
        facts: (0..mentees.min(mentors) * 2)
            .map(|_| PairFact {
                mentee: dice.roll(u64::from(mentees)) as u32,
                mentor: dice.roll(u64::from(mentors)) as u32,
                fact: match dice.roll(8) {
                    0 => Fact::WouldLike,
                    1 => Fact::RatherNot,
                    2 => Fact::Blocked,
                    3 => Fact::Declined,
                    4 => Fact::Dismissed,
                    5 => Fact::CoolDown,
                    6 => Fact::Keep,
                    _ => Fact::Wish(1 + dice.roll(5) as u8),
                },
            })
            .collect(),
    }
}

pub(in super::super) fn pool(seed: u64, mentees: u32, mentors: u32) -> Pool {
    Pool::new(&input(seed, mentees, mentors)).unwrap()
}
