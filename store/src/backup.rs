//! Backups of the SQLite file: making one while the database is in use, reading one, and checking whether a
//! file is in use.

use std::path::Path;

use domain::Instant;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryOrder as _, QuerySelect as _, Statement,
};

use crate::{
    OpenError, StoreError,
    connect::{Purpose, exclusive, pool, read_only},
    entities::{audit, event, member},
};

/// Copies the SQLite database at `url` to `target`, which must not exist yet. The copy contains everything that
/// was acknowledged before the call, and no unfinished transactions.
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

/// Why a backup could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy cannot be written.
    #[error(transparent)]
    Copy(#[from] StoreError),
}

/// Opens a backup without changing it or its folder.
///
/// # Errors
/// When the file is not a SQLite database.
pub async fn open(file: &Path) -> Result<DatabaseConnection, OpenError> {
    read_only(file).await
}

/// What SQLite finds wrong with an open database: pages, indexes and foreign keys. `None` when the database is
/// sound.
///
/// # Errors
/// When the database cannot be read, which also means that it is damaged.
pub async fn damage(db: &DatabaseConnection) -> Result<Option<String>, StoreError> {
    let query = |sql: &'static str| db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql));
    let result = query("PRAGMA integrity_check(1)").await?.ok_or(StoreError::NotFound)?;
    let result: String = result.try_get_by_index(0)?;
    if result != "ok" {
        return Ok(Some(result));
    }
    let broken_reference = query("SELECT \"table\" AS name FROM pragma_foreign_key_check LIMIT 1").await?;
    let table: Option<String> = broken_reference.map(|row| row.try_get("", "name")).transpose()?;
    Ok(table.map(|table| format!("a row of {table} refers to a missing row")))
}

/// A summary of a database, so that a person can tell backups apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Number of accounts, including suspended ones.
    pub members: u64,
    /// Number of events, drafts included.
    pub events: u64,
    /// When the last change was recorded in the audit log. `None` in an empty database.
    pub changed_at: Option<Instant>,
}

/// Summarises an open database.
///
/// # Errors
/// When it is not a Guildhall database, or is damaged.
pub async fn contents(db: &DatabaseConnection) -> Result<Contents, StoreError> {
    let newest = audit::Entity::find().select_only().column(audit::Column::At);
    Ok(Contents {
        members: member::Entity::find().count(db).await?,
        events: event::Entity::find().count(db).await?,
        changed_at: newest.order_by_desc(audit::Column::At).limit(1).into_tuple().one(db).await?,
    })
}

/// The state of a SQLite file that is about to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExistingFile {
    /// It has no members.
    Empty,
    /// It has this many members.
    Filled(u64),
    /// Another process has it open.
    InUse,
    /// It is damaged or not a SQLite database.
    Unreadable(String),
}

/// Checks whether a SQLite file is in use and whether it contains a community. Moves the contents of the
/// write-ahead log into the file, so that the file alone is complete.
pub async fn inspect(file: &Path) -> ExistingFile {
    match members_in(file).await {
        Ok(0) => ExistingFile::Empty,
        Ok(members) => ExistingFile::Filled(members),
        Err(cause) if cause.contains("database is locked") => ExistingFile::InUse,
        Err(cause) => ExistingFile::Unreadable(cause),
    }
}

async fn members_in(file: &Path) -> Result<u64, String> {
    let db = exclusive(file).await.map_err(|error| error.to_string())?;
    let members = count_members(&db).await;
    let _ = db.close().await;
    members.map_err(|error| error.to_string())
}

async fn count_members(db: &DatabaseConnection) -> Result<u64, DbErr> {
    db.execute_unprepared("BEGIN EXCLUSIVE").await?;
    let tables = "SELECT 1 FROM sqlite_master WHERE name = 'members'";
    let has_members_table =
        db.query_one_raw(Statement::from_string(DbBackend::Sqlite, tables)).await?.is_some();
    let members = if has_members_table { member::Entity::find().count(db).await? } else { 0 };
    db.execute_unprepared("COMMIT").await?;
    db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    Ok(members)
}
