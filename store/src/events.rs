//! Events: reading them, making and changing them, seats.

mod attendees;
mod change;
mod desk;
mod due;
mod host;
mod hosting;
mod list;
pub(crate) mod moved;
pub(crate) mod notices;
mod people;
mod read;
mod release;
pub(crate) mod reminders;
mod requests;
mod rows;
mod seats;
mod sight;
mod subjects;
mod tell;
mod together;
mod words;

pub use crate::suppressions::unreachable;
pub use attendees::{Attendee, Attendees, attendees, show_me};
pub use change::{Edited, Published, cancel, create, edit, publish, reinstate};
pub use host::{accept, bump, reject};
pub use hosting::{HostedEvent, Hosting, hosting};
pub use list::{EventCard, Filter, GroupName, Place, Span, at_stake, list, my_seats};
pub use people::{Answered, Over, People, SeatCard, people, seat_card};
pub use read::{EventPage, SeatCount, page, seats};
pub use seats::{ByLink, Declined, also_online, by_link, claim, decline, fewer, leave, rsvp};
pub use subjects::{About, SubjectList, set_subjects};

pub(crate) use change::{apply, insert};
pub use together::{Holder, Shared, answer_together, hold_together, holders_of, part, shared_with};

pub(crate) use due::chores;
pub(crate) use read::{may_edit, seen, visible_id};
pub(crate) use release::{answered, recount, release};
pub(crate) use rows::{Found, event_from_row, find, lock, locked, rsvp_from_row, takes_part, tally};
pub(crate) use seats::give_up_for;
pub(crate) use sight::{edit_permit, readers, relation, seen_by, visible};
pub(crate) use subjects::about_each;
pub(crate) use tell::{facts, facts_for_all};
pub(crate) use together::{part_all, part_private};
pub(crate) use words::over as words_over;
