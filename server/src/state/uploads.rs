//! The slots for large requests.

use tokio::sync::Semaphore;

/// How many uploads are received at a time. Each takes at most one file of the largest size.
const MAX_CONCURRENT: usize = 16;

/// The slots for uploads that are being received.
pub struct Uploads(pub(crate) Semaphore);

impl Default for Uploads {
    fn default() -> Self {
        Self(Semaphore::new(MAX_CONCURRENT))
    }
}
