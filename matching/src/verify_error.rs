//! The errors that verifying a matching can find.

use std::fmt;

/// Why a matching or its certificate is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyError {
    /// The pairs are not sorted by mentee, or this mentee is listed twice.
    Unsorted(u32),
    /// This matched pair is not a candidate pair.
    NotACandidate(u32, u32),
    /// This matched pair is banned, or its score is under the minimum.
    Forbidden(u32, u32),
    /// The pin of this mentee to this mentor is not among the pairs.
    MissingPin(u32, u32),
    /// This mentor has more mentees than places.
    OverCapacity(u32),
    /// A figure differs from what the pairs add up to: its name, the stated value, the true value.
    WrongFigure(&'static str, i128, i128),
    /// There is no certificate, or it is for an instance of another size.
    NoCertificate,
    /// A number of the certificate is larger than any proof needs.
    TooLarge,
    /// The deficient set is not sorted, or this mentee in it is unknown, pinned, or of the wrong class.
    InvalidSet(u32),
    /// The deficient set does not prove that no more mentees can be matched: the number it allows, the
    /// number matched.
    TooFewMatched(i128, i128),
    /// The same for mentees of class 0: the number the set allows, the number matched.
    TooFewMatchedClass0(i128, i128),
    /// The weights do not put one level above the other.
    InvalidWeights,
    /// In best-score mode: the cost of staying unmatched differs from what the floor says.
    WrongMultiplier,
    /// The last place that this mentor fills costs more than its price.
    PriceTooLow(u32),
    /// This mentor has a free place that costs less than its price.
    PriceTooHigh(u32),
    /// This mentee has a cheaper choice: this other mentor, or staying unmatched (`None`).
    CheaperChoice(u32, Option<u32>),
    /// In stable mode: both would rather have each other than what they have.
    BlockingPair(u32, u32),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsorted(mentee) => write!(f, "mentee {mentee} is listed twice or out of order"),
            Self::NotACandidate(mentee, mentor) => {
                write!(f, "mentee {mentee} and mentor {mentor} are not a candidate pair")
            }
            Self::Forbidden(mentee, mentor) => {
                write!(f, "mentee {mentee} and mentor {mentor} are banned or under the minimum")
            }
            Self::MissingPin(mentee, mentor) => {
                write!(f, "mentee {mentee} is not matched with mentor {mentor}, to which it is pinned")
            }
            Self::OverCapacity(mentor) => write!(f, "mentor {mentor} has more mentees than places"),
            Self::WrongFigure(name, stated, actual) => {
                write!(f, "the matching states {name} as {stated}, but its pairs give {actual}")
            }
            Self::NoCertificate => write!(f, "there is no certificate for an instance of this size"),
            Self::TooLarge => write!(f, "a number of the certificate is too large"),
            Self::InvalidSet(mentee) => {
                write!(f, "mentee {mentee} is not valid at its place in the deficient set")
            }
            Self::TooFewMatched(allowed, matched) => {
                write!(f, "{matched} mentees are matched, but the deficient set allows {allowed}")
            }
            Self::TooFewMatchedClass0(allowed, matched) => {
                write!(f, "{matched} mentees of class 0 are matched, but the deficient set allows {allowed}")
            }
            Self::InvalidWeights => {
                write!(f, "the weights of cost and kept pairs do not separate the levels")
            }
            Self::WrongMultiplier => write!(f, "the cost of staying unmatched does not match the floor"),
            Self::PriceTooLow(mentor) => {
                write!(f, "the last place that mentor {mentor} fills costs more than its price")
            }
            Self::PriceTooHigh(mentor) => {
                write!(f, "mentor {mentor} has a free place that costs less than its price")
            }
            Self::CheaperChoice(mentee, Some(mentor)) => {
                write!(f, "mentor {mentor} is cheaper for mentee {mentee}")
            }
            Self::CheaperChoice(mentee, None) => {
                write!(f, "staying unmatched is cheaper for mentee {mentee}")
            }
            Self::BlockingPair(mentee, mentor) => {
                write!(f, "mentee {mentee} and mentor {mentor} would both rather have each other")
            }
        }
    }
}

impl std::error::Error for VerifyError {}
