//! Questions to the speakers of a session (D14). A question's row is the lock of its votes and its state.

mod ask;
mod change;
mod page;
mod reported;
mod visibility;

pub use ask::{ask, withdraw};
pub use change::{change_question, set_open, vote};
pub use page::{QuestionsPage, SessionQuestion, questions};

pub(crate) use change::forget;
pub(crate) use reported::{find_reported, readable, set_hidden};
