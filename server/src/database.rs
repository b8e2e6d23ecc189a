//! Opening the data: the folder, the schema, the store.

use std::{fs, path::Path};

use migrations::up::{UpError, bring_up};
use secrecy::ExposeSecret;
use store::{Clock, OpenError, Store, connect_for_migrations};

use crate::{config::Config, failure::Failure};

/// Makes the data folder.
///
/// # Errors
/// It cannot be made or written.
pub(crate) fn make_folder(data: &Path) -> Result<(), Failure> {
    let made = fs::create_dir_all(data).and_then(|()| {
        // The permission bits do not tell everything: a read-only file system, for one.
        let probe = data.join(format!(".probe.{}", std::process::id()));
        fs::write(&probe, "").and_then(|()| fs::remove_file(probe))
    });
    made.map_err(|error| {
        let data = data.display();
        Failure::cannot_create(format!(
            "The data folder {data} cannot be written: {error}. Name another with --data or GUILDHALL_DATA."
        ))
    })
}

/// Waits until no other process migrates here; until the file is closed none will.
fn alone(data: &Path) -> Result<fs::File, Failure> {
    make_folder(data)?;
    let path = data.join("migrate.lock");
    let locked = fs::File::create(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|error| Failure::cannot_create(format!("{} cannot be locked: {error}.", path.display())))
}

/// Brings the schema up to date; how many changes that took.
///
/// # Errors
/// The database cannot be opened, or belongs to a newer Guildhall.
pub(crate) async fn migrate(config: &Config) -> Result<usize, Failure> {
    // PostgreSQL has a lock of its own for this.
    let _alone = if config.is_sqlite() { Some(alone(&config.data)?) } else { None };
    let connection =
        connect_for_migrations(config.database_url.expose_secret()).await.map_err(open_failed)?;
    let done = bring_up(&connection).await;
    // The store opens its own; a connection that cannot be closed closes with the process.
    _ = connection.close().await;
    done.map_err(|error| match error {
        UpError::Newer => Failure::config(
            "The database belongs to a newer Guildhall: start that one, or restore the backup from before it.",
        ),
        UpError::Database(error) => Failure::unavailable(format!("The database cannot be brought up to date: {error}.")),
    })
}

/// Opens the store after bringing its schema up to date.
///
/// # Errors
/// As [`migrate`].
pub(crate) async fn open(config: &Config) -> Result<Store, Failure> {
    let applied = migrate(config).await?;
    if applied > 0 {
        tracing::info!(applied, "brought the database up to date");
    }
    Store::open(config.database_url.expose_secret(), Clock::system()).await.map_err(open_failed)
}

fn open_failed(error: OpenError) -> Failure {
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
