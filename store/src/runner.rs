//! Runs background jobs: the list of all kinds, what queues them when they are due, and how one is run.
//!
//! The server runs jobs in two lanes, each with workers of its own. What people wait for is in the first lane,
//! so a long job in the second delays no offer and no reminder.

pub mod admin;
mod kinds;
mod plan;

use std::{panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use domain::Instant;
use futures::FutureExt as _;

pub use kinds::standard;
pub use plan::plan;

use crate::{
    Store, StoreError,
    jobs::{self, Due, Job, Next},
};

/// How often a worker renews the lease of a job that it runs.
const RENEW_EVERY: Duration = Duration::from_secs(30);
/// How often a worker stores the progress of a job, and looks whether it was cancelled.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Which workers run a kind of job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Quick work that people wait for, such as offers and reminders.
    Prompt,
    /// Work that may take long.
    Long,
}

/// The future of a running handler.
pub type Running = Pin<Box<dyn Future<Output = Result<Next, StoreError>> + Send>>;

/// The future that looks for due work.
pub type Looking = Pin<Box<dyn Future<Output = Result<Due, StoreError>> + Send>>;

/// What queues the jobs of a kind.
#[derive(Clone)]
pub enum Trigger {
    /// A verb queues the job.
    Verb,
    /// One job that is always there and plans its own next run.
    Recurring,
    /// A job for each record that is due, found by this function.
    Due(Arc<dyn Fn(Store) -> Looking + Send + Sync>),
}

/// A kind of job.
#[derive(Clone)]
pub struct Kind {
    /// Its name in the database and in message keys.
    pub name: &'static str,
    /// Which workers run it.
    pub lane: Lane,
    /// What queues it.
    pub trigger: Trigger,
    /// Does the work. It runs again with the same job after an error or a crash.
    pub run: Arc<dyn Fn(Store, Job) -> Running + Send + Sync>,
}

impl Kind {
    /// A kind of job with a handler.
    pub fn new<F>(
        name: &'static str,
        lane: Lane,
        trigger: Trigger,
        run: impl Fn(Store, Job) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Next, StoreError>> + Send + 'static,
    {
        Self { name, lane, trigger, run: Arc::new(move |store, job| Box::pin(run(store, job))) }
    }
}

/// Runs a claimed job and records the result. While the handler works, the lease is renewed and its progress is
/// stored. If the job is cancelled or the lease is lost, the handler is dropped.
///
/// # Errors
/// The error of the handler, after it was recorded, or an error of the database.
pub async fn run(store: &Store, kind: &Kind, job: Job) -> Result<(), StoreError> {
    let handler = AssertUnwindSafe((kind.run)(store.clone(), job.clone())).catch_unwind();
    let result = tokio::select! {
        result = handler => result.unwrap_or_else(|panic| {
            Err(StoreError::Corrupt(format!("the job panicked: {}", crate::write::panic_text(&*panic))))
        }),
        () = hold(store, &job) => {
            // The handler is gone, but its computation may go on in another thread.
            job.stop.set();
            return Ok(());
        }
    };
    match result {
        Ok(next) => jobs::finish(store, &job, next).await,
        Err(error) => {
            jobs::fail(store, &job, &error).await?;
            Err(error)
        }
    }
}

/// Renews the lease of a running job and stores its progress. Returns when this worker has the job no longer.
async fn hold(store: &Store, job: &Job) {
    let (mut renewed_at, mut stored) = (tokio::time::Instant::now(), None);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let progress = job.progress.latest();
        let held = if progress != stored || renewed_at.elapsed() >= RENEW_EVERY {
            (renewed_at, stored) = (tokio::time::Instant::now(), progress);
            jobs::renew(store, job).await
        } else {
            jobs::is_held(store, job).await
        };
        // If the database doesn't answer, the lease goes on until it ends.
        if matches!(held, Ok(false)) {
            return;
        }
    }
}

/// Does everything that is due now, one kind after the other. For the command line and for tests. Returns when
/// the next work is due.
///
/// # Errors
/// The error of the first job that fails. The other jobs still run.
pub async fn run_due(store: &Store) -> Result<Option<Instant>, StoreError> {
    run_kinds(store, &standard()).await
}

/// Does everything of these kinds that is due now, in their order.
///
/// # Errors
/// The error of the first job that fails. The other jobs still run.
pub async fn run_kinds(store: &Store, kinds: &[Kind]) -> Result<Option<Instant>, StoreError> {
    let (mut next, mut failed) = (None::<Instant>, None);
    for kind in kinds {
        let one = std::slice::from_ref(kind);
        let planned = plan(store, one).await?;
        next = planned.into_iter().chain(next).min();
        while jobs::is_due(store, &[kind.name]).await? {
            let claimed = jobs::claim(store, &[kind.name], jobs::BATCH).await?;
            if claimed.is_empty() {
                break;
            }
            for job in claimed {
                if let Err(error) = run(store, kind, job).await {
                    failed.get_or_insert(error);
                }
            }
        }
    }
    let names: Vec<_> = kinds.iter().map(|kind| kind.name).collect();
    next = jobs::next_due(store, &names).await?.into_iter().chain(next).min();
    failed.map_or(Ok(next), Err)
}
