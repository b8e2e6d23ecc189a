//! The errors that validating a draft can find, and their locations.

use std::fmt;

use crate::limits::{MAX_PAIRS, MAX_PEOPLE, MAX_SCORE};

/// The location of an error in a [`Draft`](crate::Draft). Numbers are indices into its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// An entry of `classes`.
    Mentee(usize),
    /// An entry of `places`.
    Mentor(usize),
    /// An entry of `candidates`.
    Candidate(usize),
    /// An entry of `kept`.
    Kept(usize),
    /// An entry of `bans`.
    Ban(usize),
    /// An entry of `pins`.
    Pin(usize),
    /// The options, or the size of a list.
    Whole,
}

/// The kind of an error in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftErrorKind {
    /// More than [`MAX_PEOPLE`] mentees or mentors.
    TooManyPeople,
    /// More than [`MAX_PAIRS`] pairs in a list.
    TooManyPairs,
    /// A class that is neither 0 nor 1.
    InvalidClass(u8),
    /// A score, floor or minimum above [`MAX_SCORE`].
    ScoreTooHigh(u16),
    /// A mentee with this index does not exist.
    UnknownMentee(u32),
    /// A mentor with this index does not exist.
    UnknownMentor(u32),
    /// The pair is in the list twice.
    Duplicate,
    /// [`Mode::Stable`](crate::Mode::Stable) needs the ranks of every pair.
    MissingRanks,
    /// The pinned pair is not a candidate pair.
    PinNotACandidate,
    /// The pinned pair is banned too.
    PinBanned,
    /// The score of the pinned pair is under the minimum.
    PinUnderMinimum,
    /// The mentee is pinned to another mentor too.
    SecondPin,
    /// The mentor has fewer places than pins.
    TooManyPins,
}

impl fmt::Display for DraftErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyPeople => write!(f, "more than {MAX_PEOPLE} mentees or mentors"),
            Self::TooManyPairs => write!(f, "more than {MAX_PAIRS} pairs"),
            Self::InvalidClass(class) => write!(f, "class {class} is neither 0 nor 1"),
            Self::ScoreTooHigh(score) => write!(f, "score {score} is over {MAX_SCORE}"),
            Self::UnknownMentee(mentee) => write!(f, "there is no mentee {mentee}"),
            Self::UnknownMentor(mentor) => write!(f, "there is no mentor {mentor}"),
            Self::Duplicate => write!(f, "the pair is listed twice"),
            Self::MissingRanks => write!(f, "mode stable needs both ranks on every pair"),
            Self::PinNotACandidate => write!(f, "the pin is not a candidate pair"),
            Self::PinBanned => write!(f, "the pin is banned as well"),
            Self::PinUnderMinimum => write!(f, "the pin scores less than the minimum"),
            Self::SecondPin => write!(f, "the mentee is pinned to another mentor already"),
            Self::TooManyPins => write!(f, "the mentor has fewer places than pins"),
        }
    }
}

/// An error in a [`Draft`](crate::Draft), with its location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftError {
    /// What is wrong.
    pub kind: DraftErrorKind,
    /// Where it is.
    pub location: Location,
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.location {
            Location::Mentee(at) => write!(f, "mentee {at}: ")?,
            Location::Mentor(at) => write!(f, "mentor {at}: ")?,
            Location::Candidate(at) => write!(f, "candidate {at}: ")?,
            Location::Kept(at) => write!(f, "kept pair {at}: ")?,
            Location::Ban(at) => write!(f, "ban {at}: ")?,
            Location::Pin(at) => write!(f, "pin {at}: ")?,
            Location::Whole => {}
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for DraftError {}

/// An error as a result, to return from a check.
pub(crate) fn error<T>(kind: DraftErrorKind, location: Location) -> Result<T, DraftError> {
    Err(DraftError { kind, location })
}
