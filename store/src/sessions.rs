//! What people do around a session of an agenda: questions to its speakers (D14), slides and a recording (D8),
//! and the seats of a workshop (D7).

mod material;
mod questions;
mod reminders;
mod rows;
mod seats;

pub use material::{
    Material, Slides, add_slides, material, may_add_slides, remove_slides, set_no_recording, set_recording,
    slides,
};
pub use seats::set_seats;

pub use questions::{
    QuestionsPage, SessionQuestion, ask, change_question, questions, set_open, vote, withdraw,
};

pub(crate) use reminders::{SLIDES_REMINDERS, due_reminders, run_reminder};

pub(crate) use questions::{find_reported, forget, readable, set_hidden};
