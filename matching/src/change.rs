//! Changes of a solved instance, and the moves that they cause.

use std::fmt;

use crate::limits::MAX_PEOPLE;

/// A change of a solved instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This pair must not be matched any more, as if it were banned.
    Decline {
        /// Index of the mentee.
        mentee: u32,
        /// Index of the mentor.
        mentor: u32,
    },
    /// A mentee leaves. All its pairs are banned.
    MenteeLeaves(u32),
    /// A mentor leaves. All its pairs are banned.
    MentorLeaves(u32),
    /// A mentor offers one more place.
    PlaceAdded(u32),
}

/// Why a change is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeError {
    /// A mentee with this index does not exist.
    UnknownMentee(u32),
    /// A mentor with this index does not exist.
    UnknownMentor(u32),
    /// This mentee is pinned to this mentor.
    Pinned(u32, u32),
    /// This mentor has the highest possible number of places already.
    TooManyPlaces(u32),
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownMentee(mentee) => write!(f, "there is no mentee {mentee}"),
            Self::UnknownMentor(mentor) => write!(f, "there is no mentor {mentor}"),
            Self::Pinned(mentee, mentor) => write!(f, "mentee {mentee} is pinned to mentor {mentor}"),
            Self::TooManyPlaces(mentor) => write!(f, "mentor {mentor} has too many places for one more"),
        }
    }
}

impl std::error::Error for ChangeError {}

/// A mentee that got another mentor through a change, or lost its mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Index of the mentee.
    pub mentee: u32,
    /// The mentor before; `None` if it was unmatched.
    pub from: Option<u32>,
    /// The mentor after; `None` if it is unmatched.
    pub to: Option<u32>,
}

impl Move {
    /// The move of a mentee; `None` if its mentor is the same.
    pub(crate) fn of(mentee: u32, from: u32, to: u32) -> Option<Self> {
        let [from, to] = [from, to].map(|mentor| Some(mentor).filter(|&mentor| mentor < MAX_PEOPLE));
        (from != to).then_some(Self { mentee, from, to })
    }
}
