//! Pricing finds exactly what looking at every pair finds.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::{Pool, Prices, Pricing, candidates, price};
use super::world;

struct Case {
    pool: Pool,
    mentors: Vec<i128>,
    mentees: Vec<Option<i128>>,
    deficient: [Vec<u32>; 2],
    bans: Vec<(u32, u32)>,
}

/// A pool with random prices.
fn case(seed: u64, mentees: u32, mentors: u32) -> Case {
    let mut dice = world::Dice(!seed);
    let mut number = |below: u64| i128::from(dice.roll(below));
    let highest = 1 + number(1_500_000) as u64;
    let prices = (0..mentors).map(|_| number(highest)).collect();
    let pays = (0..mentees).map(|_| Some(number(highest)).filter(|_| number(9) > 0)).collect();
    let deficient = [6, 9].map(|of| (0..mentees).filter(|_| number(of) == 0).collect());
    let pairs = (0..mentees).flat_map(|mentee| (0..mentors).map(move |mentor| (mentee, mentor)));
    let bans = pairs.filter(|_| number(20) == 0).collect();
    Case { pool: world::pool(seed, mentees, mentors), mentors: prices, mentees: pays, deficient, bans }
}

proptest! {

    #![proptest_config(crate::testing::cases())]

    #[test]
    fn pricing_finds_every_mentee_with_a_missing_pair(seed: u64, limit in 0..3_usize) {
        let Case { pool, mentors, mentees, deficient, bans } = case(seed, 30, 20);
        let found = candidates(&pool, limit, |_, _| true).unwrap();
        let known: BTreeSet<_> = found.iter().map(|it| (it.mentee, it.mentor)).collect();
        let leads_on = |mentee: u32, mentor: u32| {
            let is_reached = |set: &Vec<u32>| known.iter().any(|(one, other)| *other == mentor && set.contains(one));
            deficient.iter().any(|set| set.contains(&mentee) && !is_reached(set))
        };
        let is_missing = |&(mentee, mentor): &(u32, u32)| {
            let Some(pays) = mentees[mentee as usize] else { return false };
            let miss = i128::from(1000 - pool.parts(mentee, mentor).total());
            pool.exclusion(mentee, mentor).is_none()
                && pool.shared_topics(mentee, mentor).count > 0
                && !known.contains(&(mentee, mentor))
                && !bans.contains(&(mentee, mentor))
                && (3 * miss * miss + mentors[mentor as usize] < pays || leads_on(mentee, mentor))
        };
        let pairs = (0..30).flat_map(|mentee| (0..20).map(move |mentor| (mentee, mentor)));
        let expected: BTreeSet<_> = pairs.filter(is_missing).collect();
        let prices =
            Prices { weight: 3, mentors: &mentors, mentees: &mentees, deficient: [&deficient[0], &deficient[1]], bans: &bans };
        let missing = match price(&pool, &found, &prices, |_, _| true) {
            Pricing::Missing(missing) => missing,
            other => {
                prop_assert_eq!(other, Pricing::Complete);
                Vec::new()
            }
        };
        for it in &missing {
            prop_assert_eq!(it.score, pool.parts(it.mentee, it.mentor).total());
        }
        // There are at most 20 mentors, so none is left out.
        let missing: BTreeSet<_> = missing.iter().map(|it| (it.mentee, it.mentor)).collect();
        prop_assert_eq!(missing, expected);
        prop_assert_eq!(price(&pool, &found, &prices, |_, _| false), Pricing::Stopped);
    }
}
