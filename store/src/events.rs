//! Events: reading them, making and changing them, seats.

mod change;
mod read;
mod rows;
mod seats;
mod tell;

pub use change::{Edited, cancel, create, edit, publish, reinstate};
pub use read::{EventCard, EventPage, SeatCount, Span, list, my_seats, page, seats};
pub use seats::{decline, leave, rsvp};

pub(crate) use change::{apply, insert};
pub(crate) use rows::{event_from_row, seats_of};
