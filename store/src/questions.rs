//! Questions to mentors (M27): the queue, the conversation of the two, and what happens when nobody answers.
//!
//! A question's row is the lock of everything about it. Its text is read by its author and, while it waits, by members
//! who teach a topic. The conversation is read by its author and the mentor who picked it.

mod ask;
mod change;
mod due;
mod list;
mod replies;
mod rows;
mod to_do;

pub use ask::ask;
pub use change::change;
pub use due::QUESTIONS;
pub use list::{QuestionCard, Questions, questions};
pub use replies::{QuestionPage, Reply, question, reply};
pub use to_do::{QuestionToDo, to_do};

pub(crate) use change::{forget, release_between};
pub(crate) use due::{due_questions, run_question};
