//! Mentoring: programmes, rounds, sign-ups, proposals and mentorships.

mod availability;
mod calendar;
mod candidates;
mod exclusion;
mod figures;
mod pair;
mod pool;
mod pricing;
mod programme;
mod proposals;
mod region;
mod reporting;
mod round;
mod round_email;
mod score;
mod search;
mod sheet;
mod sign_up;
mod states;
mod topic_index;
mod unmatched;

#[cfg(test)]
mod tests;

pub use availability::{LocalWeek, WEEK_HOURS};
pub use calendar::Calendar;
pub use candidates::{Candidate, DEFAULT_LIMIT, candidates};
pub use exclusion::Exclusion;
pub use figures::{RunFigures, ShownFigures, tenth_percentile};
pub use pool::{Fact, Mentee, Mentor, PairFact, Person, Pool, PoolError, PoolInput, language_set};
pub use pricing::{Prices, Pricing, price};
pub use programme::{
    DEFAULT_COOL_DOWN, DEFAULT_LOAD, OPTIONS, ProgrammeDetails, ProgrammeForm, Question, QuestionForm,
    QuestionOption,
};
pub use proposals::{ANSWER_TIME, MAX_MISSED, MAX_PROPOSALS, ProposalAnswers, REMIND_AFTER};
pub use region::Region;
pub use reporting::reporting_lines;
pub use round::{ChangedBy, ROUND_CHANGES, RoundChange, RoundDetails, RoundForm, RoundStep, SignUpWindow};
pub use round_email::{
    MAX_ROUND_EMAIL, ROUND_EMAIL_DELAY, ROUND_EMAIL_EVERY, RoundAudience, RoundEmailForm, RoundEmailState,
};
pub use score::{
    FULL_HALF_HOURS, MAX_ASKED, MAX_CONFIDENCE, MAX_OPTIONS, MAX_QUESTIONS, MAX_SCORE, MAX_WISHES,
    MatchingRules, MenteeParts, ScoreParts, ShownParts, USUAL_CONFIDENCE, Weights,
};
pub use sheet::{
    CellProblem, EXPORT_COLUMNS, IMPORT_COLUMNS, ImportRow, cell_text, read_hours, read_row, safe_cell,
    write_hours,
};
pub use sign_up::{
    About, AboutForm, ChosenTopic, Hours, MAX_GOAL, MAX_HOURS_A_MONTH, MAX_LIKED, MAX_NEVER, MAX_PLACES,
    MAX_TAUGHT, MIN_HOURS, MissingPart, SIGN_UP_CHANGES, SignUp, SignUpChange, SignUpChanger, SignUpStep,
    check_editable, check_hours, taught_with_confidence,
};
pub use states::{
    Answer, DecisionKind, MentorshipState, PreferenceKind, PricingState, ProposalState, RoundState, RunOrder,
    RunStage, RunState, SignUpRole, SignUpState,
};
pub use unmatched::UnmatchedReason;
