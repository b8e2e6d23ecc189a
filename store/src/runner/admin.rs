//! Background jobs for admins: counting and listing them, retrying and cancelling them.

use std::collections::HashMap;

use domain::{Actor, Instant, JobId, Refusal, policy::admin::ManageJobs};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{Trigger, standard};
use crate::{
    Channel, Store, StoreError,
    admin::{PAGE, may},
    audit,
    entities::job,
    jobs::{self, JobState},
    write::{Tx, verb},
};

/// A job in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// ID of the job.
    pub id: JobId,
    /// The kind of work, such as `reminder_day`.
    pub kind: String,
    /// Its state.
    pub state: JobState,
    /// Number of attempts in a row without success.
    pub attempts: u32,
    /// Number of records that are finished. `None` for jobs that don't count them.
    pub done: Option<u32>,
    /// Number of records to do, if it is known.
    pub total: Option<u32>,
    /// The error of the last attempt. Empty if it succeeded.
    pub last_error: String,
    /// When it runs next. `None` when it has ended.
    pub due_at: Option<Instant>,
    /// When it last began to run.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// Whether it can be retried: it waits or has failed.
    pub can_retry: bool,
    /// Whether it can be cancelled: it hasn't ended, and isn't a job that is always there.
    pub can_cancel: bool,
}

fn job_row(row: job::Model) -> Result<JobRow, StoreError> {
    let corrupt = || StoreError::Corrupt(format!("job {}: unknown state", row.id));
    let state = JobState::of(&row.state).ok_or_else(corrupt)?;
    let number = |n: i32| u32::try_from(n).unwrap_or(0);
    Ok(JobRow {
        id: JobId(row.id),
        state,
        attempts: number(row.attempts),
        done: row.progress.map(number),
        total: row.total.map(number),
        last_error: row.last_error,
        due_at: row.due_at,
        started_at: row.started_at,
        finished_at: row.finished_at,
        can_retry: waits(state),
        can_cancel: (waits(state) || state == JobState::Running) && !is_recurring(&row.kind),
        kind: row.kind,
    })
}

/// Whether a job in this state can be retried. No worker has it then.
fn waits(state: JobState) -> bool {
    matches!(state, JobState::Pending | JobState::Failed)
}

/// Whether there is always a job of this kind. A new one would take the place of a cancelled one at once.
fn is_recurring(kind: &str) -> bool {
    standard().iter().any(|known| known.name == kind && matches!(known.trigger, Trigger::Recurring))
}

/// Number of jobs in each state that has any.
///
/// # Errors
/// `Refused` when the actor may not manage jobs.
pub async fn counts(store: &Store, actor: &Actor) -> Result<HashMap<JobState, u64>, StoreError> {
    let _permit = may(actor, ManageJobs)?;
    let rows: Vec<(String, i64)> = job::Entity::find()
        .select_only()
        .column(job::Column::State)
        .column_as(job::Column::Id.count(), "jobs")
        .group_by(job::Column::State)
        .into_tuple()
        .all(store.db())
        .await?;
    let counted = |(state, count): (String, i64)| Some((JobState::of(&state)?, u64::try_from(count).ok()?));
    Ok(rows.into_iter().filter_map(counted).collect())
}

/// A page of jobs in a state, and whether there are more. Jobs that have ended come latest first, and the others
/// in the order in which they are due. Pages count from 0.
///
/// # Errors
/// `Refused` when the actor may not manage jobs.
pub async fn rows(
    store: &Store,
    actor: &Actor,
    state: JobState,
    page: u32,
) -> Result<(Vec<JobRow>, bool), StoreError> {
    let _permit = may(actor, ManageJobs)?;
    let mut rows = job::Entity::find()
        .filter(job::Column::State.eq(state.name()))
        .order_by_desc(job::Column::FinishedAt)
        .order_by_asc(job::Column::DueAt)
        .order_by_asc(job::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    Ok((rows.into_iter().map(job_row).collect::<Result<_, _>>()?, more))
}

async fn lock(tx: &Tx, id: JobId) -> Result<job::Model, StoreError> {
    let row = job::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    row.ok_or(StoreError::NotFound)
}

/// Makes a job run now that waits or has failed. Its attempts are counted from the beginning.
///
/// # Errors
/// `Refused` when the actor may not manage jobs, `Refused(JobStarted)` when the job is running or has ended, and
/// `NotFound` when it was deleted.
pub async fn retry(store: &Store, actor: &Actor, id: JobId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = may(actor, ManageJobs)?;
        let row = lock(tx, id).await?;
        if !JobState::of(&row.state).is_some_and(waits) {
            return Err(Refusal::JobStarted.into());
        }
        let mut row = row.into_active_model();
        row.state = Set(JobState::Pending.name().to_owned());
        row.due_at = Set(Some(tx.now()));
        row.attempts = Set(0);
        row.update(tx.db()).await?;
        tx.wake(Channel::Jobs);
        audit::record(tx, &permit, "job.retry", id.0).await
    })
}

/// Cancels a job that hasn't ended. If it is running, it saves nothing more, and its worker stops within about a
/// second. A record that is still due gets a new job after a day.
///
/// # Errors
/// `Refused` when the actor may not manage jobs, `Refused(JobEnded)` when the job has ended,
/// `Refused(JobRecurs)` when there is always a job of its kind, and `NotFound` when it was deleted.
pub async fn cancel(store: &Store, actor: &Actor, id: JobId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = may(actor, ManageJobs)?;
        let row = lock(tx, id).await?;
        if is_recurring(&row.kind) {
            return Err(Refusal::JobRecurs.into());
        }
        if row.finished_at.is_some() || !jobs::cancel(tx, &row.kind, &row.key).await? {
            return Err(Refusal::JobEnded.into());
        }
        audit::record(tx, &permit, "job.cancel", id.0).await
    })
}
