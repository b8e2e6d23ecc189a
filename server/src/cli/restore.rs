//! `guildhall restore`: checks a backup, and replaces the database with it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use migrations::up;
use secrecy::ExposeSecret as _;
use store::{
    Clock, Store,
    backup::{Contents, ExistingFile},
    restore::CleanedUp,
};

use super::{backup::SECRET, failed};
use crate::{
    config::{Config, secret},
    database,
    failure::Failure,
    files, installation,
    output::{counted, say},
};

/// The first bytes of every SQLite file.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// The first bytes of a PostgreSQL dump in custom format.
const PG_DUMP: &[u8] = b"PGDMP";

/// Checks a backup without changing anything.
pub(super) async fn verify(file: &Path) -> Result<(), Failure> {
    let (contents, missing) = examine(file).await?;
    say!("{} is a valid backup: {}.", file.display(), describe(&contents))?;
    if missing > 0 {
        say!(
            "It is from an older version of Guildhall. Restoring it applies {}.",
            counted(missing as u64, "migration", "migrations")
        )?;
    }
    Ok(())
}

/// The contents of a valid backup, and how many migrations it lacks. Fails if the backup is not valid.
async fn examine(file: &Path) -> Result<(Contents, usize), Failure> {
    let name = file.display();
    let bad = |what: String| Failure::new(65, format!("Cannot restore {name}: {what}."));
    let mut head = Vec::new();
    let read = File::open(file).and_then(|file| file.take(SQLITE.len() as u64).read_to_end(&mut head));
    read.map_err(|error| Failure::io(format!("Cannot read {name}: {error}.")))?;
    if head.starts_with(PG_DUMP) {
        return Err(bad(
            "it is a PostgreSQL dump. Check it with pg_restore --list, and restore it with pg_restore".into(),
        ));
    }
    if head != SQLITE {
        return Err(bad("it was not written by guildhall backup".into()));
    }
    let log = files::beside(file, "-wal");
    if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        return Err(bad(format!(
            "it was copied from a running database, and {} contains newer changes. Put both files into an empty folder as guildhall.db and guildhall.db-wal, then run guildhall backup with --data for that folder",
            log.display()
        )));
    }
    let invalid = |error: &dyn ToString| bad(format!("SQLite reports: {}", error.to_string()));
    let db = store::backup::open(file).await.map_err(|error| invalid(&error))?;
    let examined_contents = async {
        if let Some(damage) = store::backup::damage(&db).await.map_err(|error| invalid(&error))? {
            return Err(invalid(&damage));
        }
        let missing = up::missing(&db).await.map_err(|error| match error {
            up::MigrateError::Newer | up::MigrateError::Older => database::schema_failed(error),
            up::MigrateError::Database(error) => invalid(&error),
        })?;
        let missing = missing.ok_or_else(|| bad("it is a database of another program".into()))?;
        Ok((store::backup::contents(&db).await.map_err(|error| invalid(&error))?, missing))
    };
    let examined_contents = examined_contents.await;
    // Nothing was written, so a failure to close loses nothing.
    _ = db.close().await;
    examined_contents
}

fn describe(contents: &Contents) -> String {
    let changed = contents.changed_at.map(|at| at.format(", last changed %Y-%m-%d %H:%M UTC").to_string());
    {
        let members = counted(contents.members, "member", "members");
        let events = counted(contents.events, "event", "events");
        format!("{members}, {events}{}", changed.unwrap_or_default())
    }
}

/// Replaces the database with a backup. A database that already has members is only replaced with `replace`,
/// and is kept next to the new one.
pub(super) async fn restore(config: &Config, file: &Path, replace: bool) -> Result<(), Failure> {
    let Some(database_file) = config.sqlite_file() else {
        return Err(Failure::usage(
            "The data is in PostgreSQL. Stop Guildhall, restore the dump into an empty database with pg_restore, then run guildhall restore --in-place.",
        ));
    };
    let (contents, _) = examine(file).await?;
    // Held until the end, so that a server that starts now waits.
    let _lock = database::lock_migrations(&config.data)?;
    let keep = must_keep(&database_file, replace).await?;
    let temporary = files::beside(&database_file, ".restoring");
    let done = prepare(file, &temporary).await;
    if done.is_err() {
        files::database_files(&temporary).iter().for_each(|file| _ = fs::remove_file(file));
    }
    let (cleaned_up, fingerprint) = done?;
    let kept = replace_database(&temporary, &database_file, keep).map_err(|error| {
        Failure::cannot_create(format!("Cannot replace {}: {error}.", database_file.display()))
    })?;
    say!("Restored {}: {}.", file.display(), describe(&contents))?;
    if let Some(kept) = kept {
        say!("The previous database is now {}. Delete it when you no longer need it.", kept.display())?;
    }
    report(&cleaned_up)?;
    restore_secret(config, file, fingerprint)
}

/// Whether there is an old database that has to be kept. Fails if there is one and `replace` is false.
async fn must_keep(database_file: &Path, replace: bool) -> Result<bool, Failure> {
    if !database_file.exists() {
        return Ok(false);
    }
    let name = database_file.display();
    let state = match store::backup::inspect(database_file).await {
        ExistingFile::Empty => return Ok(false),
        ExistingFile::InUse => {
            return Err(Failure::new(75, format!("{name} is in use. Stop Guildhall first, then restore.")));
        }
        ExistingFile::Filled(members) => format!("contains {}", counted(members, "member", "members")),
        ExistingFile::Unreadable(cause) => format!("cannot be read ({cause})"),
    };
    if replace {
        return Ok(true);
    }
    Err(Failure::usage(format!(
        "{name} {state}. To replace it, add --replace. The old file is kept next to the new one."
    )))
}

