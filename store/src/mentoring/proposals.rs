//! Proposals of a mentor to a mentee: reading, answering, reminding and ending them (M10 to M13).

mod answer;
mod due;
mod leave;
mod read;
mod settle;
mod topics;

pub use answer::{Answered, answer, answer_by_link};
pub use due::PROPOSALS;
pub use read::{Contact, Parts, ProposalPage, ProposalToDo, by_link, page, to_do};
pub use settle::resume;

pub(crate) use answer::{mentorship_of, running_on};
pub(crate) use due::{due_proposals, run_proposals};
pub(crate) use leave::{end_of_sign_up, forget, withdraw_between};
pub(super) use settle::{lock_proposed, withdraw, withdraw_pending};
pub(super) use topics::shared_topics;
