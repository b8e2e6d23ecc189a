//! The one door to writing.
//!
//! A verb is a function over a [`Tx`]: it loads, decides, saves, posts letters and audits, and awaits
//! nothing but the database. It runs in a task that a client's disconnect cannot cancel.
//!
//! On SQLite one writer groups the verbs that wait into one durable commit, a savepoint each. On
//! PostgreSQL each verb is a transaction of its own. A verb may be run again (its group broke, somebody
//! was faster), so all it knows comes from its arguments and its transaction.

mod sqlite;

use std::{
    any::Any,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{Actor, Instant};
use futures::FutureExt as _;
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use tokio::sync::Notify;

pub(crate) use sqlite::Writer;

use crate::{Clock, Store, StoreError, store::Backend};

/// How often a verb is run again when somebody was faster.
const RERUNS: u32 = 16;

/// A verb's transaction.
pub(crate) struct Tx {
    db: DatabaseTransaction,
    clock: Clock,
    now: Mutex<Instant>,
    emails_queued: AtomicBool,
}

impl Tx {
    fn new(db: DatabaseTransaction, clock: Clock) -> Self {
        let now = Mutex::new(clock.now());
        Self { db, clock, now, emails_queued: AtomicBool::new(false) }
    }

    /// Where queries go.
    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    /// The store's clock, read when the transaction had begun or its lock was taken.
    pub(crate) fn now(&self) -> Instant {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the clock again: a lock may have been waited for, and what is decided behind it is decided
    /// at the time it was had (A8).
    pub(crate) fn read_clock(&self) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = self.clock.now();
    }

    /// Letters were emails_queued: the worker is rung after the commit.
    pub(crate) fn mark_emails_queued(&self) {
        self.emails_queued.store(true, Ordering::Relaxed);
    }
}

/// What a verb is while it runs.
pub(crate) type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A verb with its arguments inside and its result kept until the commit.
type Run = dyn for<'a> Fn(&'a Tx) -> Work<'a, ()> + Send + Sync;

impl Store {
    /// Runs a verb as one transaction and answers after the commit.
    pub(crate) async fn write<A, T>(
        &self,
        args: A,
        verb: for<'a> fn(&'a Tx, &'a A) -> Work<'a, T>,
    ) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        let args = Arc::new(args);
        let slot = Arc::new(Mutex::new(None));
        let kept = slot.clone();
        let run: Arc<Run> = Arc::new(move |tx| {
            let (args, kept) = (args.clone(), kept.clone());
            Box::pin(async move {
                let value = verb(tx, &args).await?;
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        });
        match &self.0.backend {
            Backend::Sqlite(writer) => writer.run(run, self.0.clock.clone()).await?,
            Backend::Postgres(line) => {
                let inner = self.0.clone();
                let line = line.clone();
                let task = tokio::spawn(async move {
                    // Never closed; first come, first served.
                    let _turn = line.acquire().await;
                    postgres(&inner.reader, &inner.clock, &inner.emails_queued, &*run).await
                });
                task.await.map_err(|error| StoreError::Corrupt(error.to_string()))??;
            }
        }
        let value = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| StoreError::Corrupt("a verb was committed without a result".into()))
    }
}

/// How one run of a verb inside its transaction ended.
enum Ran {
    /// Its change stands; whether it emails_queued letters.
    Done(bool),
    /// It answered without a change.
    Answered(StoreError),
    /// Trouble; a `Conflict` may go by running it again.
    Trouble(StoreError),
}

