//! Long computations of a job, on threads where they hold nobody up.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use serde::Serialize;

use crate::{StoreError, secrets};

/// A flag that is set when the server is stopping, or when the job was cancelled. All clones share it.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks everyone with a clone to stop.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether to stop. What was computed so far is thrown away.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How far a computation has come. All clones share it. The worker stores it once a second, so a computation may
/// report as often as it likes.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Reports that `done` of `total` steps are finished.
    pub fn report(&self, done: u32, total: u32) {
        self.0.store(u64::from(done) << 32 | u64::from(total), Ordering::Relaxed);
    }

    /// The last report, as `(done, total)`. `None` before the first one.
    pub(crate) fn latest(&self) -> Option<(i32, i32)> {
        let both = self.0.load(Ordering::Relaxed);
        let column = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
        (both > 0).then(|| (column(both >> 32), column(both & u64::from(u32::MAX))))
    }
}

/// The hash of what a computation reads. It is compared again before the result is saved.
///
/// # Errors
/// `Corrupt` for an input that has no JSON.
pub fn input_hash(input: &impl Serialize) -> Result<String, StoreError> {
    Ok(secrets::hex_hash(&serde_json::to_string(input)?))
}

/// Runs a long computation outside of any transaction, on a thread for blocking work. A computation of more
/// than a few seconds looks at the job's [`Stop`] now and then, because a stopping server waits for it and a
/// cancelled job should free its thread.
///
/// # Errors
/// `Corrupt` when the computation panics.
pub async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Corrupt(format!("a computation ended early: {error}")))
}
