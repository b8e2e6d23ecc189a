//! Background jobs. A verb queues a job inside its transaction, or [`crate::runner`] queues it when a record is
//! due. A worker claims it, runs its handler and records how it went.
//!
//! A job runs at least once: if its process crashes, its lease ends and another worker claims it. So a handler
//! works in small batches, each in a verb of its own that checks again behind its lock what is still to do.
//! Between two batches the verbs of members get their turn.

mod compute;
mod prune;
mod queue;
mod status;
#[cfg(test)]
mod tests;

use domain::{Instant, JobId};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::SelectStatement,
};
use serde_json::Value;
use uuid::Uuid;

pub use compute::{Progress, Stop, compute, input_hash};
pub(crate) use prune::delete_batch;
pub use queue::{LEASE, claim, is_due, next_due, release, renew};
pub(crate) use queue::{cancel, checkpoint, enqueue, enqueue_new, fail, finish, is_held};
pub use status::{JobStatus, status};

use crate::entities::job;

/// The number of records that a job handles in one transaction.
pub(crate) const BATCH: u64 = 100;

/// Maximum size of a payload in bytes. A payload holds ids and a position. The data itself stays in its tables.
const MAX_PAYLOAD: usize = 4096;

/// The state of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Waits until it is due.
    Pending,
    /// A worker runs it now.
    Running,
    /// Failed too often. An admin looks.
    Failed,
    /// Finished.
    Done,
    /// Cancelled by an admin, or by the person who started it.
    Cancelled,
}

impl JobState {
    /// Every state, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Failed, Self::Running, Self::Pending, Self::Done, Self::Cancelled];

    /// Name in the database, in URLs and in message keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Failed => "failed",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A job to queue.
#[derive(Clone, Debug)]
pub(crate) struct NewJob {
    /// What kind of work it is: a name in the list of [`crate::runner`].
    pub(crate) kind: &'static str,
    /// Only one unfinished job of a kind has this key.
    pub(crate) key: String,
    /// The record that the job is about.
    pub(crate) subject: Option<Uuid>,
    /// What the handler needs to know, without names and addresses.
    pub(crate) payload: Value,
    /// When it runs.
    pub(crate) due_at: Instant,
}

impl NewJob {
    /// A job without a subject. There is at most one unfinished job of its kind.
    pub(crate) fn single(kind: &'static str, due_at: Instant) -> Self {
        Self { kind, key: String::new(), subject: None, payload: Value::Null, due_at }
    }

    /// A job about a record. There is at most one unfinished job of its kind for each record.
    pub(crate) fn about(kind: &'static str, subject: Uuid, due_at: Instant) -> Self {
        Self { kind, key: subject.to_string(), subject: Some(subject), payload: Value::Null, due_at }
    }
}

/// A job that this process has claimed.
#[derive(Clone, Debug)]
pub struct Job {
    /// ID of the job.
    pub id: JobId,
    /// The kind of work.
    pub kind: String,
    /// The record that the job is about, if it is about one.
    pub subject: Option<Uuid>,
    /// What the handler needs to know. A handler with several batches keeps its position here.
    pub payload: Value,
    /// Number of attempts in a row without success, including this one.
    pub attempts: u32,
    /// Set when the server is stopping or the job was cancelled. Long computations look at it and return early.
    pub stop: Stop,
    /// Where a long computation reports how far it has come.
    pub progress: Progress,
    /// Counts the claims of this job. Only the worker with the latest claim may write the result.
    claim: i32,
}

impl Job {
    /// The record that the job is about.
    ///
    /// # Errors
    /// `Corrupt` for a job that was queued without one.
    pub(crate) fn subject(&self) -> Result<Uuid, crate::StoreError> {
        self.subject.ok_or_else(|| crate::StoreError::Corrupt(format!("the job {} has no subject", self.id)))
    }
}

/// What follows after a handler has succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The job is finished.
    Done,
    /// There is another batch. It runs after other jobs that are due.
    More,
    /// The job runs again at this time.
    At(Instant),
}

/// Work of a kind that is due.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// Up to 100 records that have work to do now, without those that have a job already.
    pub subjects: Vec<Uuid>,
    /// When the next record is due, unless one is due now.
    pub next: Option<Instant>,
}

/// The records that have an unfinished job of a kind, or one that an admin cancelled lately. Whoever looks for
/// due records leaves these out.
pub(crate) fn taken(kind: &str) -> SelectStatement {
    job::Entity::find()
        .select_only()
        .column(job::Column::SubjectId)
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::SubjectId.is_not_null())
        .filter(job::Column::State.ne(JobState::Done.name()))
        .into_query()
}
