//! Connections to both engines, and their settings.

use std::{path::Path, time::Duration};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// The database engine that a URL selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, used by one process.
    Sqlite,
    /// A server, shared by several processes.
    Postgres,
}

/// Why the database cannot be opened. The messages are shown to the operator and say what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL starts with neither `sqlite:` nor `postgres:`.
    #[error(
        "the database address must start with sqlite: or postgres:, for example postgres://user@host/guildhall"
    )]
    Scheme,
    /// The engine returned this error.
    #[error("cannot open the database: {0}")]
    Connect(String),
    /// Older versions of SQLite can lose acknowledged writes in WAL mode.
    #[error("SQLite {0} is too old. Guildhall needs 3.51.3 or newer, so build it with the bundled version")]
    OldSqlite(String),
}

/// The oldest SQLite that never loses acknowledged writes in WAL mode.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// How long to wait for a free connection before the request fails as `Unavailable`.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How long a connection to PostgreSQL is used.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// Connections to PostgreSQL, for each process.
pub(crate) const POSTGRES_CONNECTIONS: u32 = 16;

impl Engine {
    /// The engine of a database address.
    ///
    /// # Errors
    /// `Scheme` for any other kind of URL.
    pub fn of(url: &str) -> Result<Self, OpenError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(OpenError::Scheme),
        }
    }
}

/// What a pool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reads only. SQLite enforces this.
    Read,
    /// Writes. On SQLite there is only one such connection.
    Write,
}

/// One connection to a SQLite file that changes neither the file nor its folder.
pub(crate) async fn read_only(file: &Path) -> Result<DatabaseConnection, OpenError> {
    one_connection(file, |sqlite| sqlite.read_only(true).immutable(true)).await
}

/// A separate read-only connection to a SQLite file that is in use.
pub(crate) async fn reader(file: &Path) -> Result<DatabaseConnection, OpenError> {
    one_connection(file, |sqlite| sqlite.read_only(true)).await
}

/// One exclusive connection to a SQLite file. While another process has the file open, every statement fails
/// with "database is locked".
pub(crate) async fn exclusive(file: &Path) -> Result<DatabaseConnection, OpenError> {
    let busy = Duration::from_millis(200);
    one_connection(file, move |sqlite| {
        let alone = sqlite.pragma("locking_mode", "EXCLUSIVE").pragma("journal_mode", "WAL");
        alone.create_if_missing(false).busy_timeout(busy)
    })
    .await
}

async fn one_connection(
    file: &Path,
    set: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> Result<DatabaseConnection, OpenError> {
    let file = file.to_owned();
    // The path is not part of the URL, because it may contain characters with a meaning there.
    let mut options = ConnectOptions::new("sqlite://file");
    options.sqlx_logging(false).max_connections(1).min_connections(1).acquire_timeout(ACQUIRE);
    without_maintenance(&mut options);
    options.map_sqlx_sqlite_opts(move |sqlite| set(sqlite.filename(&file)));
    Database::connect(options).await.map_err(|error| OpenError::Connect(error.to_string()))
}

/// Opens a pool and checks the engine.
pub(crate) async fn pool(url: &str, purpose: Purpose) -> Result<DatabaseConnection, OpenError> {
    let engine = Engine::of(url)?;
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).acquire_timeout(ACQUIRE).connect_timeout(ACQUIRE);
    without_maintenance(&mut options);
    match engine {
        Engine::Sqlite => sqlite(&mut options, purpose),
        Engine::Postgres => postgres(&mut options),
    }
    let connection =
        Database::connect(options).await.map_err(|error| OpenError::Connect(error.to_string()))?;
    if engine == Engine::Sqlite {
        check_version(&connection).await?;
    }
    Ok(connection)
}

/// Pools look after their connections in a task that counts the idle ones. While a pool closes, that count can wrap
/// around. Then sqlx 0.9 counts to 2^64 and keeps a thread of the runtime busy forever. Without these limits it has no such
/// task.
fn without_maintenance(options: &mut ConnectOptions) {
    options.max_lifetime(None::<Duration>).idle_timeout(None::<Duration>);
}

fn sqlite(options: &mut ConnectOptions, purpose: Purpose) {
    options.max_connections(if purpose == Purpose::Write { 1 } else { 4 }).min_connections(1);
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(purpose == Purpose::Write)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("journal_mode", "WAL")
            // A change that was confirmed to a member survives a power cut.
            .pragma("synchronous", "FULL")
            // Deleted content is overwritten at once.
            .pragma("secure_delete", "ON")
            .pragma("query_only", if purpose == Purpose::Read { "ON" } else { "OFF" })
            .statement_cache_capacity(256)
    });
}

fn postgres(options: &mut ConnectOptions) {
    options.max_connections(POSTGRES_CONNECTIONS).min_connections(1);
    options.map_sqlx_postgres_before_acquire(|connection, about| {
        // A request cancelled during BEGIN can leave a transaction open. Such a connection is discarded, and so is an old
        // one, because PostgreSQL remembers more and more in each.
        let is_old = about.age > LIFETIME;
        Box::pin(async move { Ok(!is_old && !sqlx::Connection::is_in_transaction(connection)) })
    });
    // Every query is short. PostgreSQL would compile some of them for 300 ms and then run them for 1 ms. It is a
    // statement and not an option of the connection, because connection poolers refuse those.
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move { sqlx::Executor::execute(connection, "SET jit = off").await.map(drop) })
        })
    });
}

async fn check_version(connection: &DatabaseConnection) -> Result<(), OpenError> {
    let failed = |cause: String| OpenError::Connect(cause);
    let row = connection
        .query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version"))
        .await
        .map_err(|error| failed(error.to_string()))?
        .ok_or_else(|| failed("sqlite_version() returned no row".into()))?;
    let version: String = row.try_get("", "version").map_err(|error| failed(error.to_string()))?;
    if is_too_old(&version) { Err(OpenError::OldSqlite(version)) } else { Ok(()) }
}

fn is_too_old(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) < OLDEST_SQLITE
}

/// A connection for the `migrations` crate, which updates the schema before the store is opened.
///
/// # Errors
/// As for [`Store::open`](crate::Store::open).
pub async fn connect_for_migrations(url: &str) -> Result<DatabaseConnection, OpenError> {
    pool(url, Purpose::Write).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_sqlite_is_refused() {
        assert!(is_too_old("3.45.1") && is_too_old("3.51.2") && is_too_old("2.99.99"));
        assert!(!is_too_old("3.51.3") && !is_too_old("3.52.0") && !is_too_old("4.0.0"));
    }

    #[test]
    fn an_address_names_its_engine() {
        assert_eq!(Engine::of("sqlite:///x.db").ok(), Some(Engine::Sqlite));
        assert_eq!(Engine::of("postgresql://h/d").ok(), Some(Engine::Postgres));
        assert!(Engine::of("mysql://h/d").is_err());
    }
}
