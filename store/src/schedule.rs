//! Schedules: the agenda of an event with its sessions, and importing it from a file.

mod agenda;
mod guids;
mod import;
mod session;
mod speakers;
mod whole;

pub use agenda::{AgendaDay, AgendaItem};
pub use guids::uuid_of;
pub use import::{Report, import};
pub use session::{SessionPage, session};
pub use speakers::{
    SessionSpeaker, SpeakerLink, SpeakerToDo, answer_speaker, propose_speaker, speakers_to_confirm,
    unlink_speaker,
};
pub use whole::whole;

pub(crate) use agenda::{agenda, scheduled};
