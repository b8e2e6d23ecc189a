//! The candidates are exactly those that a search over every pair finds.

use std::{cmp::Reverse, collections::BTreeSet};

use proptest::prelude::*;

use super::super::{Candidate, Exclusion, Fact, Pool, PoolInput, candidates, pair::tie_break};
use super::world;

fn found(pool: &Pool, limit: usize) -> Vec<Candidate> {
    candidates(pool, limit, |_, _| true).unwrap()
}

/// Looks at every pair.
fn expected(pool: &Pool, limit: usize) -> Vec<Candidate> {
    let (mentees, mentors) = (pool.mentee_count() as u32, pool.mentor_count() as u32);
    let pairs = (0..mentees).flat_map(|mentee| (0..mentors).map(move |mentor| (mentee, mentor)));
    let allowed: Vec<_> =
        pairs.filter(|&(mentee, mentor)| pool.exclusion(mentee, mentor).is_none()).collect();
    let is_stated = |&(mentee, mentor): &(u32, u32)| {
        let opinion = pool.opinion(mentee, mentor);
        let is_wanted = opinion.rank > 0 || opinion.would_like || opinion.before;
        opinion.keep || is_wanted && pool.shared_topics(mentee, mentor).count > 0
    };
    let mut chosen: BTreeSet<_> = allowed.iter().copied().filter(is_stated).collect();
    let mut others: Vec<_> =
        allowed.into_iter().filter(|pair| pool.shared_topics(pair.0, pair.1).count > 0).collect();
    let shown = |&(mentee, mentor): &(u32, u32)| pool.parts(mentee, mentor).shown().total();
    let tie = |&(mentee, mentor): &(u32, u32)| {
        tie_break(pool.mentees.members[mentee as usize], pool.mentors.members[mentor as usize])
    };
    others.sort_by_key(|pair| (Reverse(shown(pair)), Reverse(tie(pair) >> 16)));
    let mut best = BTreeSet::new();
    for person in 0..mentees {
        best.extend(others.iter().copied().filter(|pair| pair.0 == person).take(limit));
    }
    for person in 0..mentors {
        best.extend(others.iter().copied().filter(|pair| pair.1 == person).take(limit));
    }
    chosen.extend(&best);
    let candidate = |pair: (u32, u32)| Candidate {
        mentee: pair.0,
        mentor: pair.1,
        score: pool.parts(pair.0, pair.1).total(),
        shown: shown(&pair),
        is_best: best.contains(&pair),
    };
    chosen.into_iter().map(candidate).collect()
}

/// The input with its people in another order, and the new index of each.
fn reordered(input: &PoolInput, seed: u64) -> (PoolInput, Vec<u32>, Vec<u32>) {
    let mut dice = world::Dice(seed);
    let mut shuffle = |count: usize| {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, dice.roll(at as u64 + 1) as usize);
        }
        order
    };
    let (mentees, mentors) = (shuffle(input.mentees.len()), shuffle(input.mentors.len()));
    let places = |order: &[usize]| {
        let mut places = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            places[*old] = new as u32;
        }
        places
    };
    let (new_mentees, new_mentors) = (places(&mentees), places(&mentors));
    let mut other = input.clone();
    other.mentees = mentees.iter().map(|&old| input.mentees[old].clone()).collect();
    other.mentors = mentors.iter().map(|&old| input.mentors[old].clone()).collect();
    for fact in &mut other.facts {
        fact.mentee = new_mentees[fact.mentee as usize];
        fact.mentor = new_mentors[fact.mentor as usize];
    }
    other.facts.reverse();
    (other, new_mentees, new_mentors)
}

