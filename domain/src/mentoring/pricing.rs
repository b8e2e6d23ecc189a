//! Pricing: proves that the limit on candidates cost nothing, or finds the pairs that were missing.
//!
//! The solver's certificate has a price for a place at each mentor, and what each mentee pays. A pair outside the
//! candidates could improve the matching only if it costs less than the mentee pays now. It could make room for one
//! more mentee only if it leads from the mentees who compete for too few places to a mentor that they cannot reach.
//! If no pair does either, the matching is the best of all pairs that share a topic or were stated.
//!
//! The search is that for candidates: it starts from the score that a pair needs at the lowest price, and so leaves
//! out most pairs without looking at them.

use super::{
    candidates::{Candidate, REPORT_EVERY},
    pool::Pool,
    score::MAX_SCORE,
    search::{Search, score_of},
    topic_index::TopicIndex,
};

/// How many missing pairs of a mentee are found at once. The best come first.
const MAX_MISSING: usize = 20;

/// The prices of a solved round, from the solver's certificate. All are in its unit.
#[derive(Clone, Copy, Debug)]
pub struct Prices<'a> {
    /// How much one unit of cost weighs. A pair costs `(1000 − score)²` units.
    pub weight: i128,
    /// The price of a place at each mentor.
    pub mentors: &'a [i128],
    /// What each mentee pays: the cost of the own pair and its price, or the cost of staying unmatched. `None` for
    /// mentees that take no part, because a coordinator pinned their pair.
    pub mentees: &'a [Option<i128>],
    /// Mentees who compete for too few places, sorted.
    pub deficient: &'a [u32],
    /// Pairs that a coordinator forbade, sorted.
    pub bans: &'a [(u32, u32)],
}

/// The result of pricing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pricing {
    /// No pair is missing: the limit on candidates cost nothing.
    Complete,
    /// These pairs are missing. With them, the result can be better, so it has to be solved again.
    Missing(Vec<Candidate>),
    /// The search was stopped.
    Stopped,
}

/// Looks for missing pairs. `candidates` are sorted. `keep_going` is told how many mentees are done, of how many, and
/// stops the search by returning false.
pub fn price(
    pool: &Pool,
    candidates: &[Candidate],
    prices: &Prices<'_>,
    mut keep_going: impl FnMut(usize, usize) -> bool,
) -> Pricing {
    let mut reached = vec![false; pool.mentor_count()];
    let is_deficient = |mentee: u32| prices.deficient.binary_search(&mentee).is_ok();
    for it in candidates.iter().filter(|it| is_deficient(it.mentee)) {
        reached[it.mentor as usize] = true;
    }
    let places = pool.free_places();
    let lowest =
        prices.mentors.iter().zip(&places).filter(|(_, places)| **places > 0).map(|(price, _)| *price);
    let lowest = lowest.min().unwrap_or(0);
    let index = TopicIndex::new(pool);
    let mut search = Search::new(pool, &index, MAX_MISSING);
    let (mut missing, mut rest) = (Vec::new(), candidates);
    for mentee in 0..pool.mentee_count() as u32 {
        if (mentee as usize).is_multiple_of(REPORT_EVERY) && !keep_going(mentee as usize, pool.mentee_count())
        {
            return Pricing::Stopped;
        }
        let (known, later) = rest.split_at(rest.partition_point(|it| it.mentee <= mentee));
        rest = later;
        let Some(pays) = prices.mentees[mentee as usize] else { continue };
        let is_short = is_deficient(mentee);
        let floor = if is_short { Some(0) } else { needed_score(prices.weight, pays - lowest) };
        let Some(floor) = floor else { continue };
        let is_missing = |mentor: u32, score: i32| {
            let price = prices.mentors[mentor as usize];
            let miss = i128::from(i32::from(MAX_SCORE) - score);
            (miss * miss * prices.weight + price < pays || is_short && !reached[mentor as usize])
                && known.binary_search_by_key(&mentor, |it| it.mentor).is_err()
                && prices.bans.binary_search(&(mentee, mentor)).is_err()
        };
        let found = search.mentors_above(mentee, floor, is_missing).iter();
        missing.extend(found.map(|&(rank, mentor)| Candidate { mentee, mentor, score: score_of(rank) }));
    }
    missing.sort_unstable();
    if missing.is_empty() { Pricing::Complete } else { Pricing::Missing(missing) }
}

/// The lowest score of a pair that costs less than this. `None` if even the best pair costs as much.
fn needed_score(weight: i128, less_than: i128) -> Option<u16> {
    let costs_less = |score: &u16| {
        let miss = i128::from(MAX_SCORE - score);
        miss * miss * weight < less_than
    };
    // The cost falls with the score.
    let (mut too_low, mut enough) = (0, MAX_SCORE);
    if !costs_less(&enough) {
        return None;
    }
    if costs_less(&too_low) {
        return Some(0);
    }
    while enough - too_low > 1 {
        let middle = too_low.midpoint(enough);
        if costs_less(&middle) { enough = middle } else { too_low = middle }
    }
    Some(enough)
}
