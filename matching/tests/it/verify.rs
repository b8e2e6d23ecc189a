//! The check catches every kind of wrong answer, and lets a right one pass.

use crate::common::{drafts, figures, leaving, matchings, worth};
use matching::{Answer, Draft, Flaw, Mode, Options, solve, verify};
use proptest::prelude::*;

/// An answer with true figures for any pairs.
fn honest(draft: &Draft, pairs: Vec<(u32, u32)>, like: &Answer) -> Answer {
    let (matched, matched_class0, cost, kept) = figures(draft, &pairs);
    let blocking = leaving(draft, &pairs, false) as u64;
    Answer { pairs, matched, matched_class0, cost, kept, blocking, certificate: like.certificate.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// All matchings of small instances, each with true figures and the best answer's proof: the check takes
    /// those that are as good as the best and no other.
    #[test]
    fn the_proof_fits_the_best_matchings_only(draft in drafts(4, 3)) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let answer = solve(&instance);
        for pairs in matchings(&draft) {
            let is_stable = leaving(&draft, &pairs, true) == 0;
            let is_best = worth(&draft, &pairs) == worth(&draft, &answer.pairs);
            let verdict = verify(&instance, &honest(&draft, pairs, &answer));
            let is_right = if draft.options.mode == Mode::Stable { is_stable } else { is_best };
            prop_assert_eq!(verdict.is_ok(), is_right, "{:?}", verdict);
        }
    }

    /// One figure, pair or set changed: the check says no. Untouched it says yes.
    #[test]
    fn a_changed_answer_is_caught(draft in drafts(5, 4), by in 1_u32..4, at in 0_usize..5, kind in 0_u8..10) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let answer = solve(&instance);
        prop_assert_eq!(verify(&instance, &answer), Ok(()));
        let mut wrong = answer.clone();
        match kind {
            0 => wrong.matched += by,
            1 => wrong.matched_class0 += by,
            2 => wrong.cost -= i128::from(by),
            3 => wrong.kept += by,
            4 => wrong.blocking += u64::from(by),
            5 if !wrong.pairs.is_empty() => drop(wrong.pairs.remove(at % answer.pairs.len())),
            6 if !wrong.pairs.is_empty() => {
                let pair = wrong.pairs[at % answer.pairs.len()];
                wrong.pairs.insert(at % answer.pairs.len(), pair);
            }
            7 if !wrong.pairs.is_empty() => wrong.pairs[at % answer.pairs.len()].1 = u32::MAX,
            8 => wrong.pairs.push((draft.classes.len() as u32, 0)),
            _ if draft.options.mode != Mode::Stable => wrong.certificate = None,
            _ => return Ok(()),
        }
        prop_assert!(verify(&instance, &wrong).is_err());
    }

    /// A certificate of any numbers never makes a worse matching pass, and never makes the check panic.
    #[test]
    fn no_proof_makes_a_worse_matching_pass(
        draft in drafts(4, 3),
        numbers in prop::collection::vec(prop_oneof![any::<i128>(), -3000_i128..3000, -2_000_000_i128..2_000_000], 5),
        sets in prop::collection::vec(prop::collection::vec(0_u32..6, 0..4), 2),
        keeps in prop::collection::vec(any::<bool>(), 7),
    ) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let mut answer = solve(&instance);
        if let Some(proof) = &mut answer.certificate {
            for (price, (number, keep)) in proof.prices.iter_mut().zip(numbers.iter().zip(&keeps)) {
                *price = if *keep { *price } else { *number };
            }
            if !keeps[3] {
                proof.multipliers = [numbers[3], numbers[4]];
            }
            if !keeps[5] {
                proof.deficient.clone_from(&sets[0]);
            }
            if !keeps[6] {
                proof.deficient_class0.clone_from(&sets[1]);
            }
        }
        for pairs in matchings(&draft) {
            let other = honest(&draft, pairs, &answer);
            if draft.options.mode != Mode::Stable && verify(&instance, &other).is_ok() {
                prop_assert_eq!(worth(&draft, &other.pairs), worth(&draft, &answer.pairs));
            }
        }
    }
}

const TWO_FOR_ONE: &[u8] = b"p guildhall-match 2 2 3\nc 0 1\nc 1 1\na 0 0 900\na 1 0 800\na 1 1 100\n";

/// M8: the checker names what is wrong with an answer.
#[test]
fn each_flaw_has_its_name() {
    let instance = matching::read(TWO_FOR_ONE).unwrap();
    let answer = solve(&instance);
    assert_eq!(answer.pairs, [(0, 0), (1, 1)]);
    let with = |change: &dyn Fn(&mut Answer)| {
        let mut answer = answer.clone();
        change(&mut answer);
        verify(&instance, &answer).unwrap_err()
    };
    assert_eq!(with(&|a| a.pairs[1] = (1, 0)), Flaw::Full(0));
    assert_eq!(with(&|a| a.pairs[0] = (0, 1)), Flaw::NoCandidate(0, 1));
    assert_eq!(with(&|a| a.pairs.reverse()), Flaw::Unsorted(0));
    assert_eq!(with(&|a| a.cost += 1), Flaw::Figure("cost", 820_001, 820_000));
    assert_eq!(with(&|a| a.certificate = None), Flaw::NoCertificate);
    let proof = |change: &dyn Fn(&mut matching::Certificate)| {
        with(&|answer: &mut Answer| change(answer.certificate.as_mut().unwrap()))
    };
    assert_eq!(proof(&|c| c.prices[0] = -1), Flaw::Price(0));
    assert_eq!(proof(&|c| c.prices[0] = 0), Flaw::Cheaper(1, Some(0)));
    assert_eq!(proof(&|c| c.multipliers[1] = 0), Flaw::Cheaper(0, None));
    assert_eq!(proof(&|c| c.deficient.push(7)), Flaw::Set(7));
    assert_eq!(proof(&|c| c.deficient_class0.push(0)), Flaw::Set(0));
    assert_eq!(proof(&|c| c.prices[0] = i128::MAX), Flaw::TooLarge);
    // One left out, with true figures: the number is wrong before anything else is looked at.
    let one = Answer { pairs: vec![(1, 0)], matched: 1, cost: 40_000, blocking: 1, ..answer.clone() };
    assert_eq!(verify(&instance, &one), Err(Flaw::Number(2, 1)));
}

/// M8: the same input and seed give the same answer.
#[test]
fn seeds_part_what_is_equal() {
    let all = (0..8).flat_map(|mentee| (0..8).map(move |mentor| (mentee, mentor)));
    let candidates =
        all.map(|(mentee, mentor)| matching::Candidate { mentee, mentor, score: 700, ranks: None });
    let draft = Draft {
        classes: vec![1; 8],
        places: vec![1; 8],
        candidates: candidates.collect(),
        ..Draft::default()
    };
    let with = |seed| {
        let options = Options { seed, ..Options::default() };
        solve(&Draft { options, ..draft.clone() }.check().unwrap()).pairs
    };
    assert_ne!(with(1), with(2));
    assert_eq!(with(1), with(1));
}
