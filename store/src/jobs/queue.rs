//! Queueing, claiming and finishing jobs.

use chrono::Duration;
use domain::{Instant, JobId};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{LockBehavior, LockType, OnConflict},
};
use serde_json::Value;

use super::{Job, JobState, MAX_PAYLOAD, NewJob, Next, Progress, Stop};
use crate::{Channel, Store, StoreError, entities::job, secrets::new_id, write::Tx};

/// How long a claimed job belongs to its worker. The worker renews it while the job runs.
pub const LEASE: Duration = Duration::minutes(2);
/// How many times in a row a job is tried before an admin has to look.
const MAX_ATTEMPTS: i32 = 10;
/// How long a job waits that couldn't be tried, because the database was unavailable or busy.
const UNTRIED_WAIT: Duration = Duration::seconds(10);
/// When a failed job is tried again although no admin has looked: its cause may be gone.
const FAILED_WAIT: Duration = Duration::days(1);
/// The error of a job whose worker crashed.
const CRASHED: &str = "the server was stopped while the job was running";
/// Maximum length of a stored error, in characters.
const MAX_ERROR: usize = 500;

/// Queues a job. If the same job waits already, the earlier of both times counts. If it is running, it runs
/// again afterwards, because it may have missed what this verb changes.
pub(crate) async fn enqueue(tx: &Tx, new: NewJob) -> Result<(), StoreError> {
    tx.wake(Channel::Jobs);
    let open = job::Entity::find()
        .filter(job::Column::Kind.eq(new.kind))
        .filter(job::Column::Key.eq(&new.key))
        .filter(job::Column::FinishedAt.is_null())
        .lock_exclusive()
        .one(tx.db())
        .await?;
    let Some(open) = open else {
        row(tx, new)?.insert(tx.db()).await?;
        return Ok(());
    };
    let running = open.state == JobState::Running.name();
    let waits_until = open.due_at.filter(|_| open.state == JobState::Pending.name());
    let mut open = open.into_active_model();
    if running {
        open.run_again = Set(true);
    } else {
        open.state = Set(JobState::Pending.name().to_owned());
        open.due_at = Set(Some(waits_until.map_or(new.due_at, |due| due.min(new.due_at))));
        open.payload = Set(payload_text(&new.payload)?);
    }
    open.update(tx.db()).await?;
    Ok(())
}

/// Queues jobs that aren't queued yet. Unfinished jobs with the same key stay as they are.
pub(crate) async fn enqueue_new(tx: &Tx, new: Vec<NewJob>) -> Result<(), StoreError> {
    tx.wake(Channel::Jobs);
    let rows = new.into_iter().map(|new| row(tx, new)).collect::<Result<Vec<_>, _>>()?;
    let keep = OnConflict::new().do_nothing().to_owned();
    job::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(tx.db()).await?;
    Ok(())
}

fn row(tx: &Tx, new: NewJob) -> Result<job::ActiveModel, StoreError> {
    Ok(job::ActiveModel {
        id: Set(new_id()),
        kind: Set(new.kind.to_owned()),
        key: Set(new.key),
        subject_id: Set(new.subject),
        payload: Set(payload_text(&new.payload)?),
        state: Set(JobState::Pending.name().to_owned()),
        due_at: Set(Some(new.due_at)),
        attempts: Set(0),
        claims: Set(0),
        run_again: Set(false),
        progress: Set(None),
        total: Set(None),
        last_error: Set(String::new()),
        created_at: Set(tx.now()),
        started_at: Set(None),
        finished_at: Set(None),
    })
}

fn payload_text(payload: &Value) -> Result<String, StoreError> {
    let text = payload.to_string();
    if text.len() > MAX_PAYLOAD {
        return Err(StoreError::Corrupt(format!("a job's payload has {} bytes", text.len())));
    }
    Ok(text)
}

/// Whether a job of these kinds is due. A read only, so that idle workers don't write.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn is_due(store: &Store, kinds: &[&'static str]) -> Result<bool, StoreError> {
    Ok(next_due(store, kinds).await?.is_some_and(|due| due <= store.now()))
}

/// When the next job of these kinds is due.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn next_due(store: &Store, kinds: &[&'static str]) -> Result<Option<Instant>, StoreError> {
    let next = job::Entity::find()
        .filter(job::Column::Kind.is_in(kinds.iter().copied()))
        .filter(job::Column::DueAt.is_not_null())
        .order_by_asc(job::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(next.and_then(|row| row.due_at))
}

