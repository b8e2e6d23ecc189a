//! Kudos: giving, changing and reading them. Which kudos a reader sees is one condition, `visibility::seen_by`, and
//! every query for a reader uses it.

mod board;
mod change;
mod chat;
mod concerned;
mod feed;
mod forget;
mod give;
mod limits;
mod list;
mod notify;
mod occasions;
mod react;
mod refresh;
mod rows;
mod share_card;
mod shuffle;
mod suspicions;
mod thank;
mod unthanked;
mod visibility;
mod weekly;

pub use board::{board, join_board, on_board};
pub use change::{edit, edit_form, hide, retract};
pub use chat::{due_for_chat, for_chat, mark_posted};
pub use concerned::concerned;
pub use feed::{Change, Changes, latest_seq, since};
pub use give::give;
pub(crate) use give::give_in;
pub use list::{Filter, Page, get, is_on_hold, latest, latest_of, list};
pub use occasions::{Occasion, occasions, worked_with};
pub use react::react;
pub use rows::{EventLink, Kudos, Person, ReactionCount, SessionLink, Value, people, values};
pub use share_card::{keep_share_card, share_card};
pub use shuffle::shuffled;
pub use suspicions::{SuspicionRow, suspicion_rows, suspicions};
pub use thank::thank;
pub use unthanked::{Unthanked, unthanked};

pub(crate) use change::{hide_from_giver, set_hidden};
pub(crate) use feed::{EntryKind, push, push_all};
pub(crate) use forget::forget;
pub(crate) use notify::refreshed;
pub(crate) use react::counted;
pub(crate) use refresh::{refresh_cards_of, reload_walls_of};
pub(crate) use visibility::{audience, received, recipients_of, seen_by};
pub(crate) use weekly::{WEEKLY_KUDOS, run_weekly};
