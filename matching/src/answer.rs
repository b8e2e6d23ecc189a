//! What comes out: the pairs, their figures, and the proof.

/// A matching and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who is matched with whom, `(mentee, mentor)`, sorted.
    pub pairs: Vec<(u32, u32)>,
    /// How many mentees are matched.
    pub matched: u32,
    /// How many of them are of class 0.
    pub matched_class0: u32,
    /// `Σ (1000 − score)²` over the pairs and `Σ (k − 1) · load` for each mentor's k-th mentee.
    pub cost: i128,
    /// How many pairs of the earlier proposal are in it.
    pub kept: u32,
    /// Open candidate pairs where both would strictly gain in score; a mentor with a free place always gains.
    pub blocking: u64,
    /// What proves that nothing better exists; a stable answer needs none.
    pub certificate: Option<Certificate>,
}

/// The proof that an answer is the best, for [`verify`](crate::verify).
///
/// Levels 2 and 3 are one number: `weights[0] · cost − weights[1] · kept`. Prices and multipliers count in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// What one unit of cost and one kept pair weigh; the level that comes first outweighs all of the other.
    pub weights: [i128; 2],
    /// What a place costs at each mentor.
    pub prices: Vec<i128>,
    /// What staying unmatched costs, for class 0 and class 1.
    pub multipliers: [i128; 2],
    /// Mentees, sorted, whose mentors all together lack as many places as mentees are unmatched.
    pub deficient: Vec<u32>,
    /// The same over mentees of class 0 alone.
    pub deficient_class0: Vec<u32>,
}
