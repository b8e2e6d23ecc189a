//! The figures of a run (M7).

use serde::{Deserialize, Serialize};

/// The figures of a draft as they are stored. The numbers beside `shown` depend on wishes: in a round of two
/// people, the cost would give away what they wished for. So they are for the check of the certificate only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFigures {
    /// Candidate pairs that the solver chose from. Wishes add some of them.
    pub candidates: u64,
    /// The cost that the solver minimised, in decimal digits.
    pub cost: String,
    /// Pairs in which both people would have a higher score with each other than with what they have.
    pub blocking: u64,
    /// What coordinators see.
    pub shown: ShownFigures,
}

/// The figures of a draft that coordinators see. While the same people are matched, nobody's wish changes any
/// of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownFigures {
    /// Mentees who took part.
    pub mentees: u32,
    /// Mentors who took part.
    pub mentors: u32,
    /// Free places of all mentors.
    pub places: u32,
    /// Matched mentees.
    pub matched: u32,
    /// Mentees who come first, because the last round left them out or a mentor did not answer.
    pub first: u32,
    /// Matched mentees of these.
    pub matched_first: u32,
    /// Nine of ten matched pairs have at least this total of [`ShownParts`](super::ShownParts). `None` without
    /// pairs.
    pub tenth_percentile: Option<u16>,
    /// The lowest total of [`ShownParts`](super::ShownParts). `None` without pairs.
    pub lowest: Option<u16>,
    /// Pairs among the best in which both people would have a higher total of [`ShownParts`](super::ShownParts)
    /// with each other than with what they have.
    pub blocking: u64,
    /// Pairs of the last draft that were kept.
    pub kept: u32,
    /// Mentors without a mentee.
    pub mentors_free: u32,
    /// Whether some pinned pairs are not possible. It is no count, because a reason may be private.
    pub has_pins_left_out: bool,
    /// Mentees who compete for too few places, and these places. Both are 0 when nobody competes.
    pub competing: u32,
    /// The places that they compete for.
    pub competed_places: u32,
}

impl ShownFigures {
    /// Matched mentees in per cent, rounded down, so that 100 means everybody.
    #[must_use]
    pub fn matched_percent(&self) -> u32 {
        (self.matched * 100).checked_div(self.mentees).unwrap_or(100)
    }
}

/// The score that nine of ten scores reach: the smallest one after leaving out a tenth, rounded down.
#[must_use]
pub fn tenth_percentile(scores: impl IntoIterator<Item = u16>) -> Option<u16> {
    let mut scores: Vec<u16> = scores.into_iter().collect();
    scores.sort_unstable();
    scores.get(scores.len() / 10).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_of_ten_reach_the_tenth_percentile() {
        assert_eq!(tenth_percentile([]), None);
        assert_eq!(tenth_percentile([5]), Some(5));
        assert_eq!(tenth_percentile((1..=10).rev()), Some(2));
        assert_eq!(tenth_percentile(1..=20), Some(3));
    }

    #[test]
    fn everybody_is_matched_only_at_100_per_cent() {
        let percent =
            |matched, mentees| ShownFigures { matched, mentees, ..Default::default() }.matched_percent();
        assert_eq!([percent(0, 0), percent(199, 200), percent(200, 200)], [100, 99, 100]);
    }
}
