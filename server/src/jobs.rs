//! Runs background jobs, in two lanes with workers of their own. A job that takes a minute holds up one worker
//! of the second lane, and no offer and no reminder.

use std::{collections::HashMap, time::Duration};

use store::{
    Channel, Store, StoreError,
    jobs::{self, Job},
    runner::{self, Kind, Lane},
};
use tokio::{
    task::{Id, JoinError, JoinSet},
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

/// The number of jobs that run at the same time in each lane.
const WORKERS: usize = 2;
/// The longest sleep. Work that was just scheduled starts late by at most this.
const MAX_SLEEP: Duration = Duration::from_secs(10);
/// The shortest time between two looks for records that are due, so that a record that stays due doesn't make
/// a busy loop.
const PLAN_EVERY: Duration = Duration::from_millis(200);
/// How long a stopping server waits for running jobs. What isn't finished by then goes back to the queue.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// Runs the jobs of these kinds until `stop` is cancelled. Then it finishes the running batches, and returns
/// within ten seconds.
pub async fn run(store: Store, kinds: Vec<Kind>, stop: CancellationToken) {
    let lane = |lane: Lane| {
        let kinds = kinds.iter().filter(|kind| kind.lane == lane).cloned().collect();
        Workers::new(store.clone(), kinds, stop.clone()).run()
    };
    tokio::join!(lane(Lane::Prompt), lane(Lane::Long));
}

/// The workers of one lane.
struct Workers {
    store: Store,
    kinds: Vec<Kind>,
    names: Vec<&'static str>,
    running: JoinSet<()>,
    claimed: HashMap<Id, Job>,
    planned_at: Option<Instant>,
    /// When a record is due next, as the last plan found.
    next_plan: Option<domain::Instant>,
    stop: CancellationToken,
}

impl Workers {
    fn new(store: Store, kinds: Vec<Kind>, stop: CancellationToken) -> Self {
        let names = kinds.iter().map(|kind| kind.name).collect();
        let (running, claimed) = (JoinSet::new(), HashMap::new());
        Self { store, kinds, names, running, claimed, planned_at: None, next_plan: None, stop }
    }

    async fn run(mut self) {
        let mut queued = self.store.listen(Channel::Jobs);
        while !self.stop.is_cancelled() {
            // Before reading the queue, so that a job queued in between wakes this lane again.
            queued.mark_unchanged();
            let pause = match self.fill().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(?error, "the background jobs cannot be read");
                    MAX_SLEEP
                }
            };
            tokio::select! {
                Ok(()) = queued.changed() => {}
                () = sleep(pause) => {}
                Some(done) = self.running.join_next_with_id() => self.done(done),
                () = self.stop.cancelled() => {}
            }
        }
        self.finish().await;
    }

    /// Queues what is due and gives each idle worker a job. Returns how long to sleep.
    async fn fill(&mut self) -> Result<Duration, StoreError> {
        self.plan().await;
        if self.running.len() < WORKERS && jobs::is_due(&self.store, &self.names).await? {
            let idle = (WORKERS - self.running.len()) as u64;
            for job in jobs::claim(&self.store, &self.names, idle).await? {
                self.begin(job);
            }
        }
        if self.running.len() == WORKERS {
            // The end of a job ends this sleep.
            return Ok(MAX_SLEEP);
        }
        let next = jobs::next_due(&self.store, &self.names).await?.into_iter().chain(self.next_plan).min();
        let until = |at: domain::Instant| (at - self.store.now()).to_std().unwrap_or_default();
        Ok(next.map_or(MAX_SLEEP, until).clamp(PLAN_EVERY, MAX_SLEEP))
    }

    /// Queues a job for each record that is due.
    async fn plan(&mut self) {
        if self.planned_at.is_some_and(|at| at.elapsed() < PLAN_EVERY) {
            return;
        }
        self.planned_at = Some(Instant::now());
        match runner::plan(&self.store, &self.kinds).await {
            Ok(next) => self.next_plan = next,
            Err(error) => tracing::error!(?error, "could not look for work that is due"),
        }
    }

    fn begin(&mut self, job: Job) {
        let Some(kind) = self.kinds.iter().find(|kind| kind.name == job.kind).cloned() else { return };
        let store = self.store.clone();
        let running = job.clone();
        let handle = self.running.spawn(async move {
            let (id, attempts) = (running.id, running.attempts);
            if let Err(error) = runner::run(&store, &kind, running).await {
                tracing::error!(?error, kind = kind.name, %id, attempts, "a background job failed");
            }
        });
        self.claimed.insert(handle.id(), job);
    }

    fn done(&mut self, done: Result<(Id, ()), JoinError>) {
        // A handler that panics is caught inside. If its task ends in another way, the lease brings the job back.
        let id = done.map_or_else(|error| error.id(), |(id, ())| id);
        self.claimed.remove(&id);
    }

    /// Waits for the running batches, and gives the other jobs back.
    async fn finish(mut self) {
        self.claimed.values().for_each(|job| job.stop.set());
        let waiting = async {
            while let Some(done) = self.running.join_next_with_id().await {
                self.claimed.remove(&done.map_or_else(|error| error.id(), |(id, ())| id));
            }
        };
        if timeout(STOP_WITHIN, waiting).await.is_ok() {
            return;
        }
        self.running.shutdown().await;
        let unfinished = self.claimed.into_values().collect();
        if let Err(error) = jobs::release(&self.store, unfinished).await {
            tracing::error!(?error, "could not give unfinished jobs back");
        }
    }
}
