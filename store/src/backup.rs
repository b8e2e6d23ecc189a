//! Copies of the SQLite file: writing one while others write, looking into one, and whether a file is in use.

use std::path::Path;

use domain::Instant;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryOrder as _, QuerySelect as _, Statement,
};

use crate::{
    OpenError, StoreError,
    connect::{Purpose, alone_in, pool, read_only},
    entities::{audit, event, member},
};

/// Writes the SQLite database at `url` to `target`, a file that does not exist yet: everything that was
/// acknowledged before the call, nothing half done.
///
/// # Errors
/// When the database cannot be opened or the copy cannot be written.
pub async fn to_file(url: &str, target: &Path) -> Result<(), BackupError> {
    let db = pool(url, Purpose::Write).await?;
    let name = target.to_string_lossy().into_owned();
    let copied = db
        .execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]))
        .await
        .map_err(StoreError::from);
    let _ = db.close().await;
    copied?;
    Ok(())
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy cannot be written.
    #[error(transparent)]
    Copy(#[from] StoreError),
}

/// Opens a backup without changing it or the folder that it is in.
///
/// # Errors
/// When it is no database.
pub async fn open(file: &Path) -> Result<DatabaseConnection, OpenError> {
    read_only(file).await
}

/// What SQLite finds wrong with an open database: pages, indexes, and rows that point nowhere. None when it is sound.
///
/// # Errors
/// When it cannot be read, which is also an answer.
pub async fn damage(db: &DatabaseConnection) -> Result<Option<String>, StoreError> {
    let one = |sql: &'static str| db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql));
    let answer = one("PRAGMA integrity_check(1)").await?.ok_or(StoreError::NotFound)?;
    let answer: String = answer.try_get_by_index(0)?;
    if answer != "ok" {
        return Ok(Some(answer));
    }
    let astray = one("SELECT \"table\" AS name FROM pragma_foreign_key_check LIMIT 1").await?;
    let table: Option<String> = astray.map(|row| row.try_get("", "name")).transpose()?;
    Ok(table.map(|table| format!("a row of {table} points at a row that is not there")))
}

/// What is in a database, so that a person can tell one backup from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// How many members.
    pub members: u64,
    /// How many events.
    pub events: u64,
    /// When something was changed last; none in an empty database.
    pub changed_at: Option<Instant>,
}

/// Counts what is in an open database.
///
/// # Errors
/// When it is not Guildhall's, or damaged.
pub async fn contents(db: &DatabaseConnection) -> Result<Contents, StoreError> {
    let newest = audit::Entity::find().select_only().column(audit::Column::At);
    Ok(Contents {
        members: member::Entity::find().count(db).await?,
        events: event::Entity::find().count(db).await?,
        changed_at: newest.order_by_desc(audit::Column::At).limit(1).into_tuple().one(db).await?,
    })
}

/// A SQLite file that is about to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Present {
    /// Nobody has joined.
    Empty,
    /// It has so many members.
    Filled(u64),
    /// Another process has it open.
    InUse,
    /// It is no database, or a damaged one.
    Unreadable(String),
}

/// Looks whether a SQLite file is in use and whether it holds a community. What waits in its log is put into the
/// file, so that the file alone is whole.
pub async fn present(file: &Path) -> Present {
    match alone(file).await {
        Ok(0) => Present::Empty,
        Ok(members) => Present::Filled(members),
        Err(cause) if cause.contains("database is locked") => Present::InUse,
        Err(cause) => Present::Unreadable(cause),
    }
}

async fn alone(file: &Path) -> Result<u64, String> {
    let db = alone_in(file).await.map_err(|error| error.to_string())?;
    let members = counted_alone(&db).await;
    let _ = db.close().await;
    members.map_err(|error| error.to_string())
}

async fn counted_alone(db: &DatabaseConnection) -> Result<u64, DbErr> {
    db.execute_unprepared("BEGIN EXCLUSIVE").await?;
    let tables = "SELECT 1 FROM sqlite_master WHERE name = 'members'";
    let known = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, tables)).await?.is_some();
    let members = if known { member::Entity::find().count(db).await? } else { 0 };
    db.execute_unprepared("COMMIT").await?;
    db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    Ok(members)
}
