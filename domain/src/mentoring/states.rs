//! The states and kinds of the records of mentoring.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// Where a round is. Each state allows only the changes that its description names (M24).
    RoundState {
        /// Coordinators prepare it. It can be opened or cancelled.
        Draft,
        /// Members can sign up. It can be closed or cancelled.
        Open,
        /// Sign-up is over. It can be matched and published, opened again, or cancelled.
        Closed,
        /// Proposals were sent. It can be matched again and finished.
        Published,
        /// All of its mentorships have ended, or a coordinator finished it.
        Finished,
        /// It does not take place.
        Cancelled,
    }
}

string_enum! {
    /// The side of a sign-up.
    SignUpRole {
        /// Wants a mentor.
        Mentee,
        /// Offers places.
        Mentor,
    }
}

string_enum! {
    /// Where a sign-up is.
    SignUpState {
        /// Saved, but not sent. A run ignores it.
        Draft,
        /// Takes part in the next run.
        Submitted,
        /// The member no longer takes part.
        Withdrawn,
    }
}

string_enum! {
    /// What the author of a sign-up says about a person on the other side. Nobody else sees it.
    PreferenceKind {
        /// A mentee wishes for this mentor. Wishes have ranks.
        Wish,
        /// A mentor would like to have this mentee.
        WouldLike,
        /// A mentor would rather not have this mentee. It costs points and excludes nobody.
        RatherNot,
        /// Never propose this person in this round.
        Never,
    }
}

string_enum! {
    /// Where a run of the solver is.
    RunState {
        /// Waits for its job.
        Waiting,
        /// Its job works on it.
        Running,
        /// Its result is a draft that coordinators look at.
        Draft,
        /// It could not finish. `error` says why.
        Failed,
        /// A coordinator stopped it.
        Cancelled,
        /// Its pairs were proposed.
        Published,
    }
}

string_enum! {
    /// What a run is doing.
    RunStage {
        /// Reads the sign-ups.
        Reading,
        /// Looks for candidate pairs and scores them.
        Candidates,
        /// Solves.
        Solving,
        /// Checks the certificate.
        Verifying,
        /// Writes the draft.
        Saving,
    }
}

string_enum! {
    /// What came out of the check of the pairs that a draft left out.
    PricingState {
        /// None of them would make the draft better.
        Complete,
        /// Some of them can make it better. They are candidates of the next run, which was started.
        Improved,
        /// It took too long, or found too many.
        Stopped,
    }
}

string_enum! {
    /// What a run prefers among matchings with equally many mentees.
    RunOrder {
        /// The lowest cost, then the most kept pairs.
        Cost,
        /// The most kept pairs, then the lowest cost: for matching again after proposals were sent.
        Kept,
    }
}

impl RunOrder {
    /// What a run of a round in this state prefers. `None` while the round can't be matched. A draft belongs to
    /// the state that its round had, so it can be published only while this is still its order.
    #[must_use]
    pub fn of_round(state: RoundState) -> Option<Self> {
        match state {
            RoundState::Closed => Some(Self::Cost),
            RoundState::Published => Some(Self::Kept),
            RoundState::Draft | RoundState::Open | RoundState::Finished | RoundState::Cancelled => None,
        }
    }
}

string_enum! {
    /// What a coordinator decided about a pair.
    DecisionKind {
        /// Every draft contains the pair.
        Pin,
        /// No draft contains the pair.
        Forbid,
    }
}

string_enum! {
    /// Where a proposal is.
    ProposalState {
        /// At least one of the two has not answered, and nobody has declined.
        Pending,
        /// Both accepted. A mentorship exists.
        Accepted,
        /// One of the two declined. The pair is never proposed again in the round.
        Declined,
        /// It was not answered in time.
        Expired,
        /// It was taken back, because a person left or the round was matched again.
        Withdrawn,
    }
}

string_enum! {
    /// A person's answer to a proposal.
    Answer {
        /// Wants the mentorship.
        Accept,
        /// Does not want it. No reason is needed.
        Decline,
    }
}

string_enum! {
    /// Where a mentorship is.
    MentorshipState {
        /// The two work together.
        Active,
        /// The two take a break. The mentor's place stays taken.
        Paused,
        /// It is over.
        Ended,
    }
}
