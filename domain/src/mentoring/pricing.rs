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
    /// Sets of mentees who compete for too few places, each sorted: among everybody, and among those who come
    /// first.
    pub deficient: [&'a [u32]; 2],
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
    // For each mentor, which of the two sets have it as a candidate. A bit for each set.
    let mut reached = vec![0_u8; pool.mentor_count()];
    let short = |mentee: u32| {
        let is_in = |set: &[u32]| u8::from(set.binary_search(&mentee).is_ok());
        is_in(prices.deficient[0]) | is_in(prices.deficient[1]) << 1
    };
    for it in candidates {
        reached[it.mentor as usize] |= short(it.mentee);
    }
    let places = pool.free_places();
    let lowest =
        prices.mentors.iter().zip(&places).filter(|(_, places)| **places > 0).map(|(price, _)| *price);
    let lowest = lowest.min().unwrap_or(0);
    let neutral = pool.points.mentor_wish(false, false);
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
        let short = short(mentee);
        let floor = if short > 0 { Some(0) } else { needed_score(prices.weight, pays - lowest) };
        let Some(floor) = floor else { continue };
        // Pairs with another wish are candidates already, so only "rather not" makes a score lower.
        let reluctance = |mentor: u32| {
            if pool.opinion(mentee, mentor).rather_not {
                neutral - pool.points.mentor_wish(false, true)
            } else {
                0
            }
        };
        let is_missing = |mentor: u32, score: i32| {
            let price = prices.mentors[mentor as usize];
            let pays_off = |score: i32| {
                let miss = i128::from(i32::from(MAX_SCORE) - score);
                miss * miss * prices.weight + price < pays || short & !reached[mentor as usize] > 0
            };
            pays_off(score)
                && known.binary_search_by_key(&mentor, |it| it.mentor).is_err()
                && prices.bans.binary_search(&(mentee, mentor)).is_err()
                && pays_off(score - i32::from(reluctance(mentor)))
        };
        let found = search.mentors_above(mentee, floor, is_missing).iter();
        missing.extend(found.map(|&(rank, mentor)| {
            let without_wishes = score_of(rank);
            let (score, shown) = (without_wishes - reluctance(mentor), without_wishes - neutral);
            Candidate { mentee, mentor, score, shown, is_best: false }
        }));
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
