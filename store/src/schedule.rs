//! Schedules: the agenda of an event with its sessions, and importing it from a file.

mod agenda;
mod import;
mod session;

pub use agenda::{AgendaDay, AgendaItem};
pub use import::{Report, import};
pub use session::{SessionPage, session};

pub(crate) use agenda::agenda;
