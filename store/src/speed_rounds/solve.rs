//! Solving a round: one matching for each wave. Pairs that met are banned in later waves, and people who had a break come
//! first. No database and no clock.

use domain::speed_rounds::wave_score;
use matching::{Candidate, Draft, Options};

use super::input::{Input, Person};

/// A conversation: its wave, and the mentee and the mentor as indexes.
pub(super) type Conversation = (i32, u32, u32);

/// The conversations of all waves. `keep_going` is asked before each wave, and told its number. `None` when it stopped.
///
/// # Errors
/// Why a wave has no verified result. That is a bug.
pub(super) fn solve(
    input: &Input,
    keep_going: impl Fn(i32) -> bool,
) -> Result<Option<Vec<Conversation>>, String> {
    let mut bans = input.blocked.clone();
    let mut missed = [vec![0_u32; input.mentees.len()], vec![0_u32; input.mentors.len()]];
    let mut conversations = Vec::new();
    for wave in 0..input.waves {
        if !keep_going(wave) {
            return Ok(None);
        }
        let pairs = solve_wave(input, &bans, &missed)?;
        for side in &mut missed {
            side.iter_mut().for_each(|number| *number += 1);
        }
        for (mentee, mentor) in pairs {
            missed[0][mentee as usize] -= 1;
            missed[1][mentor as usize] -= 1;
            bans.push((mentee, mentor));
            conversations.push((wave, mentee, mentor));
        }
    }
    Ok(Some(conversations))
}

fn solve_wave(input: &Input, bans: &[(u32, u32)], missed: &[Vec<u32>; 2]) -> Result<Vec<(u32, u32)>, String> {
    let mut candidates = Vec::new();
    for (mentee, one) in (0_u32..).zip(&input.mentees) {
        for (mentor, other) in (0_u32..).zip(&input.mentors) {
            let topics = in_common(one, other);
            if topics > 0 {
                let score = wave_score(topics, (missed[0][mentee as usize], missed[1][mentor as usize]));
                candidates.push(Candidate { mentee, mentor, score, ranks: None });
            }
        }
    }
    let draft = Draft {
        // Class 0 comes first: everybody who had a break.
        classes: missed[0].iter().map(|number| u8::from(*number == 0)).collect(),
        places: vec![1; input.mentors.len()],
        candidates,
        bans: bans.to_vec(),
        options: Options::default(),
        ..Draft::default()
    };
    let instance = draft.check().map_err(|error| error.to_string())?;
    let matching = matching::solve(&instance);
    matching::verify(&instance, &matching).map_err(|error| error.to_string())?;
    Ok(matching.pairs)
}

/// How many topics two people have in common.
fn in_common(one: &Person, other: &Person) -> usize {
    one.topics.iter().filter(|topic| other.topics.contains(topic)).count()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use uuid::Uuid;

    use super::*;

    fn people(sides: &[&[u128]], first: u128) -> Vec<Person> {
        let person = |(at, topics): (u128, &&[u128])| Person {
            sign_up: Uuid::from_u128(first + at),
            member: Uuid::from_u128(first + at),
            topics: topics.iter().map(|topic| Uuid::from_u128(*topic)).collect(),
        };
        (0..).zip(sides).map(person).collect()
    }

    fn input(waves: i32, mentees: &[&[u128]], mentors: &[&[u128]], blocked: &[(u32, u32)]) -> Input {
        Input {
            waves,
            mentees: people(mentees, 100),
            mentors: people(mentors, 200),
            blocked: blocked.to_vec(),
        }
    }

    fn solved(input: &Input) -> Vec<Conversation> {
        solve(input, |_| true).unwrap().unwrap()
    }

    #[test]
    fn m31_nobody_is_in_two_places_and_nobody_meets_twice() {
        // A small generator, so that the instances are the same in every run.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..60 {
            let mut side = |most: u64| -> Vec<Vec<u128>> {
                let size = 1 + next(most);
                (0..size).map(|_| (0..=next(3)).map(|_| u128::from(next(4))).collect()).collect()
            };
            let (mentees, mentors) = (side(12), side(8));
            let mentees: Vec<&[u128]> = mentees.iter().map(Vec::as_slice).collect();
            let mentors: Vec<&[u128]> = mentors.iter().map(Vec::as_slice).collect();
            let input = input(4, &mentees, &mentors, &[(0, 0)]);
            let conversations = solved(&input);
            let (mut pairs, mut busy) = (HashSet::new(), HashSet::new());
            for (wave, mentee, mentor) in conversations {
                assert!(pairs.insert((mentee, mentor)), "a pair meets once");
                assert!(busy.insert((wave, 0, mentee)) && busy.insert((wave, 1, mentor)));
                assert_ne!((mentee, mentor), (0, 0), "a block");
                assert!(in_common(&input.mentees[mentee as usize], &input.mentors[mentor as usize]) > 0);
            }
        }
    }

    /// The control bans nothing, and then the best pair would meet in every wave.
    #[test]
    fn m31_pairs_that_met_are_banned_in_later_waves() {
        let input = input(2, &[&[1], &[1, 2]], &[&[1], &[1, 2]], &[]);
        assert_eq!(solved(&input), [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]);
        let missed = [vec![0, 0], vec![0, 0]];
        assert_eq!(solve_wave(&input, &[], &missed).unwrap(), [(0, 0), (1, 1)], "control");
    }

    #[test]
    fn m31_whoever_had_a_break_comes_first_in_the_next_wave() {
        // One mentor and three mentees: everybody gets one wave, although the third has more topics in common.
        let three = input(3, &[&[1], &[1], &[1, 2, 3]], &[&[1, 2, 3]], &[]);
        let mut met: Vec<u32> = solved(&three).into_iter().map(|(_, mentee, _)| mentee).collect();
        assert_eq!(met[0], 2, "the most topics come first");
        met.sort_unstable();
        assert_eq!(met, [0, 1, 2]);
        // The same for mentors.
        let two = input(2, &[&[1, 2, 3]], &[&[1], &[1, 2, 3]], &[]);
        assert_eq!(solved(&two), [(0, 0, 1), (1, 0, 0)]);
    }

    #[test]
    fn m31_a_round_without_people_has_no_conversations() {
        assert_eq!(solved(&input(3, &[], &[&[1]], &[])), []);
        assert_eq!(solved(&input(3, &[&[1]], &[&[2]], &[])), [], "no topic in common");
        assert_eq!(solve(&input(3, &[&[1]], &[&[1]], &[]), |wave| wave < 1).unwrap(), None, "it stops");
    }
}
