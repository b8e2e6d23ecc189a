//! The states and kinds of the records of a mentorship.

use serde::{Deserialize, Serialize};

use crate::{members::string_enum, mentoring::SignUpRole};

/// The other side of a pair.
#[must_use]
pub fn other_side(side: SignUpRole) -> SignUpRole {
    match side {
        SignUpRole::Mentee => SignUpRole::Mentor,
        SignUpRole::Mentor => SignUpRole::Mentee,
    }
}

string_enum! {
    /// How a mentorship ended.
    Outcome {
        /// One of the two left. Nobody asks why (M19).
        Left,
        /// They reached the end.
        Finished,
        /// They go on as peers, without a programme.
        Peers,
        /// One of the two was erased, was excluded from the programme, or blocked the other.
        Gone,
    }
}

impl Outcome {
    /// Whether the two graduated, so that they give each other feedback (M21).
    #[must_use]
    pub fn is_graduation(self) -> bool {
        match self {
            Self::Finished | Self::Peers => true,
            Self::Left | Self::Gone => false,
        }
    }
}

string_enum! {
    /// Who or what changes a mentorship.
    ChangedBy {
        /// One of the two.
        Pair,
        /// A coordinator of the programme.
        Coordinator,
        /// Nobody asked for it: a member was erased, or blocked the other.
        System,
    }
}

string_enum! {
    /// How often a pair meets.
    Cadence {
        /// Every week.
        Weekly,
        /// Every two weeks.
        Fortnightly,
        /// Every month.
        Monthly,
    }
}

string_enum! {
    /// Where a meeting is.
    MeetingState {
        /// One of the two has proposed times, and no time is agreed yet.
        Proposed,
        /// It has a time. After its end, it counts as held.
        Agreed,
        /// It does not take place.
        Cancelled,
        /// One of the two did not come.
        Missed,
    }
}

string_enum! {
    /// What a check-in asks.
    CheckInKind {
        /// On day 10: did you connect? (M15)
        Connected,
        /// After 25 % of the term (M18).
        Quarter,
        /// After 50 % of the term.
        Half,
        /// After 75 % of the term.
        ThreeQuarters,
    }
}

string_enum! {
    /// The answer to a check-in.
    Pulse {
        /// Going well. To the question of day 10: yes.
        Good,
        /// Could be better.
        Mixed,
        /// Not working: the coordinator is told, the partner is not (M18). To the question of day 10: not yet.
        Bad,
    }
}

impl CheckInKind {
    /// The answers that people can choose from.
    #[must_use]
    pub fn answers(self) -> &'static [Pulse] {
        match self {
            Self::Connected => &[Pulse::Good, Pulse::Bad],
            Self::Quarter | Self::Half | Self::ThreeQuarters => Pulse::ALL,
        }
    }
}

string_enum! {
    /// What a coordinator does about a person who breaks the rules (M20).
    MeasureKind {
        /// Tells them what has to change.
        Warn,
        /// Pauses their mentorships in the programme until it is lifted.
        Pause,
        /// Ends their mentorships in the programme. They can't sign up again until it is lifted.
        Exclude,
    }
}

string_enum! {
    /// Where a direct request to a mentor is (M25).
    RequestState {
        /// The mentor has not answered.
        Pending,
        /// The mentor accepted. A mentorship exists.
        Accepted,
        /// The mentor declined.
        Declined,
        /// The mentor invited the mentee to office hours instead.
        OfficeHours,
        /// The mentor did not answer in time.
        Expired,
        /// The mentee withdrew it, or one of the two is gone.
        Withdrawn,
    }
}
