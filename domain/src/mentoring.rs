//! Mentoring: programmes, rounds, sign-ups, proposals and mentorships (M1 to M26).

mod availability;
mod calendar;
mod candidates;
mod exclusion;
mod pair;
mod pool;
mod region;
mod reporting;
mod score;
mod states;
mod topic_index;

#[cfg(test)]
mod tests;

pub use availability::{LocalWeek, WEEK_HOURS, Week};
pub use calendar::Calendar;
pub use candidates::{Candidate, DEFAULT_LIMIT, candidates};
pub use exclusion::Exclusion;
pub use pool::{Fact, Mentee, Mentor, PairFact, Person, Pool, PoolError, PoolInput, language_set};
pub use region::Region;
pub use reporting::reporting_lines;
pub use score::{
    FULL_HALF_HOURS, MAX_ASKED, MAX_CONFIDENCE, MAX_QUESTIONS, MAX_SCORE, MAX_WISHES, MatchingRules,
    MenteeParts, ScoreParts, ShownParts, Weights,
};
pub use states::{
    Answer, DecisionKind, MentorshipState, PreferenceKind, ProposalState, RoundState, RunOrder, RunStage,
    RunState, SignUpRole, SignUpState,
};
