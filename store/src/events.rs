//! Events: reading them, making and changing them, seats.

mod attendees;
mod change;
mod list;
mod read;
mod rows;
mod seats;
mod tell;
mod words;

pub use attendees::{Attendee, Attendees, attendees, show_me};
pub use change::{Edited, cancel, create, edit, publish, reinstate};
pub use list::{EventCard, Filter, GroupName, Place, Span, list, my_seats};
pub use read::{EventPage, SeatCount, page, seats};
pub use seats::{decline, leave, rsvp};

pub(crate) use change::{apply, insert};
pub(crate) use rows::{locked, seats_of};
