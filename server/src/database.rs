//! Opening the data: the folder, the schema, the store.

use std::{fs::File, path::Path};

use migrations::up::{MigrateError, bring_up};
use secrecy::ExposeSecret;
use store::{Clock, OpenError, Store, connect_for_migrations};

use crate::{config::Config, failure::Failure, files};

/// Waits until no other process migrates here. Until the file is closed, none will.
pub(crate) fn alone(data: &Path) -> Result<File, Failure> {
    files::make_folder(data)?;
    files::lock(&data.join("migrate.lock"))
}

/// Brings the schema up to date; how many changes that took.
///
/// # Errors
/// The database cannot be opened, or belongs to a newer Guildhall.
pub(crate) async fn migrate(config: &Config) -> Result<usize, Failure> {
    // PostgreSQL has a lock of its own for this.
    let file = config.sqlite_file();
    let _alone = if file.is_some() { Some(alone(&config.data)?) } else { None };
    if let Some(file) = &file {
        files::prepare_database(file);
    }
    let done = bring_up_to_date(config.database_url.expose_secret()).await;
    // SQLite does not say whose a file is that it may not write.
    let hint = file.and_then(|file| files::owner_hint(&file)).unwrap_or_default();
    done.map_err(|failure| Failure { sentence: failure.sentence + &hint, ..failure })
}

/// Applies the changes that are missing to the database at `url`.
pub(crate) async fn bring_up_to_date(url: &str) -> Result<usize, Failure> {
    let connection = connect_for_migrations(url).await.map_err(open_failed)?;
    let done = bring_up(&connection).await;
    // The store opens its own; a connection that cannot be closed closes with the process.
    _ = connection.close().await;
    done.map_err(schema_failed)
}

/// What is wrong with the schema, as a sentence.
pub(crate) fn schema_failed(error: MigrateError) -> Failure {
    match error {
        MigrateError::Newer => Failure::config(
            "The database belongs to a newer version of Guildhall. Start that version, or restore a backup from before the upgrade.",
        ),
        MigrateError::Database(error) => {
            Failure::unavailable(format!("Cannot bring the database up to date: {error}."))
        }
    }
}

/// Opens the store after bringing its schema up to date.
///
/// # Errors
/// As [`migrate`].
pub(crate) async fn open(config: &Config) -> Result<Store, Failure> {
    let applied = migrate(config).await?;
    if applied > 0 {
        tracing::info!(applied, "applied database migrations");
    }
    Store::open(config.database_url.expose_secret(), Clock::system()).await.map_err(open_failed)
}

pub(crate) fn open_failed(error: OpenError) -> Failure {
    match error {
        OpenError::Scheme => Failure::config(sentence(&error)),
        OpenError::OldSqlite(_) => Failure::config(sentence(&error)),
        OpenError::Connect(_) => Failure::unavailable(sentence(&error)),
    }
}

/// A library's message as a sentence of ours.
pub(crate) fn sentence(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    let first: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}
