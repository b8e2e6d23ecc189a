//! A copy of the database file, taken while others write.

use std::path::Path;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::{
    Fault, OpenError,
    connect::{Purpose, pool},
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
        .map_err(Fault::from);
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
    Copy(#[from] Fault),
}
