//! The board on which organisers plan an agenda (D4–D6). A session without a row in `agenda_slots` is where it was
//! released, and any other is where its row says. Only organisers of the event read the draft. A release writes it into
//! `agenda_sessions`, which everybody reads. The event's row is the lock of its board.

mod details;
mod news;
mod place;
mod read;
mod release;
mod releases;
mod rooms;
mod rows;
mod sessions;

pub use details::edit_session;
pub use place::place;
pub use read::{
    BoardPage, BoardSessionPage, BoardSpeaker, Change, board, board_clock, board_session, board_since,
};
pub use release::{ReleasePreview, preview, release};
pub use releases::{ReleaseCard, ReleasePage, bring_back, releases, show_release};
pub use rooms::{add_room, edit_room, remove_room, set_buffer, set_slides_days};

pub(crate) use rooms::slides_days;
pub use sessions::{add_session, remove_session, set_available};

pub(super) use news::keep_people;
pub(crate) use news::{AGENDA_NEWS, run_news};
pub(super) use releases::record_import;
pub(super) use rows::{lock, open, room_of};
pub(super) use sessions::SESSION_GUID;

/// How the guid of a confirmed proposal begins.
pub(crate) const PROPOSAL_GUID: &str = "proposal:";
