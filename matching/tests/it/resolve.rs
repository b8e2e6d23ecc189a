//! After a change, the matching is the one that solving the changed instance from scratch gives.

use crate::common::drafts;
use matching::{Change, ChangeError, Draft, Matching, Mode, Solver, solve, verify};
use proptest::prelude::*;

/// Applies the change to the draft's lists, independently of the library.
fn changed(draft: &mut Draft, change: Change) {
    let bans: Vec<(u32, u32)> = match change {
        Change::Decline { mentee, mentor } => vec![(mentee, mentor)],
        Change::MenteeLeaves(mentee) => {
            (0..draft.places.len() as u32).map(|mentor| (mentee, mentor)).collect()
        }
        Change::MentorLeaves(mentor) => {
            (0..draft.classes.len() as u32).map(|mentee| (mentee, mentor)).collect()
        }
        Change::PlaceAdded(mentor) => {
            draft.places[mentor as usize] += 1;
            Vec::new()
        }
    };
    for ban in bans {
        if !draft.bans.contains(&ban) {
            draft.bans.push(ban);
        }
    }
}

/// Everything except the certificate, because a matching can have several.
fn without_proof(mut result: Matching) -> Matching {
    result.certificate = None;
    result
}

fn change(kind: u8, mentee: u32, mentor: u32) -> Change {
    match kind {
        0 => Change::MenteeLeaves(mentee),
        1 => Change::MentorLeaves(mentor),
        2 => Change::PlaceAdded(mentor),
        _ => Change::Decline { mentee, mentor },
    }
}

/// Applies the changes one after the other and compares with solving from scratch after each.
fn follow(mut draft: Draft, changes: &[(u8, u32, u32)]) -> Result<(), TestCaseError> {
    let Ok(instance) = draft.clone().check() else { return Ok(()) };
    let mut standing = Solver::new(instance);
    let mut before = standing.matching();
    for &(kind, mentee, mentor) in changes {
        // Mostly a pair that is matched.
        let (mentee, mentor) = match before.pairs.get(mentee as usize % 16) {
            Some(&pair) if kind > 3 => pair,
            _ => (mentee, mentor),
        };
        let change = change(kind, mentee, mentor);
        let moves = match standing.resolve(change) {
            Ok(moves) => moves,
            Err(ChangeError::Pinned(mentee, mentor)) => {
                prop_assert!(draft.pins.contains(&(mentee, mentor)));
                continue;
            }
            Err(_) => {
                let is_known =
                    (mentee as usize) < draft.classes.len() && (mentor as usize) < draft.places.len();
                prop_assert!(!is_known);
                continue;
            }
        };
        changed(&mut draft, change);
        let scratch = solve(&draft.clone().check().unwrap());
        let warm = standing.matching();
        prop_assert_eq!(verify(standing.instance(), &warm), Ok(()));
        prop_assert_eq!(without_proof(warm.clone()), without_proof(scratch));
        let at = |pairs: &[(u32, u32)], mentee| pairs.iter().find(|pair| pair.0 == mentee).map(|pair| pair.1);
        for mentee in 0..draft.classes.len() as u32 {
            let (from, to) = (at(&before.pairs, mentee), at(&warm.pairs, mentee));
            let explanation = moves
                .iter()
                .find(|explanation| explanation.mentee == mentee)
                .map(|explanation| (explanation.from, explanation.to));
            prop_assert_eq!(explanation, (from != to).then_some((from, to)));
        }
        if let Some(proof) = before.certificate.as_ref().filter(|_| draft.options.mode != Mode::Stable) {
            let resumed = Solver::resume(standing.instance().clone(), proof).matching();
            prop_assert_eq!(verify(standing.instance(), &resumed), Ok(()));
            prop_assert_eq!(without_proof(resumed), without_proof(warm.clone()));
        }
        before = warm;
    }
    Ok(())
}

fn changes(people: u32) -> impl Strategy<Value = Vec<(u8, u32, u32)>> {
    prop::collection::vec((0_u8..8, 0..people, 0..people), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_change_of_a_small_matching(draft in drafts(5, 4), changes in changes(6)) {
        follow(draft, &changes)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_change_of_a_larger_matching(draft in drafts(30, 15), changes in changes(31)) {
        follow(draft, &changes)?;
    }
}
