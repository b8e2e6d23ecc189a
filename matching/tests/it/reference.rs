//! Compares medium-sized instances with an independent exact solver, the Hungarian method of the crate
//! `pathfinding`.

use crate::common::drafts;
use matching::{Draft, Mode, Options, Order, solve, verify};
use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};
use proptest::prelude::*;

/// The levels as one weight for each pair and seat; higher is better: participation, class 0, cost.
fn best(draft: &Draft) -> (u32, u32, i128) {
    let mentees = draft.classes.len();
    let mut seats: Vec<(usize, i128)> = Vec::new();
    for (mentor, &places) in draft.places.iter().enumerate() {
        seats.extend((0..places).map(|taken| (mentor, i128::from(draft.options.load) * i128::from(taken))));
    }
    // Each mentee has its own seat for staying unmatched, at no cost.
    let (cost, class0, one) = (1_i128, 1_i128 << 60, 1_i128 << 80);
    let mut gains = Matrix::new(mentees, seats.len() + mentees, 0_i128);
    for c in &draft.candidates {
        if c.score < draft.options.minimum || draft.bans.contains(&(c.mentee, c.mentor)) {
            continue;
        }
        for (at, &(mentor, load)) in seats.iter().enumerate() {
            if mentor == c.mentor as usize {
                let regret = i128::from(1000 - c.score).pow(2) + load;
                let bonus = if draft.classes[c.mentee as usize] == 0 { class0 } else { 0 };
                gains[(c.mentee as usize, at)] = one + bonus - cost * regret;
            }
        }
    }
    let (_, chosen) = kuhn_munkres(&gains);
    let (mut matched, mut first, mut cost) = (0, 0, 0);
    for (mentee, &seat) in chosen.iter().enumerate() {
        let gain = gains[(mentee, seat)];
        if gain > 0 {
            let bonus = if draft.classes[mentee] == 0 { class0 } else { 0 };
            matched += 1;
            first += u32::from(bonus > 0);
            cost += one + bonus - gain;
        }
    }
    (matched, first, cost)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn an_independent_solver_agrees(draft in drafts(50, 25), load in 0_u32..5000) {
        let options = Options { load, mode: Mode::Participation, order: Order::Cost, ..draft.options };
        let draft = Draft { options, pins: Vec::new(), ..draft };
        let instance = draft.clone().check().unwrap();
        let result = solve(&instance);
        prop_assert_eq!((result.matched, result.matched_class0, result.cost), best(&draft));
        prop_assert_eq!(verify(&instance, &result), Ok(()));
    }
}
