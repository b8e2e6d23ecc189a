//! A lock, so that two processes that start on one PostgreSQL database don't make the demo at the same time.

use sqlx::{Connection as _, PgConnection};

use crate::{Engine, Store, StoreError};

/// The key of the lock in PostgreSQL: "guilddem" in ASCII. The migrations have another one.
pub const DEMO_LOCK: i64 = 0x6775_696c_6464_656d;

/// The lock. It ends when this is dropped or the process ends, because both close the connection.
pub(super) struct DemoLock(Option<PgConnection>);

impl DemoLock {
    /// Waits for the lock. A SQLite file has one process only, and a file in its folder is the lock.
    pub(super) async fn take(store: &Store) -> Result<Self, StoreError> {
        if store.engine() == Engine::Sqlite {
            return Ok(Self(None));
        }
        let failed = |error: sqlx::Error| StoreError::Unavailable(error.to_string());
        let pool = store.db().get_postgres_connection_pool();
        // It leaves the pool, so that nobody gets a connection that holds the lock.
        let mut connection = pool.acquire().await.map_err(failed)?.detach();
        sqlx::query("SELECT pg_advisory_lock($1)")
            .bind(DEMO_LOCK)
            .execute(&mut connection)
            .await
            .map_err(failed)?;
        Ok(Self(Some(connection)))
    }

    /// Gives the lock back.
    pub(super) async fn release(self) {
        if let Some(connection) = self.0 {
            // If it can't be closed properly, the server notices that it is gone.
            _ = connection.close().await;
        }
    }
}