/// Claims up to `max` due jobs of these kinds. Two processes on one PostgreSQL database never claim the same
/// job.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn claim(store: &Store, kinds: &[&'static str], max: u64) -> Result<Vec<Job>, StoreError> {
    let args = (kinds.to_vec(), max);
    store.write(args, |tx, (kinds, max)| Box::pin(claim_in(tx, kinds, *max))).await
}

async fn claim_in(tx: &Tx, kinds: &[&'static str], max: u64) -> Result<Vec<Job>, StoreError> {
    let now = tx.now();
    let rows = job::Entity::find()
        .filter(job::Column::Kind.is_in(kinds.iter().copied()))
        // For a running job, due means that its lease has ended. For a failed one, that it gets another chance.
        .filter(job::Column::DueAt.lte(now))
        .order_by_asc(job::Column::DueAt)
        .order_by_asc(job::Column::Id)
        .limit(max)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx.db())
        .await?;
    let mut jobs = Vec::with_capacity(rows.len());
    for row in rows {
        let job = Job {
            id: JobId(row.id),
            kind: row.kind.clone(),
            subject: row.subject_id,
            payload: serde_json::from_str(&row.payload).unwrap_or(Value::Null),
            attempts: u32::try_from(row.attempts + 1).unwrap_or(1),
            stop: Stop::default(),
            progress: Progress::default(),
            claim: row.claims + 1,
        };
        let crashed = row.state == JobState::Running.name();
        if crashed && row.attempts >= MAX_ATTEMPTS {
            // It may be what stops the server.
            let mut row = row.into_active_model();
            row.state = Set(JobState::Failed.name().to_owned());
            row.due_at = Set(Some(now + FAILED_WAIT));
            row.last_error = Set(CRASHED.to_owned());
            row.update(tx.db()).await?;
            continue;
        }
        let mut row = row.into_active_model();
        row.state = Set(JobState::Running.name().to_owned());
        row.due_at = Set(Some(now + LEASE));
        row.attempts = Set(i32::try_from(job.attempts).unwrap_or(i32::MAX));
        row.claims = Set(job.claim);
        row.started_at = Set(Some(now));
        if crashed {
            row.last_error = Set(CRASHED.to_owned());
        }
        row.update(tx.db()).await?;
        jobs.push(job);
    }
    Ok(jobs)
}

