//! Runs the store's chores: what is due because time has passed, such as reminders and offers that expire.

use std::time::Duration;

use store::Store;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// The longest sleep: what a person has just planned for soon is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);
/// The shortest: a chore that is always due does not keep the machine busy.
const SHORTEST_SLEEP: Duration = Duration::from_millis(200);

/// Runs the chores until `stop` is cancelled.
pub(crate) async fn run(store: Store, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let nap = match store::chores::run(&store).await {
            Ok(next) => next.map_or(LONGEST_SLEEP, |at| (at - store.now()).to_std().unwrap_or_default()),
            Err(fault) => {
                tracing::error!(?fault, "a background task failed");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = sleep(nap.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)) => {}
            () = stop.cancelled() => {}
        }
    }
}
