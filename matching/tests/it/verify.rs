//! Verification finds every kind of wrong matching, and accepts a correct one.

use crate::common::{blocking_pairs, drafts, figures, matchings, value};
use matching::{Draft, Matching, Mode, Options, VerifyError, solve, verify};
use proptest::prelude::*;

/// A matching with true figures for any pairs.
fn with_true_figures(draft: &Draft, pairs: Vec<(u32, u32)>, like: &Matching) -> Matching {
    let (matched, matched_class0, cost, kept) = figures(draft, &pairs);
    let blocking = blocking_pairs(draft, &pairs, false) as u64;
    Matching { pairs, matched, matched_class0, cost, kept, blocking, certificate: like.certificate.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// Checks all matchings of small instances, each with true figures and the certificate of the best.
    /// Those that are as good as the best are accepted, and no others.
    #[test]
    fn the_certificate_fits_only_the_best_matchings(draft in drafts(4, 3)) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let result = solve(&instance);
        for pairs in matchings(&draft) {
            let is_stable = blocking_pairs(&draft, &pairs, true) == 0;
            let is_best = value(&draft, &pairs) == value(&draft, &result.pairs);
            let verdict = verify(&instance, &with_true_figures(&draft, pairs, &result));
            let is_right = if draft.options.mode == Mode::Stable { is_stable } else { is_best };
            prop_assert_eq!(verdict.is_ok(), is_right, "{:?}", verdict);
        }
    }

    /// With one figure, pair or set changed, verification fails. Unchanged it succeeds.
    #[test]
    fn a_changed_answer_is_caught(draft in drafts(5, 4), by in 1_u32..4, at in 0_usize..5, kind in 0_u8..10) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let result = solve(&instance);
        prop_assert_eq!(verify(&instance, &result), Ok(()));
        let mut wrong = result.clone();
        match kind {
            0 => wrong.matched += by,
            1 => wrong.matched_class0 += by,
            2 => wrong.cost -= i128::from(by),
            3 => wrong.kept += by,
            4 => wrong.blocking += u64::from(by),
            5 if !wrong.pairs.is_empty() => drop(wrong.pairs.remove(at % result.pairs.len())),
            6 if !wrong.pairs.is_empty() => {
                let pair = wrong.pairs[at % result.pairs.len()];
                wrong.pairs.insert(at % result.pairs.len(), pair);
            }
            7 if !wrong.pairs.is_empty() => wrong.pairs[at % result.pairs.len()].1 = u32::MAX,
            8 => wrong.pairs.push((draft.classes.len() as u32, 0)),
            _ if draft.options.mode != Mode::Stable => wrong.certificate = None,
            _ => return Ok(()),
        }
        prop_assert!(verify(&instance, &wrong).is_err());
    }

    /// A certificate with any numbers never makes a worse matching pass, and never makes verification
    /// panic.
    #[test]
    fn no_certificate_makes_a_worse_matching_pass(
        draft in drafts(4, 3),
        numbers in prop::collection::vec(prop_oneof![any::<i128>(), -3000_i128..3000, -2_000_000_i128..2_000_000], 5),
        sets in prop::collection::vec(prop::collection::vec(0_u32..6, 0..4), 2),
        keeps in prop::collection::vec(any::<bool>(), 7),
    ) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let mut result = solve(&instance);
        if let Some(proof) = &mut result.certificate {
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
            let other = with_true_figures(&draft, pairs, &result);
            if draft.options.mode != Mode::Stable && verify(&instance, &other).is_ok() {
                prop_assert_eq!(value(&draft, &other.pairs), value(&draft, &result.pairs));
            }
        }
    }
}

const TWO_FOR_ONE: &[u8] = b"p guildhall-match 2 2 3\nc 0 1\nc 1 1\na 0 0 900\na 1 0 800\na 1 1 100\n";

/// M8: verification reports each kind of error.
#[test]
fn each_error_is_reported() {
    let instance = matching::read(TWO_FOR_ONE).unwrap();
    let result = solve(&instance);
    assert_eq!(result.pairs, [(0, 0), (1, 1)]);
    let with = |change: &dyn Fn(&mut Matching)| {
        let mut result = result.clone();
        change(&mut result);
        verify(&instance, &result).unwrap_err()
    };
    assert_eq!(with(&|a| a.pairs[1] = (1, 0)), VerifyError::OverCapacity(0));
    assert_eq!(with(&|a| a.pairs[0] = (0, 1)), VerifyError::NotACandidate(0, 1));
    assert_eq!(with(&|a| a.pairs.reverse()), VerifyError::Unsorted(0));
    assert_eq!(with(&|a| a.cost += 1), VerifyError::WrongFigure("cost", 820_001, 820_000));
    assert_eq!(with(&|a| a.certificate = None), VerifyError::NoCertificate);
    let proof = |change: &dyn Fn(&mut matching::Certificate)| {
        with(&|result: &mut Matching| change(result.certificate.as_mut().unwrap()))
    };
    assert_eq!(proof(&|c| c.prices[0] = -1), VerifyError::PriceTooLow(0));
    assert_eq!(proof(&|c| c.prices[0] = 0), VerifyError::CheaperChoice(1, Some(0)));
    assert_eq!(proof(&|c| c.multipliers[1] = 0), VerifyError::CheaperChoice(0, None));
    assert_eq!(proof(&|c| c.deficient.push(7)), VerifyError::InvalidSet(7));
    assert_eq!(proof(&|c| c.deficient_class0.push(0)), VerifyError::InvalidSet(0));
    assert_eq!(proof(&|c| c.prices[0] = i128::MAX), VerifyError::TooLarge);
    // One mentee is left out, with true figures. The number of matches is checked before anything else.
    let one = Matching { pairs: vec![(1, 0)], matched: 1, cost: 40_000, blocking: 1, ..result.clone() };
    assert_eq!(verify(&instance, &one), Err(VerifyError::TooFewMatched(2, 1)));
}

/// M8: the same input and seed give the same matching.
#[test]
fn seeds_decide_between_equal_matchings() {
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
