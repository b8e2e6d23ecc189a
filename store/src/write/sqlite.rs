//! SQLite's one writer: verbs that wait are committed together, a savepoint each.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{RERUNS, Ran, Run, run_in};
use crate::{
    Clock, StoreError,
    connect::{OpenError, Purpose, pool},
};

/// The most verbs in one commit.
const GROUP: usize = 64;
/// The most verbs that wait before a caller waits for its turn to wait.
const QUEUE: usize = 1024;

/// A verb, and by which clock it runs.
#[derive(Clone)]
struct Queued {
    run: Arc<Run>,
    clock: Clock,
}

/// A verb that waits, and who waits for it.
struct Job {
    verb: Queued,
    done: oneshot::Sender<Result<(), StoreError>>,
}

/// What the writer is told.
enum Message {
    Run(Job),
    Scrub(oneshot::Sender<Result<(), StoreError>>),
    Close(oneshot::Sender<()>),
}

/// The way to the writing task.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::Sender<Message>);

impl Writer {
    /// Opens the writing connection and starts the task that owns it.
    pub(crate) async fn open(url: &str, emails_queued: Arc<Notify>) -> Result<Self, OpenError> {
        let connection = pool(url, Purpose::Write).await?;
        let (sender, receiver) = mpsc::channel(QUEUE);
        let task = Task { url: url.to_owned(), connection, emails_queued };
        tokio::spawn(task.work(receiver));
        Ok(Self(sender))
    }

    /// Runs a verb in the next group. Once it is queued, it runs whether or not its caller stays.
    pub(crate) async fn run(&self, run: Arc<Run>, clock: Clock) -> Result<(), StoreError> {
        let gone = || StoreError::Unavailable("the store is closed".into());
        let (done, answer) = oneshot::channel();
        self.0.send(Message::Run(Job { verb: Queued { run, clock }, done })).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Writes the whole file anew, without the bytes of what was deleted.
    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        let gone = || StoreError::Unavailable("the store is closed".into());
        let (done, answer) = oneshot::channel();
        self.0.send(Message::Scrub(done)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Finishes what waits and closes the file.
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
    emails_queued: Arc<Notify>,
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
                if group.len() < GROUP && close.is_none() && scrub.is_none() {
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

    /// Between transactions: old pages go from the file and from its log. A reader that keeps the log in use
    /// leaves it for the next time.
    async fn rewrite(&self) -> Result<(), StoreError> {
        self.connection.execute_unprepared("VACUUM").await?;
        self.connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        Ok(())
    }

    /// One durable commit for the whole group; when anything goes wrong, each verb on its own.
    async fn serve(&mut self, group: Vec<Job>) {
        if group.is_empty() {
            return;
        }
        let verbs: Vec<_> = group.iter().map(|job| job.verb.clone()).collect();
        if let Ok(answers) = self.commit(&verbs).await {
            for (job, answer) in group.into_iter().zip(answers) {
                let _ = job.done.send(answer);
            }
            return;
        }
        for job in group {
            let answer = self.single(&job.verb).await;
            let _ = job.done.send(answer);
        }
    }

    async fn single(&mut self, verb: &Queued) -> Result<(), StoreError> {
        let mut rerun = 0;
        loop {
            self.reopen().await?;
            match self.commit(std::slice::from_ref(verb)).await {
                Ok(mut answers) => return answers.pop().unwrap_or(Ok(())),
                Err(StoreError::Conflict(_)) if rerun < RERUNS => rerun += 1,
                Err(fault) => {
                    // The next verb must not find this one's ruins.
                    self.reopen().await?;
                    return Err(fault);
                }
            }
        }
    }

    /// Runs verbs in one transaction. `Ok` has an answer for each, given only after the outer commit;
    /// `Err` means that nothing stands and the connection is not to be trusted.
    async fn commit(&self, verbs: &[Queued]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let outer = self.begin().await?;
        let mut answers = Vec::with_capacity(verbs.len());
        let mut emails = false;
        for verb in verbs {
            let savepoint = outer.begin().await?;
            match run_in(savepoint, &verb.clock, &*verb.run).await {
                Ran::Done(emails_queued) => {
                    emails |= emails_queued;
                    answers.push(Ok(()));
                }
                Ran::Answered(fault) => answers.push(Err(fault)),
                Ran::Trouble(fault) => return Err(fault),
            }
        }
        outer.commit().await?;
        if emails {
            self.emails_queued.notify_one();
        }
        Ok(answers)
    }

    /// Takes the write lock at once: a read that turns into a write would fail instead of waiting.
    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.connection.begin_with_options(options).await
    }

    /// Throws the connection away: after a full disk or an I/O error SQLite has rolled back all, while
    /// the library still believes in its savepoints.
    async fn reopen(&mut self) -> Result<(), StoreError> {
        let _ = self.connection.close_by_ref().await;
        self.connection = pool(&self.url, Purpose::Write)
            .await
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(())
    }
}
