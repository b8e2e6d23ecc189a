//! Runs verbs. All changes to the database go through here.
//!
//! A verb is a function over a [`Tx`]: it loads, decides, saves, queues emails and writes the audit log, and
//! awaits nothing but the database. It runs in a task that a client's disconnect cannot cancel.
//!
//! On SQLite one writer groups the waiting verbs into one durable commit, with a savepoint for each. On
//! PostgreSQL each verb is a transaction of its own. A verb may run more than once, when its group failed or
//! another transaction was faster. So everything it knows must come from its arguments and its transaction.

mod seen;
mod sqlite;

use std::{
    any::Any,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Actor, Instant};
use futures::FutureExt as _;
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use tokio::sync::Semaphore;

pub use seen::UNSEEN_TABLES;
pub(crate) use seen::note;
pub(crate) use sqlite::Writer;

use crate::{
    Channel, Clock, StoreError,
    channels::{Channels, Wakes},
    connect::{Engine, OpenError, POSTGRES_CONNECTIONS},
};

/// How often a verb is run again after a conflict.
const RERUNS: u32 = 16;

/// The transaction that a verb runs in.
pub(crate) struct Tx {
    db: DatabaseTransaction,
    clock: Clock,
    now: Mutex<Instant>,
    wakes: Wakes,
}

impl Tx {
    fn new(db: DatabaseTransaction, clock: Clock) -> Self {
        let now = Mutex::new(clock.now());
        Self { db, clock, now, wakes: Wakes::default() }
    }

    /// The connection for queries inside the transaction.
    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    /// The time by the store's clock, read when the transaction began or when its lock was taken.
    pub(crate) fn now(&self) -> Instant {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the clock again. Waiting for a lock takes time, and a decision made behind a lock counts from the
    /// time the lock was taken (A8).
    pub(crate) fn read_clock(&self) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = self.clock.now();
    }

    /// Wakes everyone who listens to this channel, after the commit.
    pub(crate) fn wake(&self, channel: Channel) {
        self.wakes.add(channel);
    }
}

/// The future of a running verb.
pub(crate) type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A verb with its arguments, which keeps its result until the commit.
type Run = dyn for<'a> Fn(&'a Tx) -> Work<'a, ()> + Send + Sync;

/// How verbs are written. SQLite has one writer task. On PostgreSQL, writes share the pool with reads, so a
/// semaphore limits how many run at once and reads always find a connection.
#[derive(Clone)]
pub(crate) enum Backend {
    Sqlite(Writer),
    Postgres(Arc<Semaphore>),
}

/// The most verbs that run on PostgreSQL at once. The other connections are left for reads.
const WRITERS: usize = POSTGRES_CONNECTIONS as usize - 4;

impl Backend {
    /// Starts the writer for the database at `url`.
    pub(crate) async fn open(url: &str, channels: &Channels) -> Result<Self, OpenError> {
        Ok(match Engine::of(url)? {
            Engine::Sqlite => Self::Sqlite(Writer::open(url, channels.clone()).await?),
            Engine::Postgres => Self::Postgres(Arc::new(Semaphore::new(WRITERS))),
        })
    }

    /// Runs a verb as one transaction and returns after the commit. `pool` and `channels` serve PostgreSQL
    /// only, because SQLite's writer has its own.
    pub(crate) async fn write<A, T>(
        &self,
        pool: &DatabaseConnection,
        clock: &Clock,
        channels: &Channels,
        args: A,
        verb: for<'a> fn(&'a Tx, &'a A) -> Work<'a, T>,
    ) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        let args = Arc::new(args);
        let result = Arc::new(Mutex::new(None));
        let slot = result.clone();
        let run: Arc<Run> = Arc::new(move |tx| {
            let (args, slot) = (args.clone(), slot.clone());
            Box::pin(async move {
                let value = verb(tx, &args).await?;
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        });
        match self {
            Self::Sqlite(writer) => writer.run(run, clock.clone()).await?,
            Self::Postgres(turns) => {
                let (turns, pool) = (turns.clone(), pool.clone());
                let (clock, channels) = (clock.clone(), channels.clone());
                let task = tokio::spawn(async move {
                    // The semaphore is never closed, and serves callers in order.
                    let _turn = turns.acquire().await;
                    postgres(&pool, &clock, &channels, &*run).await
                });
                task.await.map_err(|error| StoreError::Corrupt(error.to_string()))??;
            }
        }
        let value = result.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| StoreError::Corrupt("a verb was committed without a result".into()))
    }
}

/// Runs a block as a verb: `verb!(store, |tx, actor, &id| { … })`.
///
/// The macro copies the named values into the verb, which may run again after its caller is gone. The block gets
/// references to the copies, and a copied value itself where the name is written with `&`. It can use nothing
/// else from around it, because the closure becomes a plain function. So a rerun sees the same arguments, and
/// everything else comes from the transaction.
macro_rules! verb {
    ($store:expr, |$tx:ident $(, $(&$value:ident)? $($argument:ident)?)*| $body:block) => {
        $store
            .write(($($(($value).to_owned(),)? $(($argument).to_owned(),)?)*), |$tx, arguments| {
                Box::pin(async move {
                    let ($($($value,)? $($argument,)?)*) = arguments;
                    $($(let $value = *$value;)?)*
                    $body
                })
            })
            .await
    };
}
pub(crate) use verb;

/// How one run of a verb in its transaction ended.
enum RunOutcome {
    /// Committed, with the channels that the verb wakes.
    Committed(Wakes),
    /// Rolled back, with an expected outcome.
    Expected(StoreError),
    /// Failed. After a `Conflict`, running the verb again may help. After a failed commit it is not known whether
    /// the verb was committed, so the channels come with it.
    Failed(StoreError, Wakes),
}

