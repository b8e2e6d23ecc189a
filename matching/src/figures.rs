//! The figures of a matching.

use crate::{
    instance::{Instance, Pair},
    result::{Certificate, Matching},
    scale::regret,
};

/// Computes the figures of the pairs.
pub(crate) fn with_figures(
    instance: &Instance,
    pairs: Vec<(u32, u32)>,
    certificate: Option<Certificate>,
) -> Matching {
    let mut matching = Matching {
        matched: pairs.len() as u32,
        matched_class0: 0,
        cost: 0,
        kept: 0,
        blocking: 0,
        pairs,
        certificate,
    };
    let mut scores = vec![None; instance.mentees()];
    let mut filled = vec![0_u32; instance.mentors()];
    // For each mentor, the lowest score that it could give up for a better one.
    let mut lowest: Vec<Option<u16>> = vec![None; instance.mentors()];
    for &(mentee, mentor) in &matching.pairs {
        let Some(pair) = instance.index_of(mentee, mentor).map(|at| instance.pairs[at]) else { continue };
        let index = mentor as usize;
        matching.matched_class0 += u32::from(instance.classes[mentee as usize] == 0);
        matching.cost += regret(pair.score) + i128::from(instance.options.load) * i128::from(filled[index]);
        matching.kept += u32::from(pair.kept);
        filled[index] += 1;
        scores[mentee as usize] = Some(pair.score);
        if instance.pins[mentee as usize].is_none() {
            lowest[index] = Some(lowest[index].map_or(pair.score, |lowest| lowest.min(pair.score)));
        }
    }
    // The score above which each mentor gains.
    let thresholds: Vec<i32> = (filled.iter().zip(&instance.places).zip(&lowest))
        .map(
            |((filled, places), lowest)| {
                if filled < places { -1 } else { lowest.map_or(i32::MAX, i32::from) }
            },
        )
        .collect();
    let mut blocking = 0;
    for (mentee, score) in (0..).zip(scores) {
        let threshold = score.map_or(-1, i32::from);
        let gains = |pair: &Pair| i32::from(pair.score) > threshold.max(thresholds[pair.mentor as usize]);
        blocking += instance.pairs_of(mentee).iter().filter(|pair| pair.open & gains(pair)).count() as u64;
    }
    matching.blocking = blocking;
    matching
}
