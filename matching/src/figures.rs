//! What a matching is worth.

use crate::{
    answer::{Answer, Certificate},
    instance::{Instance, Pair},
    scale::regret,
};

/// Counts what the pairs are worth.
pub(crate) fn finish(
    instance: &Instance,
    pairs: Vec<(u32, u32)>,
    certificate: Option<Certificate>,
) -> Answer {
    let mut answer = Answer {
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
    // The least score that a mentor could give up for a better one.
    let mut least: Vec<Option<u16>> = vec![None; instance.mentors()];
    for &(mentee, mentor) in &answer.pairs {
        let Some(pair) = instance.find(mentee, mentor).map(|at| instance.pairs[at]) else { continue };
        let place = mentor as usize;
        answer.matched_class0 += u32::from(instance.classes[mentee as usize] == 0);
        answer.cost += regret(pair.score) + i128::from(instance.options.load) * i128::from(filled[place]);
        answer.kept += u32::from(pair.kept);
        filled[place] += 1;
        scores[mentee as usize] = Some(pair.score);
        if instance.pins[mentee as usize].is_none() {
            least[place] = Some(least[place].map_or(pair.score, |least| least.min(pair.score)));
        }
    }
    // The score over which each mentor gains.
    let bars: Vec<i32> = (filled.iter().zip(&instance.places).zip(&least))
        .map(|((filled, places), least)| if filled < places { -1 } else { least.map_or(i32::MAX, i32::from) })
        .collect();
    let mut blocking = 0;
    for (mentee, score) in (0..).zip(scores) {
        let bar = score.map_or(-1, i32::from);
        let gains = |pair: &Pair| i32::from(pair.score) > bar.max(bars[pair.mentor as usize]);
        blocking += instance.of(mentee).iter().filter(|pair| pair.open & gains(pair)).count() as u64;
    }
    answer.blocking = blocking;
    answer
}
