//! Runs the store's chores: tasks that become due as time passes, such as reminders and expired offers.

use std::time::Duration;

use store::Store;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// The longest sleep. A task that was just scheduled starts late by at most this.
const MAX_SLEEP: Duration = Duration::from_secs(10);
/// The shortest sleep, so that a chore that is always due doesn't become a busy loop.
const MIN_SLEEP: Duration = Duration::from_millis(200);

/// Runs the chores until `stop` is cancelled.
pub(crate) async fn run(store: Store, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let pause = match store::chores::run(&store).await {
            Ok(next) => next.map_or(MAX_SLEEP, |at| (at - store.now()).to_std().unwrap_or_default()),
            Err(error) => {
                tracing::error!(?error, "a background task failed");
                MAX_SLEEP
            }
        };
        tokio::select! {
            () = sleep(pause.clamp(MIN_SLEEP, MAX_SLEEP)) => {}
            () = stop.cancelled() => {}
        }
    }
}
