//! What the check can find wrong with an answer.

use std::fmt;

/// Why an answer does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The pairs are not sorted by mentee, or a mentee stands twice among them.
    Unsorted(u32),
    /// A matched pair is no candidate pair.
    NoCandidate(u32, u32),
    /// A matched pair is banned, or scores under the minimum.
    Forbidden(u32, u32),
    /// The mentee's pin is not among the pairs.
    Pin(u32, u32),
    /// A mentor has more mentees than places.
    Full(u32),
    /// A figure of the answer is not what its pairs add up to: its name, what it says, what is true.
    Figure(&'static str, i128, i128),
    /// The answer has no certificate, or one of the wrong length.
    NoCertificate,
    /// The certificate has a number that is too large to be one of a proof.
    TooLarge,
    /// The deficient set is not sorted, or somebody in it is unknown, pinned, or not of the class.
    Set(u32),
    /// More mentees could be matched, as far as the deficient set proves: so many, so many are.
    Number(i128, i128),
    /// More mentees of class 0 could be matched, as far as the deficient set proves: so many, so many are.
    NumberClass0(i128, i128),
    /// The weights do not put one level before the other.
    Weights,
    /// In best-score mode staying unmatched costs what the floor says.
    Multiplier,
    /// The last mentee of the mentor is not worth its price.
    Price(u32),
    /// The mentor has a free place for less than its price.
    FreePlace(u32),
    /// The mentee has a cheaper choice: another mentor, or to stay unmatched.
    Cheaper(u32, Option<u32>),
    /// In stable mode: these two would leave for each other.
    Unstable(u32, u32),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsorted(mentee) => write!(f, "mentee {mentee} is listed twice or out of order"),
            Self::NoCandidate(mentee, mentor) => write!(f, "{mentee} and {mentor} are not a candidate pair"),
            Self::Forbidden(mentee, mentor) => {
                write!(f, "{mentee} and {mentor} are banned or under the minimum")
            }
            Self::Pin(mentee, mentor) => write!(f, "the pin of {mentee} to {mentor} is not kept"),
            Self::Full(mentor) => write!(f, "mentor {mentor} has more mentees than places"),
            Self::Figure(name, says, is) => write!(f, "{name} says {says} and is {is}"),
            Self::NoCertificate => write!(f, "there is no certificate for an instance of this size"),
            Self::TooLarge => write!(f, "a number of the certificate is too large"),
            Self::Set(mentee) => write!(f, "mentee {mentee} is in the wrong place in the deficient set"),
            Self::Number(could, are) => {
                write!(f, "{are} are matched, and nothing proves that {could} cannot be")
            }
            Self::NumberClass0(could, are) => {
                write!(f, "{are} of class 0 are matched, and nothing proves that {could} cannot be")
            }
            Self::Weights => write!(f, "the weights of cost and kept pairs do not part the levels"),
            Self::Multiplier => write!(f, "the price of staying unmatched is not that of the floor"),
            Self::Price(mentor) => write!(f, "the last mentee of mentor {mentor} is not worth the price"),
            Self::FreePlace(mentor) => write!(f, "mentor {mentor} has a free place for less than its price"),
            Self::Cheaper(mentee, Some(mentor)) => {
                write!(f, "mentor {mentor} is cheaper for mentee {mentee}")
            }
            Self::Cheaper(mentee, None) => write!(f, "staying unmatched is cheaper for mentee {mentee}"),
            Self::Unstable(mentee, mentor) => write!(f, "{mentee} and {mentor} would leave for each other"),
        }
    }
}

impl std::error::Error for Flaw {}
