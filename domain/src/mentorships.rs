//! Mentorships: what a pair does from the first meeting to the end. Meetings, goals, check-ins and feedback
//! (M15 to M21), messages (M26) and direct requests to a mentor (M25).

mod agreement;
mod changes;
mod deadlines;
mod goal;
mod meeting;
mod next_step;
mod requests;
mod states;
mod texts;
mod times;

pub use agreement::{Agreement, AgreementForm};
pub use changes::{PAIR_CHANGES, PairChange, PairStep};
pub use deadlines::{
    CONNECT_AFTER, DAYS_TO_CHOOSE, Due, FEEDBACK_WAIT, NUDGE_AFTER, SILENT_AFTER, Term, Timeline,
};
pub use goal::{Goal, GoalForm};
pub use meeting::{
    LATE_CANCEL, MAX_TIMES, MINUTES, MISSED_AFTER, MISSED_UNTIL, Meeting, MeetingForm, MeetingPlan,
};
pub use next_step::{NextStep, PairFacts};
pub use requests::{
    ANSWER_REQUEST_TIME, MAX_OPEN_REQUESTS, MAX_REQUESTS_A_DAY, MentorRequest, MentorRequestForm, RequestKind,
};
pub use states::{
    Cadence, ChangedBy, CheckInKind, MeasureKind, MeetingState, Outcome, Pulse, RequestState, other_side,
};
pub use texts::{FeedbackForm, FeedbackText, MAX_MESSAGE, MAX_NOTE, check_message, check_note, check_reason};
pub use times::{MAX_DAYS_AHEAD, PersonWeek, common_times};
