//! Calls for proposals (D1–D3): calls, the submissions of speakers, reviews, and decisions.
//!
//! A submission's row is the lock of everything about it. Drafts are read by their speakers only. What was sent is read by
//! the organisers of the call and by its reviewers. Reviews are never read by the speakers.

mod calls;
mod change;
mod decide;
mod manage;
mod mine;
mod page;
mod pool;
mod review;
mod rows;
mod speakers;
mod submit;

pub use calls::{CallCard, CallPage, CallPlace, call, call_of_event, edit, is_place, open, open_calls};
pub use change::change;
pub use decide::{CONFIRM_DAYS, MAX_CONFIRM_DAYS, answer_info, ask_info, decide, send_decisions};
pub use manage::{ManagePage, ManagedSubmission, PAGE_SIZE, export, manage};
pub use mine::{CoSpeakerToDo, MyProposals, ReviewToDo, SubmissionCard, SubmissionToDo, ToDo, mine, to_do};
pub use page::{
    Asked, Conversation, OrganiserView, OwnView, ReviewView, ReviewerView, SpeakerName, SubmissionPage,
    SubmissionText, form_of, submission,
};
pub use pool::{PoolSession, add_to_event, pool};
pub use review::{QueueItem, ReviewQueue, Reviewer, add_reviewer, queue, remove_reviewer, review, reviewers};
pub use speakers::{answer_invitation, invite_speaker, remove_speaker};
pub use submit::{save, send_to, version_of, write};

pub(crate) use decide::{CALL_DECISIONS, CONFIRM_REMINDERS, due_reminders, run_decisions, run_reminder};
pub(crate) use pool::forget;
