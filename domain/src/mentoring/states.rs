//! The states and kinds of the records of mentoring.

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// Where a round is. Each state allows only the changes that its description names (M24).
    RoundState {
        /// Coordinators prepare it. It can be opened or cancelled.
        Draft = "draft",
        /// Members can sign up. It can be closed or cancelled.
        Open = "open",
        /// Sign-up is over. It can be matched and published, opened again, or cancelled.
        Closed = "closed",
        /// Proposals were sent. It can be matched again and finished.
        Published = "published",
        /// All of its mentorships have ended, or a coordinator finished it.
        Finished = "finished",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

string_enum! {
    /// The side of a sign-up.
    SignUpRole {
        /// Wants a mentor.
        Mentee = "mentee",
        /// Offers places.
        Mentor = "mentor",
    }
}

string_enum! {
    /// Where a sign-up is.
    SignUpState {
        /// Saved, but not sent. A run ignores it.
        Draft = "draft",
        /// Takes part in the next run.
        Submitted = "submitted",
        /// The member no longer takes part.
        Withdrawn = "withdrawn",
    }
}

string_enum! {
    /// What the author of a sign-up says about a person on the other side. Nobody else sees it.
    PreferenceKind {
        /// A mentee wishes for this mentor. Wishes have ranks.
        Wish = "wish",
        /// A mentor would like to have this mentee.
        WouldLike = "would_like",
        /// A mentor would rather not have this mentee. It costs points and excludes nobody.
        RatherNot = "rather_not",
        /// Never propose this person in this round.
        Never = "never",
    }
}

string_enum! {
    /// Where a run of the solver is.
    RunState {
        /// Waits for its job.
        Waiting = "waiting",
        /// Its job works on it.
        Running = "running",
        /// Its result is a draft that coordinators look at.
        Draft = "draft",
        /// It could not finish. `error` says why.
        Failed = "failed",
        /// A coordinator stopped it.
        Cancelled = "cancelled",
        /// Its pairs were proposed.
        Published = "published",
    }
}

string_enum! {
    /// What a run is doing.
    RunStage {
        /// Reads the sign-ups.
        Reading = "reading",
        /// Looks for candidate pairs and scores them.
        Candidates = "candidates",
        /// Solves.
        Solving = "solving",
        /// Checks the certificate.
        Verifying = "verifying",
        /// Writes the draft.
        Saving = "saving",
    }
}

string_enum! {
    /// What a run prefers among matchings with equally many mentees.
    RunOrder {
        /// The lowest cost, then the most kept pairs.
        Cost = "cost",
        /// The most kept pairs, then the lowest cost: for matching again after proposals were sent.
        Kept = "kept",
    }
}

string_enum! {
    /// What a coordinator decided about a pair.
    DecisionKind {
        /// Every draft contains the pair.
        Pin = "pin",
        /// No draft contains the pair.
        Forbid = "forbid",
    }
}

string_enum! {
    /// Where a proposal is.
    ProposalState {
        /// At least one of the two has not answered, and nobody has declined.
        Pending = "pending",
        /// Both accepted. A mentorship exists.
        Accepted = "accepted",
        /// One of the two declined. The pair is never proposed again in the round.
        Declined = "declined",
        /// It was not answered in time.
        Expired = "expired",
        /// It was taken back, because a person left or the round was matched again.
        Withdrawn = "withdrawn",
    }
}

string_enum! {
    /// A person's answer to a proposal.
    Answer {
        /// Wants the mentorship.
        Accept = "accept",
        /// Does not want it. No reason is needed.
        Decline = "decline",
    }
}

string_enum! {
    /// Where a mentorship is.
    MentorshipState {
        /// The two work together.
        Active = "active",
        /// It is over.
        Ended = "ended",
    }
}
