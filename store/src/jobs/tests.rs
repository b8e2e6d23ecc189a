//! A kind of job that follows the recipe in CONTRIBUTING.md: it reads an input, computes outside of any
//! transaction, reports how far it has come, can be cancelled, and saves only if its input is unchanged.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait as _, DbBackend, Schema, Statement};
use serde_json::{Value, json};

use super::*;
use crate::{
    Clock, Store, StoreError,
    runner::{self, Kind, Lane, Trigger},
    write::verb,
};

const SQUARE: &str = "square";
const KEY: &str = "one";

/// A store with the tables `jobs` and `numbers`. The number 3 is in it.
async fn store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::open(&url, Clock::system()).await.unwrap();
    verb!(store, |tx| {
        let jobs = Schema::new(DbBackend::Sqlite).create_table_from_entity(job::Entity);
        tx.db().execute(&jobs).await?;
        tx.db().execute_unprepared("CREATE TABLE numbers (number BIGINT, square BIGINT)").await?;
        tx.db().execute_unprepared("INSERT INTO numbers VALUES (3, NULL)").await?;
        Ok(())
    })
    .unwrap();
    (store, folder)
}

async fn read(db: &impl sea_orm::ConnectionTrait, column: &str) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT {column} AS n FROM numbers");
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    Ok(row.ok_or(StoreError::NotFound)?.try_get("", "n")?)
}

async fn set(store: &Store, number: i64) {
    verb!(store, |tx, number| {
        tx.db().execute_unprepared(&format!("UPDATE numbers SET number = {number}")).await?;
        Ok(())
    })
    .unwrap();
}

async fn start(store: &Store) {
    verb!(store, |tx| {
        let (kind, key) = (SQUARE, KEY.to_owned());
        enqueue(tx, NewJob { kind, key, subject: None, payload: Value::Null, due_at: tx.now() }).await
    })
    .unwrap();
}

/// The steps of the computation, and what it saw.
type Steps = Arc<Mutex<Vec<String>>>;

/// The handler. `check` is what the negative control switches off.
async fn square(
    store: Store,
    job: Job,
    steps: Steps,
    slow: Duration,
    check: bool,
) -> Result<Next, StoreError> {
    let input = read(store.db(), "number").await?;
    let hash = input_hash(&input)?;
    let (stop, progress) = (job.stop.clone(), job.progress.clone());
    let result = compute(move || {
        let input = input.unwrap_or_default();
        for step in 1..=4 {
            sleep(slow);
            if stop.is_set() {
                steps.lock().unwrap().push(format!("stopped at {step}"));
                return None;
            }
            progress.report(step, 4);
        }
        steps.lock().unwrap().push(format!("squared {input}"));
        Some(input * input)
    })
    .await?;
    let Some(result) = result else { return Ok(Next::More) };
    verb!(store, |tx, job, hash, &result, &check| {
        checkpoint(tx, job, &Value::Null, 4, Some(4)).await?;
        if check && input_hash(&read(tx.db(), "number").await?)? != *hash {
            return Ok(Next::More);
        }
        tx.db().execute_unprepared(&format!("UPDATE numbers SET square = {result}")).await?;
        Ok(Next::Done)
    })
}

fn kind(steps: &Steps, slow: Duration, check: bool) -> Vec<Kind> {
    let steps = steps.clone();
    let run = move |store, job| square(store, job, steps.clone(), slow, check);
    vec![Kind::new(SQUARE, Lane::Long, Trigger::Verb, run)]
}

async fn state(store: &Store) -> JobStatus {
    status(store, SQUARE, KEY).await.unwrap().unwrap()
}

