//! Migrates a database. Only one process does so at a time. A database that is newer than the program is
//! refused, and so is one from before the first release.

use sea_orm_migration::{
    IntoSchemaManagerConnection, MigratorTrait, SchemaManager,
    sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, TransactionTrait},
};

use crate::Migrator;

/// An advisory lock key that no other program uses: "guildhal" in ASCII.
const LOCK: i64 = 0x6775_696c_6468_616c;

/// Why a database could not be migrated.
#[derive(Debug)]
pub enum MigrateError {
    /// The database has migrations that this program does not know.
    Newer,
    /// The database is from before the first release, which this program cannot migrate.
    Older,
    /// An error from the database.
    Database(DbErr),
}

impl From<DbErr> for MigrateError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// Applies the missing migrations and returns their number.
///
/// # Errors
/// `Newer` and `Older` when this program cannot migrate the database; then nothing is changed. `Database` for
/// errors of the database.
pub async fn bring_up(db: &DatabaseConnection) -> Result<usize, MigrateError> {
    // One transaction, so that a process that is killed leaves no half of a migration.
    let tx = db.begin().await?;
    // One lock: if two processes start at once, one waits for the other. On SQLite, a file in the data folder is it.
    if db.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    let applied = apply(&tx).await?;
    tx.commit().await?;
    Ok(applied)
}

/// The number of migrations that a database lacks. Changes nothing. `None` for a database that is not
/// Guildhall's.
///
/// # Errors
/// `Newer` and `Older` when this program cannot migrate the database, `Database` for errors of the database.
pub async fn missing(db: &DatabaseConnection) -> Result<Option<usize>, MigrateError> {
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(None);
    }
    let applied = applied(db).await?;
    Ok((applied > 0).then(|| Migrator::get_migration_files().len() - applied))
}

/// The number of migrations that a database has.
async fn applied<C>(db: &C) -> Result<usize, MigrateError>
where
    C: ConnectionTrait,
    for<'c> &'c C: IntoSchemaManagerConnection<'c>,
{
    let schema = SchemaManager::new(db);
    let models = if schema.has_table("seaql_migrations").await? {
        Migrator::get_migration_models(db).await?
    } else {
        Vec::new()
    };
    let known = Migrator::get_migration_files();
    let is_known = |version: &str| known.iter().any(|migration| migration.name() == version);
    // The names begin with their date. The first one is the baseline, which was made for the first release.
    let is_older = |version: &str| known.first().is_some_and(|baseline| version < baseline.name());
    if models.iter().any(|model| is_older(&model.version)) {
        return Err(MigrateError::Older);
    }
    if models.iter().any(|model| !is_known(&model.version)) {
        return Err(MigrateError::Newer);
    }
    // A database without a migration is new, so it has no tables yet.
    if models.is_empty() && schema.has_table("members").await? {
        return Err(MigrateError::Older);
    }
    Ok(models.len())
}

async fn apply<C>(db: &C) -> Result<usize, MigrateError>
where
    C: ConnectionTrait + TransactionTrait,
    for<'c> &'c C: IntoSchemaManagerConnection<'c>,
{
    let before = applied(db).await?;
    Migrator::up(db, None).await?;
    Ok(Migrator::get_migration_files().len() - before)
}
