//! SQLite's only writer. Waiting verbs are committed together, with a savepoint for each.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::{RERUNS, Run, RunOutcome, note, run_in};
use crate::{
    Clock, StoreError,
    channels::{Channels, Wakes},
    connect::{OpenError, Purpose, pool},
};

/// The most verbs in one commit.
const MAX_GROUP: usize = 64;
/// The most verbs that can wait. Beyond that, callers wait until the queue has room.
const MAX_WAITING: usize = 1024;

/// A verb and the clock that it runs by.
#[derive(Clone)]
struct Queued {
    run: Arc<Run>,
    clock: Clock,
}

/// A waiting verb and the channel to its caller.
struct Job {
    verb: Queued,
    done: oneshot::Sender<Result<(), StoreError>>,
}

/// A message to the writer task.
enum Message {
    Run(Job),
    Scrub(oneshot::Sender<Result<(), StoreError>>),
    Close(oneshot::Sender<()>),
}

/// Opens the writing connection.
async fn connect(url: &str) -> Result<DatabaseConnection, OpenError> {
    let mut connection = pool(url, Purpose::Write).await?;
    connection.set_metric_callback(|statement| note(&statement.statement.sql));
    Ok(connection)
}

/// A handle to the writer task.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::Sender<Message>);

impl Writer {
    /// Opens the writing connection and starts the task that owns it.
    pub(crate) async fn open(url: &str, channels: Channels) -> Result<Self, OpenError> {
        let connection = connect(url).await?;
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        let task = Task { url: url.to_owned(), connection, channels };
        tokio::spawn(task.work(receiver));
        Ok(Self(sender))
    }

    /// Runs a verb in the next group. Once it is queued, it runs even if its caller goes away.
    pub(crate) async fn run(&self, run: Arc<Run>, clock: Clock) -> Result<(), StoreError> {
        let closed = || StoreError::Unavailable("the store is closed".into());
        let (done, outcome) = oneshot::channel();
        self.0.send(Message::Run(Job { verb: Queued { run, clock }, done })).await.map_err(|_| closed())?;
        outcome.await.map_err(|_| closed())?
    }

    /// Rewrites the database file without the bytes of deleted rows.
    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        let closed = || StoreError::Unavailable("the store is closed".into());
        let (done, outcome) = oneshot::channel();
        self.0.send(Message::Scrub(done)).await.map_err(|_| closed())?;
        outcome.await.map_err(|_| closed())?
    }

    /// Finishes the waiting verbs and closes the file.
    pub(crate) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.0.send(Message::Close(done)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

struct Task {
    url: String,
    connection: DatabaseConnection,
    channels: Channels,
}

impl Task {
    async fn work(mut self, mut queue: mpsc::Receiver<Message>) {
        while let Some(message) = queue.recv().await {
            let mut group = Vec::new();
            let mut close = None;
            let mut scrub = None;
            let mut next = Some(message);
            while let Some(message) = next.take() {
                match message {
                    Message::Run(job) => group.push(job),
                    Message::Scrub(done) => scrub = Some(done),
                    Message::Close(done) => close = Some(done),
                }
                if group.len() < MAX_GROUP && close.is_none() && scrub.is_none() {
                    next = queue.try_recv().ok();
                }
            }
            self.serve(group).await;
            if let Some(done) = scrub {
                let _ = done.send(self.rewrite().await);
            }
            if let Some(done) = close {
                let _ = self.connection.close_by_ref().await;
                let _ = done.send(());
                return;
            }
        }
    }

    /// Runs between transactions and removes old pages from the file and its log. If a reader is using the log,
    /// the log is cleaned by a later call.
    async fn rewrite(&self) -> Result<(), StoreError> {
        self.connection.execute_unprepared("VACUUM").await?;
        self.connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        Ok(())
    }

    /// Commits the whole group at once. If anything fails, runs each verb in a transaction of its own.
    async fn serve(&mut self, group: Vec<Job>) {
        if group.is_empty() {
            return;
        }
        let verbs: Vec<_> = group.iter().map(|job| job.verb.clone()).collect();
        if let Ok(outcomes) = self.commit(&verbs).await {
            for (job, outcome) in group.into_iter().zip(outcomes) {
                let _ = job.done.send(outcome);
            }
            return;
        }
        for job in group {
            let outcome = self.single(&job.verb).await;
            let _ = job.done.send(outcome);
        }
    }

    async fn single(&mut self, verb: &Queued) -> Result<(), StoreError> {
        let mut rerun = 0;
        loop {
            self.reopen().await?;
            match self.commit(std::slice::from_ref(verb)).await {
                Ok(mut outcomes) => return outcomes.pop().unwrap_or(Ok(())),
                Err(StoreError::Conflict(_)) if rerun < RERUNS => rerun += 1,
                Err(error) => {
                    // Start the next verb on a fresh connection.
                    self.reopen().await?;
                    return Err(error);
                }
            }
        }
    }

    /// Runs verbs in one transaction. `Ok` has one outcome for each verb, valid because the outer commit
    /// succeeded. `Err` means that nothing was committed and the connection must be replaced.
    async fn commit(&self, verbs: &[Queued]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let outer = self.begin().await?;
        if let [verb] = verbs {
            return self.commit_one(outer, verb).await;
        }
        let mut outcomes = Vec::with_capacity(verbs.len());
        let woken = Wakes::default();
        for verb in verbs {
            let savepoint = outer.begin().await?;
            match run_in(savepoint, &verb.clock, &*verb.run).await {
                RunOutcome::Committed(wakes) => {
                    woken.merge(&wakes);
                    outcomes.push(Ok(()));
                }
                RunOutcome::Expected(error) => outcomes.push(Err(error)),
                RunOutcome::Failed(error, _) => return Err(error),
            }
        }
        let committed = outer.commit().await;
        self.channels.revise(&woken);
        committed?;
        self.channels.wake_all(&woken);
        Ok(outcomes)
    }

    /// Runs one verb in the transaction, which needs no savepoint then.
    async fn commit_one(
        &self,
        transaction: DatabaseTransaction,
        verb: &Queued,
    ) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        match run_in(transaction, &verb.clock, &*verb.run).await {
            RunOutcome::Committed(wakes) => {
                self.channels.revise(&wakes);
                self.channels.wake_all(&wakes);
                Ok(vec![Ok(())])
            }
            RunOutcome::Expected(error) => Ok(vec![Err(error)]),
            RunOutcome::Failed(error, wakes) => {
                self.channels.revise(&wakes);
                Err(error)
            }
        }
    }

    /// Takes the write lock at once. A transaction that begins with a read would fail with BUSY at its first
    /// write instead of waiting.
    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.connection.begin_with_options(options).await
    }

    /// Replaces the connection. After a full disk or an I/O error SQLite has rolled back everything, while the
    /// library still counts its savepoints as open.
    async fn reopen(&mut self) -> Result<(), StoreError> {
        let _ = self.connection.close_by_ref().await;
        self.connection =
            connect(&self.url).await.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(())
    }
}