/// Copies a backup, migrates the copy and cleans it up. Returns what was cleaned up, and the fingerprint of
/// the secret that belongs to the backup.
async fn prepare(file: &Path, temporary: &Path) -> Result<(CleanedUp, Option<String>), Failure> {
    let copied = File::open(file).and_then(|mut from| {
        let mut to = files::create(temporary, OpenOptions::new().create(true).truncate(true))?;
        io::copy(&mut from, &mut to)?;
        to.sync_all()
    });
    copied.map_err(|error| {
        Failure::cannot_create(format!("Cannot create {}: {error}.", temporary.display()))
    })?;
    let url = format!("sqlite://{}", temporary.display());
    database::bring_up_to_date(&url).await?;
    let store = Store::open(&url, Clock::system()).await.map_err(database::open_failed)?;
    let cleaned_up = store::restore::clean_up(&store).await.map_err(failed)?;
    let fingerprint = store::installation::fingerprint(&store).await.map_err(failed)?;
    store.close().await;
    Ok((cleaned_up, fingerprint))
}

/// Renames the new database to the name of the old one. With `keep`, the old one gets a new name, which is
/// returned.
fn replace_database(temporary: &Path, database_file: &Path, keep: bool) -> io::Result<Option<PathBuf>> {
    let suffix = format!(".replaced-{}", Clock::system().now().format("%Y%m%dT%H%M%SZ"));
    let old = files::beside(database_file, &suffix);
    // The write-ahead log of the old database would corrupt the new one. With `keep`, it stays with the old
    // database, because it can contain changes that are not in the main file yet.
    for (from, to) in files::database_files(database_file).iter().zip(files::database_files(&old)).skip(1) {
        match (from.exists(), keep) {
            (false, _) => {}
            (true, true) => fs::rename(from, to)?,
            (true, false) => fs::remove_file(from)?,
        }
    }
    if keep {
        // A hard link first, so that there is a database under the old name at all times.
        fs::hard_link(database_file, &old).or_else(|_| fs::rename(database_file, &old))?;
    }
    fs::rename(temporary, database_file)?;
    let folder = database_file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(keep.then_some(old))
}

/// Cleans up a database that was restored by other means, such as `pg_restore`.
pub(super) async fn in_place(config: &Config) -> Result<(), Failure> {
    let in_use = || {
        Failure::new(
            75,
            "The database is in use. Stop Guildhall and every other program that is connected to it first.",
        )
    };
    match config.sqlite_file() {
        Some(file) if store::backup::inspect(&file).await == ExistingFile::InUse => return Err(in_use()),
        Some(_) => {}
        None if other_connections(config).await? > 0 => return Err(in_use()),
        None => {}
    }
    let store = database::open(config).await?;
    let cleaned_up = store::restore::clean_up(&store).await.map_err(failed)?;
    let fingerprint = store::installation::fingerprint(&store).await.map_err(failed)?;
    store.close().await;
    say!("Cleaned up the database.")?;
    report(&cleaned_up)?;
    check_secret(config, fingerprint)
}

/// The number of other connections to the PostgreSQL database. It tries for two seconds, because a connection
/// that has just ended may still be counted.
async fn other_connections(config: &Config) -> Result<i64, Failure> {
    let mut count = 0;
    for _ in 0..10 {
        let url = config.database_url.expose_secret();
        let db = store::connect_for_migrations(url).await.map_err(database::open_failed)?;
        count = store::restore::other_connections(&db).await.map_err(failed)?;
        _ = db.close().await;
        if count == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    Ok(count)
}

fn report(done: &CleanedUp) -> Result<(), Failure> {
    say!("Signed out {}. Members have to sign in again.", counted(done.sessions, "device", "devices"))?;
    if done.held > 0 {
        say!(
            "Put {} on hold, because they may have been sent since the backup. Send or cancel them at /admin/outbox?status=held, or send them all with guildhall mail retry.",
            counted(done.held, "email", "emails")
        )?;
    }
    Ok(())
}

/// Restores the secret of the backup, if the installation has none.
fn restore_secret(config: &Config, file: &Path, fingerprint: Option<String>) -> Result<(), Failure> {
    let saved = files::beside(file, SECRET);
    if installation::present(config)?.is_none() && saved.is_file() {
        let text = fs::read_to_string(&saved);
        let text = text.map_err(|error| Failure::io(format!("Cannot read {}: {error}.", saved.display())))?;
        secret::make(&config.data, text.trim())?;
        say!("Restored the secret from {}.", saved.display())?;
    }
    check_secret(config, fingerprint)
}

/// Prints what to do if the next start would refuse the secret.
fn check_secret(config: &Config, fingerprint: Option<String>) -> Result<(), Failure> {
    let Some(fingerprint) = fingerprint else { return Ok(()) };
    let present = installation::present(config)?;
    if present.is_some_and(|secret| installation::fingerprint(&secret) == fingerprint) {
        return Ok(());
    }
    say!(
        "The secret of this database is missing. Before you start Guildhall, put it at {}. If you have lost it, run guildhall admin accept-secret. Links in emails sent before now then stop working.",
        config.data.join(secret::FILE).display()
    )
}
