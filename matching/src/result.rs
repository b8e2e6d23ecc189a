//! The result of solving: the pairs, their figures, and a certificate that they are the best.

/// A matching and its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// The matched pairs `(mentee, mentor)`, sorted.
    pub pairs: Vec<(u32, u32)>,
    /// Number of matched mentees.
    pub matched: u32,
    /// Number of matched mentees of class 0.
    pub matched_class0: u32,
    /// The total cost: `(1000 − score)²` for each pair, and `(k − 1) · load` for each mentor's k-th mentee.
    pub cost: i128,
    /// Number of pairs that were in the earlier proposal too.
    pub kept: u32,
    /// Number of blocking pairs: open candidate pairs in which both people would get a strictly higher
    /// score. A mentor with a free place always gains.
    pub blocking: u64,
    /// The proof that no matching is better; `None` in stable mode, which needs none.
    pub certificate: Option<Certificate>,
}

/// The proof that a matching is the best, which [`verify`](crate::verify) checks.
///
/// Levels 2 and 3 of the objective are one number: `weights[0] · cost − weights[1] · kept`. Prices and
/// multipliers are in that unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The weights of one unit of cost and of one kept pair. The level that comes first outweighs the whole
    /// of the other.
    pub weights: [i128; 2],
    /// The price of a place at each mentor.
    pub prices: Vec<i128>,
    /// The cost of staying unmatched, for class 0 and class 1.
    pub multipliers: [i128; 2],
    /// A sorted set of mentees whose mentors together have too few places for it. The number of missing
    /// places is the number of unmatched mentees.
    pub deficient: Vec<u32>,
    /// The same for mentees of class 0 only.
    pub deficient_class0: Vec<u32>,
}
