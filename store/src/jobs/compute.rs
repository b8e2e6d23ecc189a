//! Long computations of a job, on threads where they hold nobody up.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::StoreError;

/// A flag that is set when the server is stopping. All clones share it.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks everyone with a clone to stop.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the server is stopping.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Runs a long computation outside of any transaction, on a thread for blocking work. A computation of more
/// than a few seconds looks at the job's [`Stop`] now and then, because a stopping server waits for it.
///
/// # Errors
/// `Corrupt` when the computation panics.
pub async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Corrupt(format!("a computation ended early: {error}")))
}
