//! Full matrices with one place for each mentor have their own method, which gives the same result as the
//! general one.

use matching::{Candidate, Draft, Options, Order, Solver, solve, verify};
use proptest::prelude::*;

fn full() -> impl Strategy<Value = Draft> {
    let score = prop_oneof![Just(700_u16), 990_u16..=1000, 0_u16..=1000];
    (1_usize..25, 0_usize..10, 0_u8..3, any::<u64>(), any::<bool>()).prop_flat_map(
        move |(mentees, more, kept, seed, is_kept)| {
            let mentors = mentees + more;
            let order = if is_kept { Order::Kept } else { Order::Cost };
            let scores = prop::collection::vec(score.clone(), mentees * mentors);
            let kept = prop::collection::vec(0..mentees * mentors, usize::from(kept) * mentees / 2);
            let classes = prop::collection::vec(0_u8..2, mentees);
            (scores, kept, classes).prop_map(move |(scores, mut kept, classes)| {
                kept.sort_unstable();
                kept.dedup();
                let pair = |at: usize| ((at / mentors) as u32, (at % mentors) as u32);
                let candidates = scores.into_iter().enumerate().map(|(at, score)| {
                    let (mentee, mentor) = pair(at);
                    Candidate { mentee, mentor, score, ranks: None }
                });
                Draft {
                    classes,
                    places: vec![1; mentors],
                    candidates: candidates.collect(),
                    kept: kept.into_iter().map(pair).collect(),
                    options: Options { seed, order, ..Options::default() },
                    ..Draft::default()
                }
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn both_ways_say_the_same(draft in full()) {
        let instance = draft.check().unwrap();
        let (result, mut other) = (solve(&instance), Solver::new(instance.clone()).matching());
        prop_assert_eq!(verify(&instance, &result), Ok(()));
        other.certificate.clone_from(&result.certificate);
        prop_assert_eq!(result, other);
    }
}
