//! Why two people can never be matched.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// A reason that makes a pair impossible, whatever its score. If several apply, the first one is given.
    ///
    /// Some of them are private: only the person who blocked or declined knows of it. Show them to nobody else.
    Exclusion {
        /// The mentee and the mentor are the same person.
        #[strum(serialize = "self")]
        Myself,
        /// They work in the same team, and the programme does not allow it.
        SameTeam,
        /// One of them reports to the other, directly or through others.
        ReportingLine,
        /// One of them blocked the other.
        Blocked,
        /// One of them declined a proposal with the other in this round.
        Declined,
        /// One of them dismissed the other when signing up.
        Dismissed,
        /// They were a pair in one of the last rounds.
        CoolDown,
        /// They share too few hours a week.
        Overlap,
        /// They have no language in common.
        Language,
        /// The difference of their seniority is outside the programme's limits.
        SeniorityGap,
        /// One of them pauses.
        Paused,
        /// The mentor has no free place.
        Full,
        /// One of them is suspended.
        Suspended,
        /// One of them has not agreed to be matched.
        NoConsent,
    }
}

impl Exclusion {
    /// Whether only the people concerned know of it.
    #[must_use]
    pub fn is_private(self) -> bool {
        matches!(self, Self::Blocked | Self::Declined | Self::Dismissed)
    }
}
