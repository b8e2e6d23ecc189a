//! The limits of an instance.

/// The highest number of mentees, and of mentors, in one instance.
pub const MAX_PEOPLE: u32 = 10_000_000;
/// The highest number of candidate pairs in one instance.
pub const MAX_PAIRS: u32 = 1_000_000_000;
/// The highest score of a pair.
pub const MAX_SCORE: u16 = 1000;
