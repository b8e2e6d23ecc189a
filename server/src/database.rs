//! Opens the data: makes the folder, migrates the schema, opens the store.

use std::{fs::File, path::Path};

use chrono::TimeDelta;
use migrations::up::{MigrateError, bring_up};
use secrecy::ExposeSecret;
use store::{Clock, OpenError, Store, connect_for_migrations};

use crate::{config::Config, failure::Failure, files};

/// Waits for the lock of the data folder, so that no other process migrates here or makes the demo until the file is
/// closed.
pub(crate) fn lock_migrations(data: &Path) -> Result<File, Failure> {
    files::make_folder(data)?;
    files::lock(&data.join("migrate.lock"))
}

/// Brings the schema up to date. Returns how many migrations were applied.
///
/// # Errors
/// `unavailable` if the database can't be opened or migrated, `config` if it belongs to a newer Guildhall or to
/// one from before the first release, or if its URL is not supported.
pub(crate) async fn migrate(config: &Config) -> Result<usize, Failure> {
    // On PostgreSQL, the migrations take a lock in the database instead.
    let file = config.sqlite_file();
    let _lock = if file.is_some() { Some(lock_migrations(&config.data)?) } else { None };
    if let Some(file) = &file {
        files::prepare_database(file);
    }
    let done = bring_up_to_date(config.database_url.expose_secret()).await;
    // SQLite doesn't say which user owns a file that it can't write.
    let hint = file.and_then(|file| files::owner_hint(&file)).unwrap_or_default();
    done.map_err(|failure| Failure { sentence: failure.sentence + &hint, ..failure })
}

/// Applies the missing migrations to the database at `url`. Returns how many there were.
pub(crate) async fn bring_up_to_date(url: &str) -> Result<usize, Failure> {
    let connection = connect_for_migrations(url).await.map_err(open_failed)?;
    let done = bring_up(&connection).await;
    // The store opens its own connections. If this one can't be closed, the end of the process closes it.
    _ = connection.close().await;
    done.map_err(schema_failed)
}

/// The failure for a schema that can't be migrated.
pub(crate) fn schema_failed(error: MigrateError) -> Failure {
    match error {
        MigrateError::Newer => Failure::config(
            "The database belongs to a newer version of Guildhall. Start that version, or restore a backup from before the upgrade.",
        ),
        MigrateError::Older => Failure::config(
            "The database was made by a version of Guildhall from before the first release and cannot be upgraded, so start with an empty data folder or an empty database.",
        ),
        MigrateError::Database(error) => {
            Failure::unavailable(format!("Cannot bring the database up to date: {error}."))
        }
    }
}

/// Brings the schema up to date and opens the store.
///
/// # Errors
/// The same as for [`migrate`].
pub(crate) async fn open(config: &Config) -> Result<Store, Failure> {
    let applied = migrate(config).await?;
    if applied > 0 {
        tracing::info!(applied, "applied database migrations");
    }
    Store::open(config.database_url.expose_secret(), clock()).await.map_err(open_failed)
}

/// The clock of the store. In a debug build, `GUILDHALL_TEST_CLOCK_AHEAD` is a number of seconds that it is ahead,
/// so that a browser test sees what happens later.
fn clock() -> Clock {
    let ahead = std::env::var("GUILDHALL_TEST_CLOCK_AHEAD").ok().filter(|_| cfg!(debug_assertions));
    let seconds = ahead.and_then(|text| text.parse().ok()).unwrap_or(0);
    Clock::ahead(TimeDelta::seconds(seconds))
}

pub(crate) fn open_failed(error: OpenError) -> Failure {
    match error {
        OpenError::Scheme => Failure::config(sentence(&error)),
        OpenError::OldSqlite(_) => Failure::config(sentence(&error)),
        OpenError::Connect(_) => Failure::unavailable(sentence(&error)),
    }
}

/// Turns the message of a library into a sentence with a capital letter and a full stop.
pub(crate) fn sentence(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    let first: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}