/// Changes a job if this worker still has it. Returns whether it does.
async fn update(tx: &Tx, job: &Job, change: job::ActiveModel) -> Result<bool, StoreError> {
    let changed = job::Entity::update_many()
        .set(change)
        .filter(job::Column::Id.eq(job.id.0))
        .filter(job::Column::State.eq(JobState::Running.name()))
        .filter(job::Column::Claims.eq(job.claim))
        .exec(tx.db())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Whether this worker still has the job. It doesn't after a cancellation, or when its lease has ended and another
/// worker has claimed the job.
pub(crate) async fn is_held(store: &Store, job: &Job) -> Result<bool, StoreError> {
    let row = job::Entity::find_by_id(job.id.0).one(store.db()).await?;
    Ok(row.is_some_and(|row| row.state == JobState::Running.name() && row.claims == job.claim))
}

/// Cancels the unfinished job of this kind with this key. Returns whether there was one. If it is running, its
/// worker notices within about a second, and from now on it can save nothing.
///
/// The caller has checked who may do this: the policy of a feature knows who started its work.
pub(crate) async fn cancel(tx: &Tx, kind: &str, key: &str) -> Result<bool, StoreError> {
    let cancelled = job::ActiveModel {
        state: Set(JobState::Cancelled.name().to_owned()),
        due_at: Set(None),
        finished_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let changed = job::Entity::update_many()
        .set(cancelled)
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Key.eq(key))
        .filter(job::Column::FinishedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Stores what a computation has reported since it began.
fn with_progress(job: &Job, change: job::ActiveModel) -> job::ActiveModel {
    match job.progress.latest() {
        Some((done, total)) => {
            job::ActiveModel { progress: Set(Some(done)), total: Set(Some(total)), ..change }
        }
        None => change,
    }
}

/// Renews the lease and stores the progress of a computation. Returns `false` if the job belongs to another worker
/// by now, or to nobody.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn renew(store: &Store, job: &Job) -> Result<bool, StoreError> {
    store
        .write(job.clone(), |tx, job| {
            Box::pin(async move {
                let due_at = Set(Some(tx.now() + LEASE));
                let change = job::ActiveModel { due_at, ..Default::default() };
                update(tx, job, with_progress(job, change)).await
            })
        })
        .await
}

/// Gives jobs back that this process won't finish, because it is stopping. This doesn't count as an attempt.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn release(store: &Store, jobs: Vec<Job>) -> Result<(), StoreError> {
    store
        .write(jobs, |tx, jobs| {
            Box::pin(async move {
                for job in jobs {
                    let attempts = i32::try_from(job.attempts).unwrap_or(i32::MAX) - 1;
                    update(tx, job, job::ActiveModel { attempts: Set(attempts), ..pending(tx.now()) })
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

fn pending(due_at: Instant) -> job::ActiveModel {
    job::ActiveModel {
        state: Set(JobState::Pending.name().to_owned()),
        due_at: Set(Some(due_at)),
        ..Default::default()
    }
}

/// Keeps a job's position in the transaction of a batch, so that no batch runs twice. Fails when the job was
/// cancelled or another worker has it by now. Then the caller's transaction is rolled back, with all that it saved.
pub(crate) async fn checkpoint(
    tx: &Tx,
    job: &Job,
    payload: &Value,
    progress: u64,
    total: Option<u64>,
) -> Result<(), StoreError> {
    let count = |n: u64| i32::try_from(n).unwrap_or(i32::MAX);
    let change = job::ActiveModel {
        payload: Set(payload_text(payload)?),
        progress: Set(Some(count(progress))),
        total: Set(total.map(count)),
        ..Default::default()
    };
    if update(tx, job, change).await? { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Records that a run of a job succeeded.
pub(crate) async fn finish(store: &Store, job: &Job, next: Next) -> Result<(), StoreError> {
    store.write((job.clone(), next), |tx, (job, next)| Box::pin(finish_in(tx, job, *next))).await
}

async fn finish_in(tx: &Tx, job: &Job, next: Next) -> Result<(), StoreError> {
    let row = job::Entity::find_by_id(job.id.0).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.claims == job.claim) else { return Ok(()) };
    let now = tx.now();
    let change = match next {
        Next::More => pending(now),
        _ if row.run_again => pending(now),
        Next::At(at) => pending(at),
        Next::Done => job::ActiveModel {
            state: Set(JobState::Done.name().to_owned()),
            due_at: Set(None),
            finished_at: Set(Some(now)),
            ..Default::default()
        },
    };
    let change = job::ActiveModel {
        attempts: Set(0),
        // The batches that were done may have missed a change, so the job starts again after its last batch.
        run_again: Set(row.run_again && next == Next::More),
        last_error: Set(String::new()),
        ..change
    };
    update(tx, job, with_progress(job, change)).await?;
    Ok(())
}

/// Records that a run of a job failed, and plans the next attempt.
pub(crate) async fn fail(store: &Store, job: &Job, error: &StoreError) -> Result<(), StoreError> {
    store.write((job.clone(), error.clone()), |tx, (job, error)| Box::pin(fail_in(tx, job, error))).await
}

async fn fail_in(tx: &Tx, job: &Job, error: &StoreError) -> Result<(), StoreError> {
    let attempts = i32::try_from(job.attempts).unwrap_or(i32::MAX);
    let untried = matches!(error, StoreError::Unavailable(_) | StoreError::Conflict(_));
    let mut change = if untried {
        job::ActiveModel { attempts: Set(attempts - 1), ..pending(tx.now() + UNTRIED_WAIT) }
    } else if attempts < MAX_ATTEMPTS {
        pending(tx.now() + backoff(attempts))
    } else {
        let state = Set(JobState::Failed.name().to_owned());
        job::ActiveModel { state, ..pending(tx.now() + FAILED_WAIT) }
    };
    change.last_error = Set(error.to_string().chars().take(MAX_ERROR).collect());
    update(tx, job, change).await?;
    Ok(())
}

/// Wait after a number of failed attempts: 10 seconds, doubled each time up to an hour.
fn backoff(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(9);
    Duration::seconds(10 << doublings).min(Duration::hours(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_wait_longer_each_time() {
        let seconds: Vec<_> = [1, 2, 3, 9, 10, 50].iter().map(|n| backoff(*n).num_seconds()).collect();
        assert_eq!(seconds, [10, 20, 40, 2560, 3600, 3600]);
    }
}
