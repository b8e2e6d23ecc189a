//! The store: connection pools, the clock and the writer.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use domain::Instant;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use tokio::sync::watch;

use crate::{
    Channel, Clock, StoreError,
    channels::{self, Channels},
    connect::{Engine, OpenError, Purpose, pool},
    write::{Backend, Tx, Work, note},
};

/// Everything that verbs and reads need. Cheap to clone.
#[derive(Clone)]
pub struct Store(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) reader: DatabaseConnection,
    pub(crate) backend: Backend,
    pub(crate) clock: Clock,
    pub(crate) channels: Channels,
    pub(crate) reads: Arc<AtomicU64>,
}

impl Store {
    /// Opens a database whose schema is up to date.
    ///
    /// `url` is `sqlite:///path/file.db` or `postgres://user:password@host/database`.
    ///
    /// # Errors
    /// `Scheme` for an unknown kind of URL, `Connect` when the engine cannot open the database, and
    /// `OldSqlite`.
    pub async fn open(url: &str, clock: Clock) -> Result<Self, OpenError> {
        let channels = Channels::new();
        let backend = Backend::open(url, &channels).await?;
        let purpose = if matches!(backend, Backend::Postgres(_)) { Purpose::Write } else { Purpose::Read };
        let mut reader = pool(url, purpose).await?;
        let reads = Arc::new(AtomicU64::new(0));
        let counter = reads.clone();
        reader.set_metric_callback(move |statement| {
            counter.fetch_add(1, Ordering::Relaxed);
            // On PostgreSQL, verbs use connections of the same pool.
            note(&statement.statement.sql);
        });
        Ok(Self(Arc::new(Inner { reader, backend, clock, channels, reads })))
    }

    /// Runs a verb as one transaction and returns after the commit.
    pub(crate) async fn write<A, T>(
        &self,
        args: A,
        verb: for<'a> fn(&'a Tx, &'a A) -> Work<'a, T>,
    ) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        let Inner { reader, backend, clock, channels, .. } = &*self.0;
        backend.write(reader, clock, channels, args, verb).await
    }

    /// The time by the store's clock.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// The same store with its clock fixed at another time, which its verbs write. Other clones keep their
    /// clock. The seed uses it to create a past.
    pub(crate) fn at(&self, at: Instant) -> Self {
        Self(Arc::new(Inner {
            reader: self.0.reader.clone(),
            backend: self.0.backend.clone(),
            clock: Clock::fixed(at),
            channels: self.0.channels.clone(),
            reads: self.0.reads.clone(),
        }))
    }

    /// The database engine in use.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Listens for commits that have work for a channel. `changed` returns after the next one. It misses
    /// nothing that is committed after this call.
    #[must_use]
    pub fn listen(&self, channel: Channel) -> watch::Receiver<()> {
        self.0.channels.listen(channel)
    }

    /// Wakes everyone who listens to a channel. Verbs do this with `Tx::wake`, after their commit.
    pub fn wake(&self, channel: Channel) {
        self.0.channels.wake(channel);
    }

    /// Number of queries that were read from the database since the store was opened. The statements of writes are
    /// not counted. Tests hold each page to a budget.
    #[must_use]
    pub fn reads(&self) -> u64 {
        self.0.reads.load(Ordering::Relaxed)
    }

    /// A number that grows with each commit of this process that may change what visitors see. It has grown when
    /// the verb returns. Whoever keeps something finished reads the number before anything else. The kept thing is
    /// true while the number is the same.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.0.channels.revision()
    }

    /// Wakes this process's listeners when another process on the same PostgreSQL database commits something for a
    /// shared channel. Runs until it is dropped. A SQLite file has one process only.
    pub async fn follow_other_processes(&self) {
        match self.engine() {
            Engine::Sqlite => std::future::pending().await,
            Engine::Postgres => channels::relay(&self.0.reader, &self.0.channels).await,
        }
    }

    /// Checks that the database answers.
    ///
    /// # Errors
    /// `Unavailable` or `Corrupt` when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.0.reader.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Removes deleted data from the database file. SQLite keeps the bytes of old pages in the file and in its
    /// log until they are overwritten. PostgreSQL cleans up by itself.
    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        match &self.0.backend {
            Backend::Sqlite(writer) => writer.scrub().await,
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Finishes the queued writes and closes every connection.
    pub async fn close(&self) {
        if let Backend::Sqlite(writer) = &self.0.backend {
            writer.close().await;
        }
        let _ = self.0.reader.close_by_ref().await;
    }

    /// The connection pool for reads.
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.0.reader
    }
}
