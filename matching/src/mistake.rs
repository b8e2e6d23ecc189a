//! What can be wrong with a draft, and where.

use std::fmt;

use crate::instance::{BEST, MAX_PAIRS, MAX_PEOPLE};

/// Where in a [`Draft`](crate::Draft) a mistake is; the numbers are indices into its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In `classes`.
    Mentee(usize),
    /// In `places`.
    Mentor(usize),
    /// In `candidates`.
    Candidate(usize),
    /// In `kept`.
    Kept(usize),
    /// In `bans`.
    Ban(usize),
    /// In `pins`.
    Pin(usize),
    /// In `options`, or in the size of a list.
    Whole,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More than [`MAX_PEOPLE`] mentees or mentors.
    TooManyPeople,
    /// More than [`MAX_PAIRS`] pairs in a list.
    TooManyPairs,
    /// A class that is neither 0 nor 1.
    Class(u8),
    /// A score, a floor or a minimum over [`BEST`].
    Score(u16),
    /// There is no such mentee.
    UnknownMentee(u32),
    /// There is no such mentor.
    UnknownMentor(u32),
    /// The pair stands in the list already.
    Doubled,
    /// [`Mode::Stable`](crate::Mode::Stable) needs the ranks of every pair.
    NoRanks,
    /// A pin that is no candidate pair.
    PinNoCandidate,
    /// A pin that is also a ban.
    PinBanned,
    /// A pin whose score is under the minimum.
    PinUnderMinimum,
    /// The mentee has another pin.
    PinSecond,
    /// The mentor has fewer places than pins.
    PinNoPlace,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyPeople => write!(f, "more than {MAX_PEOPLE} mentees or mentors"),
            Self::TooManyPairs => write!(f, "more than {MAX_PAIRS} pairs"),
            Self::Class(class) => write!(f, "class {class} is neither 0 nor 1"),
            Self::Score(score) => write!(f, "score {score} is over {BEST}"),
            Self::UnknownMentee(mentee) => write!(f, "there is no mentee {mentee}"),
            Self::UnknownMentor(mentor) => write!(f, "there is no mentor {mentor}"),
            Self::Doubled => write!(f, "the pair is listed twice"),
            Self::NoRanks => write!(f, "mode stable needs both ranks on every pair"),
            Self::PinNoCandidate => write!(f, "the pin is not a candidate pair"),
            Self::PinBanned => write!(f, "the pin is banned as well"),
            Self::PinUnderMinimum => write!(f, "the pin scores less than the minimum"),
            Self::PinSecond => write!(f, "the mentee is pinned to another mentor already"),
            Self::PinNoPlace => write!(f, "the mentor has fewer places than pins"),
        }
    }
}

/// A mistake in a [`Draft`](crate::Draft): what and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub fault: Fault,
    /// Where it is.
    pub place: Place,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Mentee(at) => write!(f, "mentee {at}: ")?,
            Place::Mentor(at) => write!(f, "mentor {at}: ")?,
            Place::Candidate(at) => write!(f, "candidate {at}: ")?,
            Place::Kept(at) => write!(f, "kept pair {at}: ")?,
            Place::Ban(at) => write!(f, "ban {at}: ")?,
            Place::Pin(at) => write!(f, "pin {at}: ")?,
            Place::Whole => {}
        }
        self.fault.fmt(f)
    }
}

impl std::error::Error for Mistake {}

/// Says so.
pub(crate) fn mistake<T>(fault: Fault, place: Place) -> Result<T, Mistake> {
    Err(Mistake { fault, place })
}
