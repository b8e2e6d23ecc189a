//! Whether this process should be sent requests.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use tokio::{sync::Mutex, time::timeout};

/// How long the result of a successful check is reused, so that frequent checks cost nothing.
const REUSE_READY: Duration = Duration::from_secs(10);
/// How long the result of a failed check is reused. It is shorter, so that recovery shows soon.
const REUSE_NOT_READY: Duration = Duration::from_secs(2);
/// How long the check may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Whether this process should be sent requests.
#[derive(Debug, Default)]
pub struct Readiness {
    is_stopping: AtomicBool,
    /// The last result and its time. The lock makes concurrent requests share one check.
    last: Mutex<Option<(Instant, bool)>>,
}

impl Readiness {
    /// From now on, `/readyz` reports that the server is stopping.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// The result of the last check, or of `probe` if that is too long ago.
    pub(crate) async fn check(&self, probe: impl Future<Output = Result<(), String>>) -> bool {
        let mut last = self.last.lock().await;
        if let Some((at, is_ready)) = *last
            && at.elapsed() < if is_ready { REUSE_READY } else { REUSE_NOT_READY }
        {
            return is_ready;
        }
        let is_ready = match timeout(TIMEOUT, probe).await {
            Ok(Ok(())) => true,
            Ok(Err(cause)) => {
                tracing::warn!(cause, "not ready");
                false
            }
            Err(_) => {
                tracing::warn!("not ready: the database takes too long");
                false
            }
        };
        *last = Some((Instant::now(), is_ready));
        is_ready
    }
}
