//! Why a run left a mentee out, as a sentence that a coordinator can act on (M7).

use serde::{Deserialize, Serialize};

use crate::refusal::Arg;

/// Why a run left a mentee out. It never tells what is private: wishes, blocks, and who declined whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum UnmatchedReason {
    /// Nobody in the round teaches the topics that the mentee asked for.
    NoTopic {
        /// The topics.
        topics: Vec<String>,
    },
    /// Some people compete for too few places.
    Competition {
        /// Number of these people.
        people: u32,
        /// The places that they could have.
        places: u32,
        /// The mentee's topics.
        topics: Vec<String>,
    },
    /// Mentors teach the topics, but none shares enough hours.
    Hours {
        /// Number of these mentors.
        mentors: u32,
        /// The mentee's time zone.
        zone: String,
    },
    /// Mentors teach the topics, but none speaks one of the mentee's languages.
    Language {
        /// Number of these mentors.
        mentors: u32,
    },
    /// Mentors teach the topics, but all are in the same team or reporting line, or too far in seniority.
    Rules {
        /// Number of these mentors.
        mentors: u32,
    },
    /// Mentors teach the topics, but none has a free place.
    Full {
        /// Number of these mentors.
        mentors: u32,
        /// The mentee's topics.
        topics: Vec<String>,
    },
    /// Mentors teach the topics, but none can be matched with the mentee. It covers what is private, several
    /// reasons at once, and the coordinators' own decisions. It has no count, so that nobody can tell these
    /// apart.
    Several,
    /// The mentee had as many proposals as one round allows (M14).
    AskedEnough {
        /// Number of proposals.
        proposals: u32,
    },
    /// The mentee pauses, is suspended, or has not agreed to be matched.
    Out,
}

impl UnmatchedReason {
    /// The name of the reason: the last part of its key in the catalogue, and a column of the database.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoTopic { .. } => "no-topic",
            Self::Competition { .. } => "competition",
            Self::Hours { .. } => "hours",
            Self::Language { .. } => "language",
            Self::Rules { .. } => "rules",
            Self::Full { .. } => "full",
            Self::Several => "several",
            Self::AskedEnough { .. } => "asked-enough",
            Self::Out => "out",
        }
    }

    /// The topics in the sentence.
    #[must_use]
    pub fn topics(&self) -> &[String] {
        match self {
            Self::NoTopic { topics } | Self::Competition { topics, .. } | Self::Full { topics, .. } => topics,
            Self::Hours { .. }
            | Self::Language { .. }
            | Self::Rules { .. }
            | Self::Several
            | Self::AskedEnough { .. }
            | Self::Out => &[],
        }
    }

    /// The other arguments of the sentence.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        let number = |name, number: u32| (name, Arg::Number(i64::from(number)));
        match self {
            Self::NoTopic { .. } | Self::Several | Self::Out => Vec::new(),
            Self::Competition { people, places, .. } => vec![
                number("people", *people),
                number("places", *places),
                number("missing", people.saturating_sub(*places)),
            ],
            Self::Hours { mentors, zone } => {
                vec![number("mentors", *mentors), ("zone", Arg::Text(zone.clone()))]
            }
            Self::Language { mentors } | Self::Rules { mentors } | Self::Full { mentors, .. } => {
                vec![number("mentors", *mentors)]
            }
            Self::AskedEnough { proposals } => vec![number("proposals", *proposals)],
        }
    }
}
