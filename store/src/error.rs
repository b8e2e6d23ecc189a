//! Why a verb or a read failed.

use domain::{Problems, Refusal};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// The error of every verb. The first three variants are expected outcomes. The others are faults, logged once
/// at the boundary.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule does not allow it. The reason is shown to the user.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The submitted form has problems.
    #[error("invalid: {0:?}")]
    Invalid(Problems),
    /// There is no such record, or the actor may not see it. Both look the same from outside.
    #[error("not found")]
    NotFound,
    /// The database cannot be reached or is too busy. The same request may work in a moment.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Another transaction kept changing the same records, even after the reruns. The same request may work
    /// now.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Another service refused, or did not answer. Only jobs that call one return this, and they are tried again.
    #[error("another service: {0}")]
    Remote(String),
    /// A bug or a broken database.
    #[error("corrupt data or a bug: {0}")]
    Corrupt(String),
}

impl StoreError {
    /// Whether this is an expected outcome rather than a fault. The transaction is sound and only this verb is
    /// rolled back.
    pub(crate) fn is_expected(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Invalid(_) | Self::NotFound)
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Problems> for StoreError {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let cause = error.to_string();
        if may_succeed_on_rerun(&error) {
            return Self::Conflict(cause);
        }
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(cause),
            DbErr::Exec(RuntimeErr::SqlxError(ref inner))
            | DbErr::Query(RuntimeErr::SqlxError(ref inner))
                if is_temporary(inner) =>
            {
                Self::Unavailable(cause)
            }
            _ => Self::Corrupt(cause),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(format!("json: {error}"))
    }
}

/// A temporary database error: connection lost, busy, full, read-only or shutting down.
fn is_temporary(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            // SQLite: BUSY, READONLY, IOERR, FULL, CANTOPEN (extended codes hold them in the low byte).
            // PostgreSQL: connection exceptions, insufficient resources, operator intervention.
            let sqlite =
                code.parse::<i64>().is_ok_and(|n| code.len() < 5 && [5, 8, 10, 13, 14].contains(&(n & 0xff)));
            sqlite || code.starts_with("08") || code.starts_with("53") || code.starts_with("57P")
        }),
        _ => false,
    }
}

/// Whether PostgreSQL gave up waiting for a lock.
pub(crate) fn is_lock_timeout(error: &DbErr) -> bool {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => {
            matches!(&**inner, sqlx::Error::Database(e) if e.code().as_deref() == Some("55P03"))
        }
        _ => false,
    }
}

/// Whether running the verb once more may help: another transaction took a unique value first, or PostgreSQL
/// ended a deadlock or a serialisation conflict.
fn may_succeed_on_rerun(error: &DbErr) -> bool {
    if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
        return true;
    }
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => {
            matches!(&**inner, sqlx::Error::Database(e) if matches!(e.code().as_deref(), Some("40001" | "40P01")))
        }
        _ => false,
    }
}
