//! Kudos: giving, changing and reading them. Which kudos a reader sees is one condition, `visibility::seen_by`, and
//! every query for a reader uses it.

mod change;
mod feed;
mod give;
mod list;
mod react;
mod rows;
mod suspicions;
mod visibility;

pub use change::{edit, edit_form, hide, retract};
pub use feed::{Change, Changes, latest_seq, since};
pub use give::give;
pub use list::{Filter, Page, get, latest, list};
pub use react::react;
pub use rows::{EventLink, Kudos, Person, ReactionCount, Value, people, values};
pub use suspicions::suspicions;

pub(crate) use change::{forget, hide_from_giver, set_hidden};
pub(crate) use feed::EntryKind;
pub(crate) use visibility::{audience, received, seen_by};