/// Runs a verb and ends its transaction. A panic fails this verb only.
async fn run_in(db: DatabaseTransaction, clock: &Clock, run: &Run) -> RunOutcome {
    let tx = Tx::new(db, clock.clone());
    let (outcome, revises) = seen::watch(std::panic::AssertUnwindSafe(run(&tx)).catch_unwind()).await;
    let Tx { db, wakes, .. } = tx;
    if revises {
        wakes.revise();
    }
    match outcome {
        Ok(Ok(())) => {
            let committed = async {
                wakes.notify_others(&db).await?;
                Ok(db.commit().await?)
            };
            match committed.await {
                Ok(()) => RunOutcome::Committed(wakes),
                Err(error) => RunOutcome::Failed(error, wakes),
            }
        }
        Ok(Err(error)) if error.is_expected() => match db.rollback().await {
            Ok(()) => RunOutcome::Expected(error),
            Err(error) => RunOutcome::Failed(error.into(), wakes),
        },
        Ok(Err(error)) => {
            // The first error matters more than what a failing rollback would add.
            let _ = db.rollback().await;
            RunOutcome::Failed(error, wakes)
        }
        Err(panic) => {
            let _ = db.rollback().await;
            RunOutcome::Failed(
                StoreError::Corrupt(format!("a verb panicked: {}", panic_text(&*panic))),
                wakes,
            )
        }
    }
}

pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

async fn postgres(
    db: &DatabaseConnection,
    clock: &Clock,
    channels: &Channels,
    run: &Run,
) -> Result<(), StoreError> {
    let mut rerun = 0;
    loop {
        let tx = db.begin().await?;
        match run_in(tx, clock, run).await {
            RunOutcome::Committed(wakes) => {
                channels.revise(&wakes);
                channels.wake_all(&wakes);
                return Ok(());
            }
            RunOutcome::Failed(StoreError::Conflict(_), _) if rerun < RERUNS => rerun += 1,
            RunOutcome::Failed(error, wakes) => {
                channels.revise(&wakes);
                return Err(error);
            }
            RunOutcome::Expected(error) => return Err(error),
        }
    }
}

/// The key that makes a form's submission idempotent: sending it twice creates one record. `None` when no
/// member is signed in or the form has no key. The key includes the member's id, so nobody can reach another
/// member's record by guessing a key.
pub(crate) fn create_key(actor: &Actor, key: &str) -> Option<String> {
    let member = actor.member().filter(|_| !key.is_empty())?;
    Some(format!("{member}:{}", key.chars().take(64).collect::<String>()))
}

/// A member who submits the same name again within this time means the record that they made already. The key
/// alone does not catch this, because a form reached with the Back button has a new key.
pub(crate) const DUPLICATE_WINDOW: chrono::Duration = chrono::Duration::minutes(1);

/// The prefix that all keys of the member who made `key` share.
pub(crate) fn maker_of(key: &str) -> &str {
    key.find(':').map_or(key, |colon| &key[..=colon])
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait as _;

    use super::*;
    use crate::Store;

    async fn store() -> (Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        let store = Store::open(&url, Clock::system()).await.unwrap();
        store
            .write((), |tx, ()| {
                Box::pin(async move {
                    tx.db().execute_unprepared("CREATE TABLE notes (text TEXT UNIQUE)").await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        (store, folder)
    }

    async fn insert(store: &Store, text: &str) -> Result<(), StoreError> {
        store
            .write(text.to_owned(), |tx, text| {
                Box::pin(async move {
                    tx.db().execute_unprepared(&format!("INSERT INTO notes VALUES ('{text}')")).await?;
                    match text.as_str() {
                        "panic" => panic!("on purpose"),
                        "refused" => Err(domain::Refusal::NotAllowed.into()),
                        _ => Ok(()),
                    }
                })
            })
            .await
    }

    async fn count(store: &Store) -> usize {
        let all = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, "SELECT text FROM notes");
        store.db().query_all_raw(all).await.unwrap().len()
    }

    #[tokio::test]
    async fn a_refused_or_panicking_verb_undoes_itself_alone() {
        let (store, _folder) = store().await;
        let texts: Vec<String> = (0..40).map(|i| format!("good{i}")).collect();
        let good = futures::future::join_all(texts.iter().map(|text| insert(&store, text)));
        let bad = futures::future::join(insert(&store, "panic"), insert(&store, "refused"));
        let (good, (panicked, refused)) = futures::join!(good, bad);
        assert!(good.iter().all(Result::is_ok));
        assert!(matches!(panicked, Err(StoreError::Corrupt(cause)) if cause.contains("on purpose")));
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        assert_eq!(count(&store).await, 40);
        insert(&store, "afterwards").await.unwrap();
    }

    #[tokio::test]
    async fn a_verb_that_keeps_conflicting_fails() {
        let (store, _folder) = store().await;
        insert(&store, "once").await.unwrap();
        assert!(matches!(insert(&store, "once").await, Err(StoreError::Conflict(_))));
        insert(&store, "afterwards").await.unwrap();
    }

    #[tokio::test]
    async fn a_write_outlives_its_caller() {
        let (store, _folder) = store().await;
        let mut write = Box::pin(insert(&store, "kept"));
        // Polled once, the write has started. Then its caller goes away.
        let _ = futures::poll!(&mut write);
        drop(write);
        store.close().await;
        let again =
            Store::open(&format!("sqlite://{}", _folder.path().join("test.db").display()), Clock::system())
                .await
                .unwrap();
        assert_eq!(count(&again).await, 1);
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let (store, _folder) = store().await;
        assert!(store.db().execute_unprepared("INSERT INTO notes VALUES ('sneaky')").await.is_err());
    }
}