/// Runs a verb and ends its transaction. A panic is trouble of this verb alone.
async fn run_in(db: DatabaseTransaction, clock: &Clock, run: &Run) -> Ran {
    let tx = Tx::new(db, clock.clone());
    let outcome = std::panic::AssertUnwindSafe(run(&tx)).catch_unwind().await;
    let Tx { db, emails_queued, .. } = tx;
    match outcome {
        Ok(Ok(())) => match db.commit().await {
            Ok(()) => Ran::Done(emails_queued.into_inner()),
            Err(error) => Ran::Trouble(error.into()),
        },
        Ok(Err(fault)) if fault.is_expected() => match db.rollback().await {
            Ok(()) => Ran::Answered(fault),
            Err(error) => Ran::Trouble(error.into()),
        },
        Ok(Err(fault)) => {
            // The trouble is worth more than what a failing rollback would add to it.
            let _ = db.rollback().await;
            Ran::Trouble(fault)
        }
        Err(panic) => {
            let _ = db.rollback().await;
            Ran::Trouble(StoreError::Corrupt(format!("a verb panicked: {}", panic_text(&*panic))))
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

async fn postgres(
    db: &DatabaseConnection,
    clock: &Clock,
    emails_queued: &Notify,
    run: &Run,
) -> Result<(), StoreError> {
    let mut rerun = 0;
    loop {
        let tx = db.begin().await?;
        match run_in(tx, clock, run).await {
            Ran::Done(emails) => {
                if emails {
                    emails_queued.notify_one();
                }
                return Ok(());
            }
            Ran::Trouble(StoreError::Conflict(_)) if rerun < RERUNS => rerun += 1,
            Ran::Answered(fault) | Ran::Trouble(fault) => return Err(fault),
        }
    }
}

/// The key under which a form that makes something is made once, however often it is sent; none where
/// nobody sends a form. It belongs to its member: nobody can ask for what somebody else made by guessing one.
pub(crate) fn create_key(actor: &Actor, key: &str) -> Option<String> {
    let member = actor.member().filter(|_| !key.is_empty())?;
    Some(format!("{member}:{}", key.chars().take(64).collect::<String>()))
}

/// Who sends the same name again within so long means what they made already: a form that the Back button
/// brings again has a fresh key.
pub(crate) const DUPLICATE_WINDOW: chrono::Duration = chrono::Duration::minutes(1);

/// How the keys of everything begin that the maker of `key` made.
pub(crate) fn maker_of(key: &str) -> &str {
    key.find(':').map_or(key, |colon| &key[..=colon])
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait as _;

    use super::*;

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

    async fn note(store: &Store, text: &str) -> Result<(), StoreError> {
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

    async fn notes(store: &Store) -> usize {
        let all = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, "SELECT text FROM notes");
        store.db().query_all_raw(all).await.unwrap().len()
    }

    #[tokio::test]
    async fn a_refused_or_panicking_verb_undoes_itself_alone() {
        let (store, _folder) = store().await;
        let texts: Vec<String> = (0..40).map(|i| format!("good{i}")).collect();
        let good = futures::future::join_all(texts.iter().map(|text| note(&store, text)));
        let bad = futures::future::join(note(&store, "panic"), note(&store, "refused"));
        let (good, (panicked, refused)) = futures::join!(good, bad);
        assert!(good.iter().all(Result::is_ok));
        assert!(matches!(panicked, Err(StoreError::Corrupt(cause)) if cause.contains("on purpose")));
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        assert_eq!(notes(&store).await, 40);
        note(&store, "afterwards").await.unwrap();
    }

    #[tokio::test]
    async fn what_keeps_conflicting_is_given_up() {
        let (store, _folder) = store().await;
        note(&store, "once").await.unwrap();
        assert!(matches!(note(&store, "once").await, Err(StoreError::Conflict(_))));
        note(&store, "afterwards").await.unwrap();
    }

    #[tokio::test]
    async fn a_write_outlives_its_caller() {
        let (store, _folder) = store().await;
        let mut write = Box::pin(note(&store, "kept"));
        // Polled once, it is on its way; then its caller goes.
        let _ = futures::poll!(&mut write);
        drop(write);
        store.close().await;
        let again =
            Store::open(&format!("sqlite://{}", _folder.path().join("test.db").display()), Clock::system())
                .await
                .unwrap();
        assert_eq!(notes(&again).await, 1);
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let (store, _folder) = store().await;
        assert!(store.db().execute_unprepared("INSERT INTO notes VALUES ('sneaky')").await.is_err());
    }
}
