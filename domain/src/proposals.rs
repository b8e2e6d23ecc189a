//! Calls for proposals (D1–D3): a speaker's proposal, its submission to a call, and how reviewers judge it.
//!
//! A proposal belongs to its speakers. A submission is the proposal as it was sent to one call, with its own text, so
//! that a later change for another call does not change what these reviewers read.

mod call;
mod review;
mod state;
mod submission;

pub use call::{
    ANYWHERE_ON_EARTH, CallDetails, CallForm, GRACE, MAX_KINDS, MAX_SUBMISSIONS, SessionKind,
    SubmissionWindow, is_anywhere_on_earth,
};
pub use review::{Abstention, MAX_SCORE, Review, ReviewForm, fair_order, median};
pub use state::{Decision, SubmissionChange, SubmissionState};
pub use submission::{
    MAX_CO_SPEAKERS, MAX_DRAFTS_OF_CALL, MAX_NOTES, MAX_QUESTION, MAX_SUMMARY, MAX_TITLE, ProposalForm,
    ProposalText, check_answer, check_question,
};
