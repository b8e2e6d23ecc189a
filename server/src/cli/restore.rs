//! `guildhall restore`: checks a backup, and puts it in the place of the database.

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

/// How every SQLite file begins.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// How a custom-format dump of PostgreSQL begins.
const PG_DUMP: &[u8] = b"PGDMP";

/// Checks a backup without changing anything.
pub(super) async fn verify(file: &Path) -> Result<(), Failure> {
    let (contents, missing) = examined(file).await?;
    say!("{} is a valid backup: {}.", file.display(), described(&contents))?;
    if missing > 0 {
        say!(
            "It is from an older version of Guildhall. Restoring it applies {}.",
            counted(missing as u64, "migration", "migrations")
        )?;
    }
    Ok(())
}

/// What is in a sound backup, and how many changes of the schema it lacks.
async fn examined(file: &Path) -> Result<(Contents, usize), Failure> {
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
    let unsound = |error: &dyn ToString| bad(format!("SQLite reports: {}", error.to_string()));
    let db = store::backup::open(file).await.map_err(|error| unsound(&error))?;
    let looked = async {
        if let Some(damage) = store::backup::damage(&db).await.map_err(|error| unsound(&error))? {
            return Err(unsound(&damage));
        }
        let missing = up::missing(&db).await.map_err(|error| match error {
            up::MigrateError::Newer => database::schema_failed(error),
            up::MigrateError::Database(error) => unsound(&error),
        })?;
        let missing = missing.ok_or_else(|| bad("it is a database of another program".into()))?;
        Ok((store::backup::contents(&db).await.map_err(|error| unsound(&error))?, missing))
    };
    let looked = looked.await;
    // It is not written to, so nothing is lost when it cannot be closed.
    _ = db.close().await;
    looked
}

fn described(contents: &Contents) -> String {
    let changed = contents.changed_at.map(|at| at.format(", last changed %Y-%m-%d %H:%M UTC").to_string());
    {
        let members = counted(contents.members, "member", "members");
        let events = counted(contents.events, "event", "events");
        format!("{members}, {events}{}", changed.unwrap_or_default())
    }
}

/// Puts a backup in the place of the database. With `replace` also where there is a community already; its
/// database is kept beside the new one.
pub(super) async fn restore(config: &Config, file: &Path, replace: bool) -> Result<(), Failure> {
    let Some(place) = config.sqlite_file() else {
        return Err(Failure::usage(
            "The data is in PostgreSQL. Stop Guildhall, restore the dump into an empty database with pg_restore, then run guildhall restore --in-place.",
        ));
    };
    let (contents, _) = examined(file).await?;
    // Until the end: a portal that is started now waits for it.
    let _alone = database::alone(&config.data)?;
    let keep = must_keep(&place, replace).await?;
    let half = files::beside(&place, ".restoring");
    let done = prepared(file, &half).await;
    if done.is_err() {
        files::database_files(&half).iter().for_each(|file| _ = fs::remove_file(file));
    }
    let (cleaned_up, fingerprint) = done?;
    let kept = put_in_place(&half, &place, keep)
        .map_err(|error| Failure::cannot_create(format!("Cannot replace {}: {error}.", place.display())))?;
    say!("Restored {}: {}.", file.display(), described(&contents))?;
    if let Some(kept) = kept {
        say!("The previous database is now {}. Delete it when you no longer need it.", kept.display())?;
    }
    report(&cleaned_up)?;
    secret_back(config, file, fingerprint)
}

/// Whether there is a database that must be kept. Refuses to replace one without having been asked to.
async fn must_keep(place: &Path, replace: bool) -> Result<bool, Failure> {
    if !place.exists() {
        return Ok(false);
    }
    let name = place.display();
    let found = match store::backup::inspect(place).await {
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
        "{name} {found}. To replace it, add --replace. The old file is kept next to the new one."
    )))
}

/// Copies a backup, brings the copy up to date and cleans it up. Answers with what was done and the fingerprint of
/// the secret that it was used with.
async fn prepared(file: &Path, half: &Path) -> Result<(CleanedUp, Option<String>), Failure> {
    let copied = File::open(file).and_then(|mut from| {
        let mut to = files::create(half, OpenOptions::new().create(true).truncate(true))?;
        io::copy(&mut from, &mut to)?;
        to.sync_all()
    });
    copied.map_err(|error| Failure::cannot_create(format!("Cannot create {}: {error}.", half.display())))?;
    let url = format!("sqlite://{}", half.display());
    database::bring_up_to_date(&url).await?;
    let store = Store::open(&url, Clock::system()).await.map_err(database::open_failed)?;
    let cleaned_up = store::restore::clean_up(&store).await.map_err(failed)?;
    let fingerprint = store::installation::fingerprint(&store).await.map_err(failed)?;
    store.close().await;
    Ok((cleaned_up, fingerprint))
}

/// Gives the name of the old database to the new one. With `keep`, the old one gets another name, which is the
/// answer.
fn put_in_place(half: &Path, place: &Path, keep: bool) -> io::Result<Option<PathBuf>> {
    let end = format!(".replaced-{}", Clock::system().now().format("%Y%m%dT%H%M%SZ"));
    let old = files::beside(place, &end);
    // The log of another database would break the new one. What could not be put into the old file goes with it.
    for (from, to) in files::database_files(place).iter().zip(files::database_files(&old)).skip(1) {
        match (from.exists(), keep) {
            (false, _) => {}
            (true, true) => fs::rename(from, to)?,
            (true, false) => fs::remove_file(from)?,
        }
    }
    if keep {
        // The name is never missing: the old file has two for a moment.
        fs::hard_link(place, &old).or_else(|_| fs::rename(place, &old))?;
    }
    fs::rename(half, place)?;
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(keep.then_some(old))
}

/// Cleans up a database that was put in place by other means, such as `pg_restore`.
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
        None if others(config).await? > 0 => return Err(in_use()),
        None => {}
    }
    let store = database::open(config).await?;
    let cleaned_up = store::restore::clean_up(&store).await.map_err(failed)?;
    let fingerprint = store::installation::fingerprint(&store).await.map_err(failed)?;
    store.close().await;
    say!("Cleaned up the database.")?;
    report(&cleaned_up)?;
    secret_fits(config, fingerprint)
}

/// Other programs at the PostgreSQL database. One that has just ended may be counted for a moment.
async fn others(config: &Config) -> Result<i64, Failure> {
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

/// Puts the secret of the backup back where there is none.
fn secret_back(config: &Config, file: &Path, fingerprint: Option<String>) -> Result<(), Failure> {
    let saved = files::beside(file, SECRET);
    if installation::present(config)?.is_none() && saved.is_file() {
        let text = fs::read_to_string(&saved);
        let text = text.map_err(|error| Failure::io(format!("Cannot read {}: {error}.", saved.display())))?;
        secret::make(&config.data, text.trim())?;
        say!("Restored the secret from {}.", saved.display())?;
    }
    secret_fits(config, fingerprint)
}

/// Says so when the next start would refuse the secret.
fn secret_fits(config: &Config, fingerprint: Option<String>) -> Result<(), Failure> {
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