/// Waits until the job has reported progress.
async fn begun(store: &Store) -> JobStatus {
    for _ in 0..100 {
        let status = state(store).await;
        if status.state == JobState::Running && status.done.is_some() {
            return status;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no progress in 5 seconds");
}

#[tokio::test]
async fn a_computation_reports_progress_and_saves_its_result() {
    let (store, _folder) = store().await;
    assert_eq!(status(&store, SQUARE, KEY).await.unwrap(), None);
    start(&store).await;
    assert_eq!((state(&store).await.state, state(&store).await.done), (JobState::Pending, None));
    let steps = Steps::default();
    let kinds = kind(&steps, Duration::from_millis(700), true);
    let (done, seen) = tokio::join!(runner::run_kinds(&store, &kinds), begun(&store));
    done.unwrap();
    assert!((1..4).contains(&seen.done.unwrap()) && seen.total == Some(4), "{seen:?}");
    let end = state(&store).await;
    assert_eq!((end.state, end.done, end.total), (JobState::Done, Some(4), Some(4)));
    assert_eq!(read(store.db(), "square").await.unwrap(), Some(9));
}

/// The input changes while the job computes. The control saves a result that doesn't fit.
#[tokio::test]
async fn a_result_is_saved_only_for_an_unchanged_input() {
    for (check, expected) in [(true, 25), (false, 9)] {
        let (store, _folder) = store().await;
        start(&store).await;
        let steps = Steps::default();
        let kinds = kind(&steps, Duration::from_millis(500), check);
        let change = async {
            begun(&store).await;
            set(&store, 5).await;
        };
        tokio::join!(runner::run_kinds(&store, &kinds), change).0.unwrap();
        assert_eq!(read(store.db(), "square").await.unwrap(), Some(expected), "check: {check}");
        assert_eq!(state(&store).await.state, JobState::Done);
        let twice = ["squared 3", "squared 5"];
        assert_eq!(*steps.lock().unwrap(), if check { &twice[..] } else { &twice[..1] });
    }
}

/// A cancelled job stops within about a second, saves nothing, and leaves its key to the next one.
#[tokio::test]
async fn a_cancelled_job_stops_and_saves_nothing() {
    let (store, _folder) = store().await;
    start(&store).await;
    let steps = Steps::default();
    let kinds = kind(&steps, Duration::from_millis(600), true);
    let mut cancelled_at = None;
    let cancelling = async {
        begun(&store).await;
        let found = verb!(store, |tx| { cancel(tx, SQUARE, KEY).await });
        assert!(found.unwrap());
        cancelled_at = Some(Instant::now());
    };
    tokio::join!(runner::run_kinds(&store, &kinds), cancelling).0.unwrap();
    assert!(cancelled_at.unwrap().elapsed() < Duration::from_millis(1500));
    assert_eq!(state(&store).await.state, JobState::Cancelled);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(steps.lock().unwrap()[0].starts_with("stopped at"), "{steps:?}");
    assert_eq!(read(store.db(), "square").await.unwrap(), None);
    let found = verb!(store, |tx| { cancel(tx, SQUARE, KEY).await });
    assert!(!found.unwrap(), "it has ended");
    // Control: the same job runs when it is started again.
    start(&store).await;
    runner::run_kinds(&store, &kind(&steps, Duration::ZERO, true)).await.unwrap();
    assert_eq!(read(store.db(), "square").await.unwrap(), Some(9));
}

/// Even a handler that ignores the cancellation cannot save.
#[tokio::test]
async fn a_late_result_is_refused() {
    let (store, _folder) = store().await;
    start(&store).await;
    let job = claim(&store, &[SQUARE], 1).await.unwrap().pop().unwrap();
    let save = async || {
        verb!(store, |tx, job| {
            tx.db().execute_unprepared("UPDATE numbers SET square = 1").await?;
            checkpoint(tx, job, &json!({}), 1, None).await
        })
    };
    // Control: while the worker has the job, it can save.
    save().await.unwrap();
    verb!(store, |tx| {
        tx.db().execute_unprepared("UPDATE numbers SET square = NULL").await?;
        cancel(tx, SQUARE, KEY).await
    })
    .unwrap();
    assert!(matches!(save().await, Err(StoreError::NotFound)));
    assert_eq!(read(store.db(), "square").await.unwrap(), None);
    finish(&store, &job, Next::Done).await.unwrap();
    fail(&store, &job, &StoreError::NotFound).await.unwrap();
    assert!(!is_held(&store, &job).await.unwrap() && !renew(&store, &job).await.unwrap());
    assert_eq!(state(&store).await.state, JobState::Cancelled);
}

/// A job that works in batches is queued again while it runs. It does all its batches again afterwards, because it may
/// have missed what changed. The control queues nothing.
#[tokio::test]
async fn a_job_that_is_queued_while_it_runs_begins_again_after_its_last_batch() {
    for (queued_again, expected) in [(false, 2), (true, 4)] {
        let (store, _folder) = store().await;
        start(&store).await;
        let batches = Arc::new(AtomicU32::new(0));
        let counter = batches.clone();
        let run = move |store: Store, _: Job| {
            let counter = counter.clone();
            async move {
                let batch = counter.fetch_add(1, Ordering::Relaxed);
                if batch == 0 && queued_again {
                    start(&store).await;
                }
                Ok(if batch.is_multiple_of(2) { Next::More } else { Next::Done })
            }
        };
        let kinds = vec![Kind::new(SQUARE, Lane::Long, Trigger::Verb, run)];
        runner::run_kinds(&store, &kinds).await.unwrap();
        assert_eq!(batches.load(Ordering::Relaxed), expected, "queued again: {queued_again}");
        assert_eq!(state(&store).await.state, JobState::Done);
    }
}
