//! A member's rights over their data (F1): a copy of everything about them, and deletion.
//!
//! Deletion waits for seven days, in which the member keeps their seats and can change their mind at no cost.
//! After that the seats go to the waitlist, and every column in the inventory is treated as the inventory says.

mod copy;
mod deletion;
mod erase;
mod quotes;

pub use copy::{Copy, Table, of as copy_of, operator_copy};
pub use deletion::{Planned, cancel_deletion, delete_now, planned, request_deletion};

pub(crate) use deletion::{DELETION, SCRUB, due_deletions, run_deletion, run_scrub};
pub(crate) use quotes::{ERASED_QUOTES, run_erase_quotes};
