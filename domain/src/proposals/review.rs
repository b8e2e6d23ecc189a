//! Reviews: scores, abstentions, the order in which reviewers read, and the result (D2).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{MemberId, Problems, Refusal, checks::Checks};

/// The best score. The worst is 1.
pub const MAX_SCORE: i32 = 5;
const MAX_COMMENT: usize = 2_000;

/// A reviewer who gives no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abstention;

/// A review that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The score from 1 to 5. A reviewer who abstains gives none, which is not a zero.
    pub score: Result<i32, Abstention>,
    /// What the other reviewers and the organisers read. May be empty.
    pub comment: String,
}

/// The form of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    /// `1` to `5`, or `abstain`.
    pub score: String,
    /// See [`Review::comment`].
    pub comment: String,
}

impl ReviewForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every problem, with its field.
    pub fn check(&self) -> Result<Review, Problems> {
        let mut checks = Checks::default();
        let score = match self.score.trim() {
            "abstain" => Some(Err(Abstention)),
            number => number.parse().ok().filter(|score| (1..=MAX_SCORE).contains(score)).map(Ok),
        };
        if score.is_none() {
            checks.problem("score", Refusal::BadChoice);
        }
        let comment = checks.text("comment", &self.comment, 0, MAX_COMMENT);
        checks.finish(score.map(|score| Review { score, comment }))
    }
}

/// The median of scores. `None` without scores. Of an even number it is the middle between the two in the middle.
#[must_use]
pub fn median(scores: &[i32]) -> Option<f64> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let upper = f64::from(*sorted.get(middle)?);
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(f64::from(sorted[middle - 1]), upper))
}

/// The order in which a reviewer reads: those with the fewest reviews first, and those with equally many in a random
/// order that stays the same for this reviewer and differs from that of others. `items` are submissions, each with its
/// number of reviews.
#[must_use]
pub fn fair_order(reviewer: MemberId, mut items: Vec<(Uuid, u64)>) -> Vec<Uuid> {
    items.sort_by_key(|(id, reviews)| (*reviews, mix(reviewer.0.as_u128() ^ id.as_u128().rotate_left(64))));
    items.into_iter().map(|(id, _)| id).collect()
}

/// Spreads the bits of a number, so that similar ids come in no particular order (SplitMix64, on both halves).
fn mix(number: u128) -> u64 {
    let step = |half: u64| {
        let half = (half ^ (half >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let half = (half ^ (half >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        half ^ (half >> 31)
    };
    let (high, low) = ((number >> 64) as u64, (number & u128::from(u64::MAX)) as u64);
    step(step(high).wrapping_add(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d2_the_result_is_the_median_and_abstaining_is_not_zero() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[4]), Some(4.0));
        assert_eq!(median(&[5, 1, 4]), Some(4.0));
        assert_eq!(median(&[5, 1, 4, 4, 5, 2]), Some(4.0));
        assert_eq!(median(&[3, 4]), Some(3.5));
        let form = |score: &str| ReviewForm { score: score.into(), comment: String::new() }.check();
        assert_eq!(form("abstain").unwrap().score, Err(Abstention));
        assert_eq!(form("5").unwrap().score, Ok(5));
        for bad in ["", "0", "6", "good"] {
            assert_eq!(form(bad).unwrap_err()[0].field, "score");
        }
    }

    /// D2: who reads first is fair: fewest reviews first, then an order of each reviewer's own.
    #[test]
    fn d2_the_order_is_fair_and_each_reviewer_has_their_own() {
        let id = |number: u128| Uuid::from_u128((7 << 100) + number);
        let items: Vec<_> = (0..40).map(|number| (id(number), u64::from(number >= 20))).collect();
        let order = |reviewer: u128| fair_order(MemberId(id(1000 + reviewer)), items.clone());
        let is_fresh = |found: &Uuid| items.iter().any(|(id, reviews)| id == found && *reviews == 0);
        let mut firsts = std::collections::BTreeSet::new();
        for reviewer in 0..200 {
            let found = order(reviewer);
            assert_eq!(found, order(reviewer), "it stays the same");
            assert!(found[..20].iter().all(is_fresh) && !found[20..].iter().any(is_fresh));
            firsts.insert(found[0]);
        }
        assert!(firsts.len() >= 18, "of 20 fresh ones, {} come first for somebody", firsts.len());
    }
}
