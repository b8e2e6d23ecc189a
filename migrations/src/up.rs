//! Bringing a database up to date: never twice at once, and never one that is newer than this program.

use sea_orm_migration::{
    MigratorTrait, SchemaManager,
    sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, TransactionTrait},
};

use crate::Migrator;

/// Any number that no other program locks: "guildhal" in ASCII.
const LOCK: i64 = 0x6775_696c_6468_616c;

/// Why a database was not brought up to date.
#[derive(Debug)]
pub enum UpError {
    /// It holds changes that this program does not know.
    Newer,
    /// The database said no.
    Database(DbErr),
}

impl From<DbErr> for UpError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// Applies what is missing; how many changes that were.
///
/// # Errors
/// `Newer` when the database holds changes that this program does not know: nothing is done then.
pub async fn bring_up(db: &DatabaseConnection) -> Result<usize, UpError> {
    if db.get_database_backend() == DbBackend::Sqlite {
        return apply(db).await;
    }
    // All in one transaction behind one lock: of two processes that start at once, one waits.
    let tx = db.begin().await?;
    tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    let applied = apply(&tx).await?;
    tx.commit().await?;
    Ok(applied)
}

/// How many changes a database lacks, without changing anything; none when it is not Guildhall's.
///
/// # Errors
/// `Newer` when it holds changes that this program does not know.
pub async fn missing(db: &DatabaseConnection) -> Result<Option<usize>, UpError> {
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(None);
    }
    let applied = applied(db).await?;
    Ok((applied > 0).then(|| Migrator::get_migration_files().len() - applied))
}

/// How many changes a database has.
async fn applied<C>(db: &C) -> Result<usize, UpError>
where
    C: ConnectionTrait,
{
    let known = Migrator::get_migration_files();
    let models = Migrator::get_migration_models(db).await?;
    let is_known = |version: &str| known.iter().any(|migration| migration.name() == version);
    if models.iter().any(|model| !is_known(&model.version)) {
        return Err(UpError::Newer);
    }
    Ok(models.len())
}

async fn apply<C>(db: &C) -> Result<usize, UpError>
where
    C: ConnectionTrait + TransactionTrait,
    for<'c> &'c C: sea_orm_migration::IntoSchemaManagerConnection<'c>,
{
    Migrator::install(db).await?;
    let before = applied(db).await?;
    Migrator::up(db, None).await?;
    Ok(Migrator::get_migration_files().len() - before)
}
