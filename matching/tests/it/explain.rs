//! What is said about a mentee is true of every matching of a small instance.

use crate::common::{drafts, matchings, worth};
use matching::{Mode, explain, solve};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn explanations_are_true(draft in drafts(5, 4)) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let answer = solve(&instance);
        let best = worth(&draft, &answer.pairs);
        let all = matchings(&draft);
        for mentee in 0..draft.classes.len() as u32 {
            let told = explain(&instance, &answer, mentee).unwrap();
            let mentor = answer.pairs.iter().find(|pair| pair.0 == mentee).map(|pair| pair.1);
            prop_assert_eq!(told.mentor, mentor);
            prop_assert_eq!(told.is_pinned, draft.pins.iter().any(|pin| pin.0 == mentee));
            for other in &told.alternatives {
                let Some(reduced) = other.reduced else { continue };
                prop_assert!(reduced >= 0);
                prop_assert!(Some(other.mentor) != mentor || reduced == 0);
                let with = all.iter().filter(|matching| matching.contains(&(mentee, other.mentor)));
                let weights = answer.certificate.as_ref().unwrap().weights;
                for matching in with {
                    let theirs = worth(&draft, matching);
                    if (theirs.0, theirs.1) == (best.0, best.1) {
                        let (cost, kept) = match draft.options.order {
                            matching::Order::Cost => (theirs.2 - best.2, theirs.3 - best.3),
                            matching::Order::Kept => (theirs.3 - best.3, theirs.2 - best.2),
                        };
                        prop_assert!(cost * weights[0] + kept * weights[1] >= reduced);
                    }
                }
            }
            let is_short = draft.options.mode == Mode::Participation && mentor.is_none();
            prop_assert_eq!(told.shortage.is_some(), is_short);
            if let Some(short) = told.shortage {
                prop_assert!(short.mentees.contains(&mentee) && short.missing() > 0);
                // Nobody of them has a candidate elsewhere, and no more of them can be matched.
                let most = all.iter().map(|matching| {
                    matching.iter().filter(|pair| short.mentees.contains(&pair.0)).count() as u64
                });
                prop_assert!(most.max().unwrap() <= short.places);
            }
        }
        prop_assert_eq!(explain(&instance, &answer, draft.classes.len() as u32), None);
    }
}

#[test]
fn an_organiser_is_told_what_is_missing() {
    // Three compete for one place; a fourth has another mentor.
    let text = b"p guildhall-match 4 2 4\nc 0 1\nc 1 1\na 0 0 900\na 1 0 800\na 2 0 700\na 3 1 500\n";
    let instance = matching::read(text).unwrap();
    let answer = solve(&instance);
    let told = explain(&instance, &answer, 2).unwrap();
    let short = told.shortage.unwrap();
    assert_eq!((short.mentees.as_slice(), short.mentors.as_slice()), (&[0, 1, 2][..], &[0][..]));
    assert_eq!((short.places, short.missing()), (1, 2));
    // With it instead of the first the cost is (1000 − 700)² − (1000 − 900)² higher. The price of the place, which
    // lies between what the first and the second would pay, proves a part of that.
    assert!((50_000..=80_000).contains(&told.alternatives[0].reduced.unwrap()));
    assert_eq!((told.alternatives[0].taken, told.alternatives[0].places), (1, 1));
}
