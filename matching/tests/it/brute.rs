//! Compares the solver with every matching of small instances, in all modes and on all levels.

use crate::common::{blocking_pairs, drafts, figures, matchings, value};
use matching::{Mode, Solver, solve, verify};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn no_matching_is_better_than_the_solution(draft in drafts(5, 4)) {
        let Ok(instance) = draft.clone().check() else {
            // An impossible pin: no matching has all of them, or it breaks a rule of candidates.
            prop_assert!(!draft.pins.is_empty());
            prop_assert!(matchings(&draft).is_empty());
            return Ok(());
        };
        let result = solve(&instance);
        let (matched, class0, cost, kept) = figures(&draft, &result.pairs);
        prop_assert_eq!((result.matched, result.matched_class0), (matched, class0));
        prop_assert_eq!((result.cost, result.kept), (cost, kept));
        prop_assert_eq!(result.blocking, blocking_pairs(&draft, &result.pairs, false) as u64);
        let all = matchings(&draft);
        prop_assert!(all.contains(&result.pairs));
        if draft.options.mode == Mode::Stable {
            prop_assert_eq!(blocking_pairs(&draft, &result.pairs, true), 0);
        } else {
            let best = all.iter().map(|matching| value(&draft, matching)).min().unwrap();
            prop_assert_eq!(value(&draft, &result.pairs), best);
        }
        prop_assert_eq!(verify(&instance, &result), Ok(()));
    }

    #[test]
    fn the_order_of_lines_does_not_matter(
        (draft, shuffled) in drafts(6, 5).prop_flat_map(|draft| {
            let lists = (
                Just(draft.candidates.clone()).prop_shuffle(),
                Just(draft.kept.clone()).prop_shuffle(),
                Just(draft.bans.clone()).prop_shuffle(),
                Just(draft.pins.clone()).prop_shuffle(),
            );
            (Just(draft), lists)
        })
    ) {
        let mut other = draft.clone();
        (other.candidates, other.kept, other.bans, other.pins) = shuffled;
        let (Ok(one), Ok(other)) = (draft.check(), other.check()) else { return Ok(()) };
        prop_assert_eq!(solve(&one), solve(&other));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// With equal scores, the load and the tie-break decide. The result is the same as with the general
    /// method without starting prices.
    #[test]
    fn equal_scores_are_decided_by_load_and_tie_break(draft in drafts(5, 4), score in 0_u16..=1000) {
        let mut draft = draft;
        draft.kept.clear();
        draft.options.mode = Mode::Participation;
        draft.options.minimum = 0;
        draft.candidates.iter_mut().for_each(|candidate| candidate.score = score);
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let result = solve(&instance);
        let best = matchings(&draft).iter().map(|matching| value(&draft, matching)).min().unwrap();
        prop_assert_eq!(value(&draft, &result.pairs), best);
        prop_assert_eq!(verify(&instance, &result), Ok(()));
        if let Some(proof) = &result.certificate {
            let mut other = proof.clone();
            other.prices.fill(0);
            prop_assert_eq!(Solver::resume(instance, &other).matching().pairs, result.pairs);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Without ties, one stable matching is best for every mentee at once.
    #[test]
    fn a_stable_matching_is_the_best_one_for_each_mentee(draft in drafts(5, 4)) {
        let mut draft = draft;
        draft.options.mode = Mode::Stable;
        for c in &mut draft.candidates {
            c.ranks = c.ranks.map(|(mentee_rank, mentor_rank)| (8 * mentee_rank + c.mentor, 8 * mentor_rank + c.mentee));
        }
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let result = solve(&instance);
        let rank = |matching: &[(u32, u32)], mentee: u32| {
            let pair = matching.iter().find(|pair| pair.0 == mentee)?;
            let c = draft.candidates.iter().find(|c| (c.mentee, c.mentor) == *pair)?;
            c.ranks.map(|ranks| ranks.0)
        };
        for other in matchings(&draft).iter().filter(|other| blocking_pairs(&draft, other, true) == 0) {
            for mentee in 0..draft.classes.len() as u32 {
                let (own_rank, other_rank) = (rank(&result.pairs, mentee), rank(other, mentee));
                prop_assert!(own_rank.unwrap_or(u32::MAX) <= other_rank.unwrap_or(u32::MAX));
            }
        }
    }
}
