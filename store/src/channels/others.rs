//! Other processes on the same PostgreSQL database. They hear of a commit through LISTEN and NOTIFY. This only saves
//! time: whoever listens looks into the database now and then anyway, because a notification can be lost.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, Statement};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};

use super::{Channel, Channels};
use crate::StoreError;

/// The name of the channel in PostgreSQL.
const NAME: &str = "guildhall";
/// How long to wait before connecting again.
const RECONNECT_WAIT: Duration = Duration::from_secs(5);

/// Notifies other processes when this transaction is committed. Nobody is notified if it is rolled back.
pub(super) async fn notify(tx: &DatabaseTransaction, channel: Channel) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let values = [NAME.into(), channel.name().into()];
        let sql = "SELECT pg_notify($1, $2)";
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    }
    Ok(())
}

/// Wakes the listeners of this process for the commits of all processes, until it is dropped.
pub(crate) async fn relay(pool: &DatabaseConnection, channels: &Channels) {
    let options = pool.get_postgres_connection_pool().connect_options();
    loop {
        // Pages and workers report that the database is down.
        _ = listen(&options, channels).await;
        tokio::time::sleep(RECONNECT_WAIT).await;
    }
}

async fn listen(options: &PgConnectOptions, channels: &Channels) -> Result<(), sqlx::Error> {
    // A connection of its own, because it is never given back.
    let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let mut listener = PgListener::connect_with(&pool.connect_with(options.clone()).await?).await?;
    listener.listen(NAME).await?;
    let wake_all = || Channel::SHARED.into_iter().for_each(|channel| channels.wake(channel));
    wake_all();
    loop {
        match listener.try_recv().await? {
            Some(heard) => {
                let known = Channel::SHARED.into_iter().find(|channel| channel.name() == heard.payload());
                known.into_iter().for_each(|channel| channels.wake(channel));
            }
            // The connection was lost and made again. Something may have been missed in between.
            None => wake_all(),
        }
    }
}
