//! How a job is doing, for the page of the person who started it.

use domain::Instant;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::JobState;
use crate::{Store, StoreError, entities::job};

/// How a job is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    /// Its state.
    pub state: JobState,
    /// Number of steps that are finished. `None` before the first report.
    pub done: Option<u32>,
    /// Number of steps to do, if it is known.
    pub total: Option<u32>,
    /// Number of attempts in a row without success.
    pub attempts: u32,
    /// The error of the last attempt, for admins. Empty if it succeeded.
    pub last_error: String,
    /// When it last began to run.
    pub started_at: Option<Instant>,
}

/// How the newest job of this kind with this key is doing. `None` if there never was one, or if it ended more than
/// a day ago. The caller has checked that its reader may know.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn status(store: &Store, kind: &str, key: &str) -> Result<Option<JobStatus>, StoreError> {
    let row = job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Key.eq(key))
        .order_by_desc(job::Column::Id)
        .one(store.db())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || StoreError::Corrupt(format!("job {}: unknown state", row.id));
    let number = |n: i32| u32::try_from(n).unwrap_or(0);
    Ok(Some(JobStatus {
        state: JobState::of(&row.state).ok_or_else(corrupt)?,
        done: row.progress.map(number),
        total: row.total.map(number),
        attempts: number(row.attempts),
        last_error: row.last_error,
        started_at: row.started_at,
    }))
}