proptest! {

    #![proptest_config(crate::testing::cases())]

    #[test]
    fn the_search_finds_what_looking_at_every_pair_finds(
        seed: u64, mentees in 1..60_u32, mentors in 1..40_u32, limit in 0..8_usize
    ) {
        let pool = world::pool(seed, mentees, mentors);
        prop_assert_eq!(found(&pool, limit), expected(&pool, limit));
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(seed: u64) {
        let input = world::input(seed, 40, 20);
        let (other, mentees, mentors) = reordered(&input, seed ^ 1);
        let (pool, other) = (Pool::new(&input).unwrap(), Pool::new(&other).unwrap());
        let mut renamed: Vec<_> = found(&pool, 3)
            .into_iter()
            .map(|it| Candidate {
                mentee: mentees[it.mentee as usize],
                mentor: mentors[it.mentor as usize],
                ..it
            })
            .collect();
        renamed.sort_unstable();
        prop_assert_eq!(renamed, found(&other, 3));
    }
}

/// Wishes add candidates, but decide about no other pair. The control: they do add some, and change scores.
#[test]
fn wishes_change_nothing_about_the_best() {
    let (mut added, mut changed) = (0, 0);
    for seed in 0..200 {
        let mut input = world::input(seed, 30, 20);
        let with = found(&Pool::new(&input).unwrap(), 3);
        let is_wish = |fact: Fact| matches!(fact, Fact::Wish(_) | Fact::WouldLike | Fact::RatherNot);
        input.facts.retain(|it| !is_wish(it.fact));
        let without = found(&Pool::new(&input).unwrap(), 3);
        let best = |all: &[Candidate]| {
            let best = all.iter().filter(|it| it.is_best);
            best.map(|it| (it.mentee, it.mentor, it.shown)).collect::<Vec<_>>()
        };
        assert_eq!(best(&with), best(&without), "seed {seed}");
        added += with.len() - without.len();
        changed += with.iter().filter(|it| it.is_best && !without.contains(it)).count();
    }
    assert!(added > 0 && changed > 0, "{added} {changed}");
}

/// A reason that may be shown ignores what is private. Control: the real reason does not.
#[test]
fn a_public_reason_tells_nothing_private() {
    let mut differs = 0;
    for seed in 0..100 {
        let mut input = world::input(seed, 20, 12);
        let with = Pool::new(&input).unwrap();
        input.facts.clear();
        let without = Pool::new(&input).unwrap();
        for (mentee, mentor) in (0..20).flat_map(|mentee| (0..12).map(move |mentor| (mentee, mentor))) {
            let public = with.public_exclusion(mentee, mentor);
            assert_eq!(public, without.public_exclusion(mentee, mentor));
            assert_eq!(public, without.exclusion(mentee, mentor));
            differs += u32::from(public != with.exclusion(mentee, mentor));
        }
    }
    assert!(differs > 0);
}

/// The control is in the comparison: a pair without a reason is a candidate.
#[test]
fn nobody_excluded_is_a_candidate() {
    let mut seen = BTreeSet::new();
    for seed in 0..300 {
        let pool = world::pool(seed, 20, 12);
        let chosen: BTreeSet<_> = found(&pool, 50).iter().map(|it| (it.mentee, it.mentor)).collect();
        for mentee in 0..20 {
            for mentor in 0..12 {
                let reason = pool.exclusion(mentee, mentor);
                let is_open =
                    pool.shared_topics(mentee, mentor).count > 0 || pool.opinion(mentee, mentor).keep;
                assert_eq!(chosen.contains(&(mentee, mentor)), reason.is_none() && is_open, "{reason:?}");
                seen.extend(reason.map(|reason| reason as u8));
            }
        }
    }
    assert_eq!(seen.len(), Exclusion::ALL.len(), "every reason occurs");
}

/// A match without a topic in common would tell the coordinator that somebody wished for it.
#[test]
fn m23_a_wish_without_a_topic_in_common_makes_no_candidate() {
    let mut input = world::input(7, 20, 12);
    input.facts.clear();
    let before = Pool::new(&input).unwrap();
    let (mentee, mentor) = (0..20)
        .flat_map(|mentee| (0..12).map(move |mentor| (mentee, mentor)))
        .find(|&(mentee, mentor)| {
            before.exclusion(mentee, mentor).is_none() && before.shared_topics(mentee, mentor).count == 0
        })
        .unwrap();
    let has = |pool: &Pool| found(pool, 50).iter().any(|it| (it.mentee, it.mentor) == (mentee, mentor));
    assert!(!has(&before));
    for (fact, is_candidate) in
        [(Fact::Wish(1), false), (Fact::WouldLike, false), (Fact::Before, false), (Fact::Keep, true)]
    {
        input.facts = vec![super::super::PairFact { mentee, mentor, fact }];
        assert_eq!(has(&Pool::new(&input).unwrap()), is_candidate, "{fact:?}");
        input.facts.push(super::super::PairFact { mentee, mentor, fact: Fact::Blocked });
        assert!(!has(&Pool::new(&input).unwrap()), "{fact:?}");
    }
}

#[test]
fn a_search_can_be_stopped() {
    let pool = world::pool(1, 20, 12);
    let mut reports = Vec::new();
    let stopped = candidates(&pool, 5, |done, of| {
        reports.push((done, of));
        false
    });
    assert_eq!((stopped, reports), (None, vec![(0, 32)]));
}
