//! A member's right over their data (F1): a copy of everything about them, and deletion.
//!
//! Deletion waits for seven days in which nothing changes, so that thinking better of it costs nothing: seats
//! are kept. When the days are over the seats are given back, which promotes others, and every column that
//! the inventory names meets its fate.

mod copy;
mod deletion;
mod erase;
mod schema;

pub use copy::{Copy, Table, of as copy_of, operator_copy};
pub use deletion::{Planned, cancel_deletion, delete_now, planned, request_deletion};

pub(crate) use deletion::chores;
