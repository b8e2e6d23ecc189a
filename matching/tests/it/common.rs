//! Small instances, and all their matchings.

use matching::{Candidate, Draft, Mode, Options, Order};
use proptest::prelude::*;

/// Instances small enough to look at every matching, with frequent equal scores and relevant loads.
pub(crate) fn drafts(mentees: usize, mentors: usize) -> impl Strategy<Value = Draft> {
    let score =
        prop_oneof![Just(1000_u16), Just(900), Just(950), Just(500), Just(0), 0_u16..=1000, 990_u16..=1000];
    let options = (
        prop_oneof![Just(0_u32), Just(2500), Just(1_000_000), 0_u32..5000, Just(u32::MAX)],
        prop_oneof![Just(0_u16), Just(950), 0_u16..=1000],
        prop_oneof![3 => Just(0_u16), 1 => 0_u16..=1000],
        any::<u64>(),
        any::<bool>(),
        0_u8..5,
    )
        .prop_map(|(load, floor, minimum, seed, is_kept, mode)| Options {
            load,
            floor,
            minimum,
            seed,
            order: if is_kept { Order::Kept } else { Order::Cost },
            mode: match mode {
                0 => Mode::Stable,
                1 => Mode::BestScore,
                _ => Mode::Participation,
            },
        });
    (0..=mentees, 0..=mentors).prop_flat_map(move |(mentees, mentors)| {
        let cell = (0_u8..10, score.clone(), (0_u32..5, 0_u32..5), 0_u8..20);
        (
            prop::collection::vec(0_u8..2, mentees),
            prop::collection::vec(0_u32..4, mentors),
            prop::collection::vec(cell, mentees * mentors),
            1_u8..=10,
            any::<bool>(),
            options.clone(),
        )
            .prop_map(move |(classes, places, cells, density, has_marks, options)| {
                let mut draft = Draft { classes, places, options, ..Draft::default() };
                for (at, (draw, score, ranks, mark)) in cells.into_iter().enumerate() {
                    let pair = ((at / mentors) as u32, (at % mentors) as u32);
                    if draw < density {
                        let (mentee, mentor) = pair;
                        draft.candidates.push(Candidate { mentee, mentor, score, ranks: Some(ranks) });
                    }
                    match mark {
                        0 | 1 if has_marks => draft.bans.push(pair),
                        2 if has_marks => draft.pins.push(pair),
                        3..7 => draft.kept.push(pair),
                        _ => {}
                    }
                }
                draft
            })
    })
}

/// The value of a matching; lower is better.
pub(crate) type Value = (i128, i128, i128, i128);

/// All feasible matchings by the definition of the objective, from the draft alone.
pub(crate) fn matchings(draft: &Draft) -> Vec<Vec<(u32, u32)>> {
    let mut found = vec![Vec::new()];
    for mentee in 0..draft.classes.len() as u32 {
        let pin = draft.pins.iter().find(|pin| pin.0 == mentee);
        let mut next = Vec::new();
        for matching in found {
            if pin.is_none() {
                next.push(matching.clone());
            }
            for c in draft.candidates.iter().filter(|c| c.mentee == mentee) {
                let pair = (mentee, c.mentor);
                let taken = matching.iter().filter(|(_, mentor)| *mentor == c.mentor).count();
                if pin.is_none_or(|pin| *pin == pair)
                    && !draft.bans.contains(&pair)
                    && c.score >= draft.options.minimum
                    && taken < draft.places[c.mentor as usize] as usize
                {
                    let mut longer: Vec<(u32, u32)> = matching.clone();
                    longer.push(pair);
                    next.push(longer);
                }
            }
        }
        found = next;
    }
    // A pinned mentee keeps its place, in whatever order places were given.
    found.retain(|matching| draft.pins.iter().all(|pin| matching.contains(pin)));
    found
}

/// Figures of a matching: number matched, number of class 0, cost, kept pairs.
pub(crate) fn figures(draft: &Draft, matching: &[(u32, u32)]) -> (u32, u32, i128, u32) {
    let mut cost = 0;
    let mut taken = vec![0_i128; draft.places.len()];
    for &(mentee, mentor) in matching {
        let c = draft.candidates.iter().find(|c| (c.mentee, c.mentor) == (mentee, mentor)).unwrap();
        cost += i128::from(1000 - c.score).pow(2);
        cost += i128::from(draft.options.load) * taken[mentor as usize];
        taken[mentor as usize] += 1;
    }
    let class0 = matching.iter().filter(|pair| draft.classes[pair.0 as usize] == 0).count();
    let kept = matching.iter().filter(|pair| draft.kept.contains(pair)).count();
    (matching.len() as u32, class0 as u32, cost, kept as u32)
}

/// The levels of the objective, in their order.
pub(crate) fn value(draft: &Draft, matching: &[(u32, u32)]) -> Value {
    let (matched, class0, cost, kept) = figures(draft, matching);
    let (matched, class0, kept) = (i128::from(matched), i128::from(class0), i128::from(kept));
    let (participation, cost) = match draft.options.mode {
        Mode::BestScore => {
            let unmatched = i128::from(1000 - draft.options.floor).pow(2);
            ((0, 0), cost + unmatched * (draft.classes.len() as i128 - matched))
        }
        _ => ((-matched, -class0), cost),
    };
    match draft.options.order {
        Order::Cost => (participation.0, participation.1, cost, -kept),
        Order::Kept => (participation.0, participation.1, -kept, cost),
    }
}

/// Pairs that would rather have each other, by ranks or by scores.
pub(crate) fn blocking_pairs(draft: &Draft, matching: &[(u32, u32)], by_rank: bool) -> usize {
    let find =
        |mentee, mentor| draft.candidates.iter().find(|c| (c.mentee, c.mentor) == (mentee, mentor)).unwrap();
    // A lower number is preferred, on both sides.
    let mentee_rank = |c: &Candidate| if by_rank { c.ranks.unwrap().0 } else { 1000 - u32::from(c.score) };
    let mentor_rank = |c: &Candidate| if by_rank { c.ranks.unwrap().1 } else { 1000 - u32::from(c.score) };
    let is_pinned = |mentee: u32| draft.pins.iter().any(|pin| pin.0 == mentee);
    let open = draft.candidates.iter().filter(|c| {
        !is_pinned(c.mentee)
            && !draft.bans.contains(&(c.mentee, c.mentor))
            && c.score >= draft.options.minimum
    });
    open.filter(|c| {
        let now = matching.iter().find(|pair| pair.0 == c.mentee);
        let mentee_gains = now.is_none_or(|now| mentee_rank(c) < mentee_rank(find(now.0, now.1)));
        let there: Vec<_> = matching.iter().filter(|pair| pair.1 == c.mentor).collect();
        let mentor_gains = there.len() < draft.places[c.mentor as usize] as usize
            || there
                .iter()
                .any(|pair| !is_pinned(pair.0) && mentor_rank(c) < mentor_rank(find(pair.0, pair.1)));
        mentee_gains && mentor_gains
    })
    .count()
}
