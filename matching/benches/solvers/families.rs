//! Instances for measurements, used by the benchmark, the example `make` and `race.py`.

use matching::{Candidate, Draft};

/// The families of [`draft`], each with the numbers of people for which it is measured.
pub(crate) const FAMILIES: [(&str, &[u32]); 5] = [
    ("sparse", &[1_000, 10_000, 100_000]),
    ("scarce", &[1_000, 10_000, 100_000]),
    ("equal", &[1_000, 10_000, 100_000]),
    ("dense", &[2_000]),
    ("assignment", &[200, 800, 1_600]),
];

/// The random number generator SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A random number from 0 to `below - 1`.
    pub(crate) fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// An instance with this many people.
///
/// - `sparse`: two thirds are mentees, mentors have 1 to 3 places, and each mentee has up to 20 candidates.
///   Some mentors are far more popular than others, as in Zipf's law.
/// - `scarce`: the same with half as many places as mentees.
/// - `equal`: like `sparse`, with equal scores.
/// - `dense`: half are mentees, half are mentors with one place, and every pair is a candidate.
/// - `assignment`: like `dense`, with 100 different costs, like the assignment problems of the OR-Library.
pub(crate) fn draft(family: &str, people: u32, seed: u64) -> Draft {
    let mut dice = Dice(seed);
    let is_dense = matches!(family, "dense" | "assignment");
    let mentees = if is_dense { people / 2 } else { people * 2 / 3 };
    let mentors = people - mentees;
    let mut candidates = Vec::new();
    for mentee in 0..mentees {
        let mut chosen: Vec<u32> = if is_dense {
            (0..mentors).collect()
        } else {
            (0..20).map(|_| popular(&mut dice, mentors)).collect()
        };
        chosen.sort_unstable();
        chosen.dedup();
        for mentor in chosen {
            let score = match family {
                "equal" => 700,
                "dense" => dice.roll(1001),
                "assignment" => 900 + dice.roll(100),
                _ => 300 + dice.roll(701),
            } as u16;
            candidates.push(Candidate { mentee, mentor, score, ranks: None });
        }
    }
    let mut left = mentees / 2;
    let mut places = || match family {
        "scarce" => {
            let places = (1 + dice.roll(2) as u32).min(left);
            left -= places;
            places
        }
        _ if is_dense => 1,
        _ => 1 + dice.roll(3) as u32,
    };
    let places = (0..mentors).map(|_| places()).collect();
    Draft { classes: vec![1; mentees as usize], places, candidates, ..Draft::default() }
}

/// A mentor, chosen with a density proportional to rank^(−2/3).
fn popular(dice: &mut Dice, mentors: u32) -> u32 {
    let draw = u128::from(dice.roll(1 << 32));
    ((((draw * draw * draw) >> 64) * u128::from(mentors)) >> 32) as u32
}
