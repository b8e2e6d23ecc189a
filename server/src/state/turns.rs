//! The turns of requests that wait to be answered.

use tokio::sync::Semaphore;

/// How many requests are answered at a time. They share the processors and the connections to the database.
const MAX_ANSWERED: usize = 16;
/// How many more wait. A page takes about 15 ms of one processor, so the last of them waits for two seconds at most.
const MAX_WAITING: usize = 240;

/// The limits of [`guard::overload`](crate::guard::overload).
pub(crate) struct Turns {
    /// For requests that are answered or wait.
    pub(crate) places: Semaphore,
    /// For requests that are being answered.
    pub(crate) turns: Semaphore,
}

impl Turns {
    /// Turns for this many requests at a time, and this many more that wait.
    pub(crate) fn new(at_once: usize, waiting: usize) -> Self {
        Self { places: Semaphore::new(at_once + waiting), turns: Semaphore::new(at_once) }
    }
}

impl Default for Turns {
    fn default() -> Self {
        Self::new(MAX_ANSWERED, MAX_WAITING)
    }
}
