//! The open kudos walls of this process.

use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::frames::SharedFrames;

/// The most open walls of one process. They are counted apart from other requests, because they last for hours.
const MAX_WALLS: usize = 8_000;
/// How many walls read the database at once. All walls wake for each entry, and pages need connections too.
const MAX_READS: usize = 4;

/// The open walls of this process.
pub struct Walls {
    /// The number of the newest entry of the feed.
    pub(crate) latest: watch::Sender<i64>,
    /// One for each wall.
    pub(crate) slots: Arc<Semaphore>,
    /// One for each wall that reads the database.
    pub(crate) reads: Arc<Semaphore>,
    /// What walls have read for each other.
    pub(crate) shared: Arc<SharedFrames>,
    /// Cancelled when the server stops.
    pub(crate) closed: CancellationToken,
}

impl Default for Walls {
    fn default() -> Self {
        Self {
            latest: watch::Sender::new(0),
            slots: Arc::new(Semaphore::new(MAX_WALLS)),
            reads: Arc::new(Semaphore::new(MAX_READS)),
            shared: Arc::default(),
            closed: CancellationToken::new(),
        }
    }
}
