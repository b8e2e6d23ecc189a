//! Group circles (M30): a mentor meets several members about one topic. A circle's row is the lock of its places.

mod change;
mod read;
mod rows;

pub use change::{change, open};
pub use read::{CircleCard, CirclePage, Circles, circle, circles};

pub(crate) use change::leave_between;
