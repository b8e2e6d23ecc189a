//! Explanations are true in every matching of a small instance.

use crate::common::{drafts, matchings, value};
use matching::{Mode, explain, solve};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn explanations_are_true(draft in drafts(5, 4)) {
        let Ok(instance) = draft.clone().check() else { return Ok(()) };
        let result = solve(&instance);
        let best = value(&draft, &result.pairs);
        let all = matchings(&draft);
        for mentee in 0..draft.classes.len() as u32 {
            let explanation = explain(&instance, &result, mentee).unwrap();
            let mentor = result.pairs.iter().find(|pair| pair.0 == mentee).map(|pair| pair.1);
            prop_assert_eq!(explanation.mentor, mentor);
            prop_assert_eq!(explanation.is_pinned, draft.pins.iter().any(|pin| pin.0 == mentee));
            for other in &explanation.alternatives {
                let Some(reduced_cost) = other.reduced_cost else { continue };
                prop_assert!(reduced_cost >= 0);
                prop_assert!(Some(other.mentor) != mentor || reduced_cost == 0);
                let with = all.iter().filter(|matching| matching.contains(&(mentee, other.mentor)));
                let weights = result.certificate.as_ref().unwrap().weights;
                for matching in with {
                    let other_value = value(&draft, matching);
                    if (other_value.0, other_value.1) == (best.0, best.1) {
                        let (cost, kept) = match draft.options.order {
                            matching::Order::Cost => (other_value.2 - best.2, other_value.3 - best.3),
                            matching::Order::Kept => (other_value.3 - best.3, other_value.2 - best.2),
                        };
                        prop_assert!(cost * weights[0] + kept * weights[1] >= reduced_cost);
                    }
                }
            }
            let is_short = draft.options.mode == Mode::Participation && mentor.is_none();
            prop_assert_eq!(explanation.shortage.is_some(), is_short);
            if let Some(competition) = explanation.shortage {
                prop_assert!(competition.mentees.contains(&mentee) && competition.missing() > 0);
                // These mentees have no candidates outside the group, and no more of them can be matched.
                let most = all.iter().map(|matching| {
                    matching.iter().filter(|pair| competition.mentees.contains(&pair.0)).count() as u64
                });
                prop_assert!(most.max().unwrap() <= competition.places);
            }
        }
        prop_assert_eq!(explain(&instance, &result, draft.classes.len() as u32), None);
    }
}

#[test]
fn an_explanation_gives_the_number_of_missing_places() {
    // Three mentees compete for one place. A fourth has another mentor.
    let text = b"p guildhall-match 4 2 4\nc 0 1\nc 1 1\na 0 0 900\na 1 0 800\na 2 0 700\na 3 1 500\n";
    let instance = matching::read(text).unwrap();
    let result = solve(&instance);
    let explanation = explain(&instance, &result, 2).unwrap();
    let competition = explanation.shortage.unwrap();
    assert_eq!((competition.mentees.as_slice(), competition.mentors.as_slice()), (&[0, 1, 2][..], &[0][..]));
    assert_eq!((competition.places, competition.missing()), (1, 2));
    // With this mentee instead of the first, the cost is (1000 − 700)² − (1000 − 900)² higher. The price of
    // the place lies between what the first and the second would pay, and proves a part of that.
    assert!((50_000..=80_000).contains(&explanation.alternatives[0].reduced_cost.unwrap()));
    assert_eq!((explanation.alternatives[0].taken, explanation.alternatives[0].places), (1, 1));
}
