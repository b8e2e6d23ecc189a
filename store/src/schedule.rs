//! Schedules: the agenda of an event with its sessions, and importing it from a file.

mod agenda;
mod board;
mod calendar;
mod guids;
mod import;
mod saved;
mod screen;
mod session;
mod speakers;
mod whole;

pub use agenda::{AgendaDay, AgendaItem};
pub use board::{
    BoardPage, BoardSessionPage, BoardSpeaker, Change, ReleaseCard, ReleasePage, ReleasePreview, add_room,
    add_session, board, board_clock, board_session, board_since, bring_back, edit_room, edit_session, place,
    preview, release, releases, remove_room, remove_session, set_available, set_buffer, set_slides_days,
    show_release,
};
pub use calendar::{SessionEntry, calendar};
pub use guids::uuid_of;
pub use import::{Report, import};
pub use saved::{MyAgenda, my_agenda, save_session};
pub use screen::{RoomScreen, end_screens, room_screen, screen_number, screen_numbers};
pub use session::{SessionPage, session};
pub use speakers::{
    SessionSpeaker, SpeakerLink, SpeakerToDo, answer_speaker, propose_speaker, speakers_to_confirm,
    unlink_speaker,
};
pub use whole::whole;

pub(crate) use agenda::{agenda, must_not_be_recorded, saved_among, scheduled, workshop_slot};
pub(crate) use board::{AGENDA_NEWS, run_news, slides_days};
pub(crate) use calendar::saved_entries;
