//! The solver against every matching of small instances, in all modes and on all levels.

use crate::common::{drafts, figures, leaving, matchings, worth};
use matching::{Mode, Standing, solve, verify};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn nothing_is_better_than_the_answer(draft in drafts(5, 4)) {
        let Ok(instance) = draft.clone().check() else {
            // A pin that cannot be: there is no matching with all of them, or it breaks a rule of candidates.
            prop_assert!(!draft.pins.is_empty());
            prop_assert!(matchings(&draft).is_empty());
            return Ok(());
        };
        let answer = solve(&instance);
        let (matched, class0, cost, kept) = figures(&draft, &answer.pairs);
        prop_assert_eq!((answer.matched, answer.matched_class0), (matched, class0));
        prop_assert_eq!((answer.cost, answer.kept), (cost, kept));
        prop_assert_eq!(answer.blocking, leaving(&draft, &answer.pairs, false) as u64);
        let all = matchings(&draft);
        prop_assert!(all.contains(&answer.pairs));
        if draft.options.mode == Mode::Stable {
            prop_assert_eq!(leaving(&draft, &answer.pairs, true), 0);
        } else {
            let best = all.iter().map(|matching| worth(&draft, matching)).min().unwrap();
            prop_assert_eq!(worth(&draft, &answer.pairs), best);
        }
        prop_assert_eq!(verify(&instance, &answer), Ok(()));
    }

    #[test]
    fn the_order_of_lines_changes_nothing(
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

    /// All scores equal, so that the load and the lots decide: the same as along the common way, from no prices.
    #[test]
    fn equal_scores_are_parted_by_load_and_lot(draft in drafts(5, 4), score in 0_u16..=1000) {
        let mut draft = draft;
        draft.kept.clear();
        draft.options.mode = Mode::Participation;
        draft.options.minimum = 0;
        draft.candidates.iter_mut().for_each(|candidate| candidate.score = score);
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let answer = solve(&instance);
        let best = matchings(&draft).iter().map(|matching| worth(&draft, matching)).min().unwrap();
        prop_assert_eq!(worth(&draft, &answer.pairs), best);
        prop_assert_eq!(verify(&instance, &answer), Ok(()));
        if let Some(proof) = &answer.certificate {
            let mut other = proof.clone();
            other.prices.fill(0);
            prop_assert_eq!(Standing::resume(instance, &other).answer().pairs, answer.pairs);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Without ties there is one stable matching that is best for every mentee at once.
    #[test]
    fn stable_is_the_best_stable_for_each_mentee(draft in drafts(5, 4)) {
        let mut draft = draft;
        draft.options.mode = Mode::Stable;
        for c in &mut draft.candidates {
            c.ranks = c.ranks.map(|(mine, theirs)| (8 * mine + c.mentor, 8 * theirs + c.mentee));
        }
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let answer = solve(&instance);
        let rank = |matching: &[(u32, u32)], mentee: u32| {
            let pair = matching.iter().find(|pair| pair.0 == mentee)?;
            let c = draft.candidates.iter().find(|c| (c.mentee, c.mentor) == *pair)?;
            c.ranks.map(|ranks| ranks.0)
        };
        for other in matchings(&draft).iter().filter(|other| leaving(&draft, other, true) == 0) {
            for mentee in 0..draft.classes.len() as u32 {
                let (ours, theirs) = (rank(&answer.pairs, mentee), rank(other, mentee));
                prop_assert!(ours.unwrap_or(u32::MAX) <= theirs.unwrap_or(u32::MAX));
            }
        }
    }
}
