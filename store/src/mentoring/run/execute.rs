//! Does a run: reads, computes outside of any transaction, and saves the draft if nothing changed meanwhile.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{
    RunId,
    mentoring::{RunOrder, RunStage, RunState},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, QuerySelect as _};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    input::{Input, load},
    nightly,
    price::MENTORING_PRICING,
    rounds::{by_id, locked_by_id},
    solve::{Solved, SolvedPair, Unsolved, solve},
};
use crate::{
    Store, StoreError,
    entities::{mentoring_pair, mentoring_run, mentoring_unmatched},
    jobs::{self, Job, NewJob, Next},
    write::{Tx, verb},
};

/// How often a run that computes looks whether it was cancelled.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How often a run reads again when sign-ups change while it computes.
const ATTEMPTS: u32 = 3;
/// Rows in one statement.
const ROWS: usize = 500;

/// The kind of job that does a run.
pub(crate) const MENTORING_RUN: &str = "mentoring_run";

/// Does the run of a job. If the server is stopping, another one does it later.
pub(crate) async fn run_mentoring(store: Store, job: Job) -> Result<Next, StoreError> {
    let run = RunId(job.subject()?);
    let stop = job.stop.clone();
    execute(&store, run, move || stop.is_set()).await?;
    if job.stop.is_set() {
        return Ok(Next::At(store.now()));
    }
    if nightly::is_nightly(&job) {
        nightly::settle(&store, run).await?;
    }
    Ok(Next::Done)
}

/// Does one run from start to end. A run that was cancelled or is finished stays as it is, so running it again
/// after a crash is safe. `stop` says that the server is stopping.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn execute(
    store: &Store,
    run: RunId,
    stop: impl Fn() -> bool + Send + Sync + 'static,
) -> Result<(), StoreError> {
    let stop = Arc::new(stop);
    for attempt in 1..=ATTEMPTS {
        let Some(row) = begin(store, run).await? else { return Ok(()) };
        let order = row.run_order.parse().unwrap_or(RunOrder::Cost);
        let rounds = by_id(store.db(), row.round_id).await?;
        let mut input = load(store.db(), &rounds, order, row.number, store.now()).await?;
        input.add(row.added_pairs.as_deref())?;
        let input = Arc::new(input);
        let solved = match compute(store, run, input.clone(), row.seed, stop.clone()).await? {
            Ok(solved) => solved,
            Err(Unsolved::Stopped) => return Ok(()),
            Err(Unsolved::Wrong(why)) => return fail(store, run, &why).await,
        };
        if set_stage(store, run, RunStage::Saving).await?.is_none() {
            return Ok(());
        }
        if save(store, run, &input.digest, solved).await? {
            return Ok(());
        }
        if attempt == ATTEMPTS {
            return fail(store, run, CHANGED).await;
        }
    }
    Ok(())
}

/// The cause of a run that failed because people kept changing their sign-ups.
pub(super) const CHANGED: &str = "changed";

/// Takes a run, unless it is finished.
async fn begin(store: &Store, run: RunId) -> Result<Option<mentoring_run::Model>, StoreError> {
    set_stage(store, run, RunStage::Reading).await
}

/// Says what a run is doing. Returns nothing for a run that was cancelled or is finished.
async fn set_stage(
    store: &Store,
    run: RunId,
    stage: RunStage,
) -> Result<Option<mentoring_run::Model>, StoreError> {
    verb!(store, |tx, &run, &stage| {
        let Some(row) = unfinished(tx, run).await? else { return Ok(None) };
        let change = mentoring_run::ActiveModel {
            id: Set(row.id),
            state: Set(RunState::Running.name().to_owned()),
            stage: Set(Some(stage.name().to_owned())),
            ..Default::default()
        };
        Ok(Some(change.update(tx.db()).await?))
    })
}

/// The run, locked until the transaction ends, if it is not finished.
async fn unfinished(tx: &Tx, run: RunId) -> Result<Option<mentoring_run::Model>, StoreError> {
    let row = mentoring_run::Entity::find_by_id(run.0).lock_exclusive().one(tx.db()).await?;
    Ok(row.filter(|row| matches!(row.state.parse(), Ok(RunState::Waiting | RunState::Running))))
}

/// Computes on a thread of its own. Meanwhile it writes the stages, and looks whether the run was cancelled.
async fn compute(
    store: &Store,
    run: RunId,
    input: Arc<Input>,
    seed: i64,
    stop: Arc<impl Fn() -> bool + Send + Sync + 'static>,
) -> Result<Result<Solved, Unsolved>, StoreError> {
    let is_cancelled = Arc::new(AtomicBool::new(false));
    let (sender, mut stages) = mpsc::unbounded_channel();
    let flag = is_cancelled.clone();
    let mut work = tokio::task::spawn_blocking(move || {
        // The receiver is gone only if the run is, and then nobody needs the stage.
        let stage = |stage| {
            let _ = sender.send(stage);
        };
        solve(&input, seed, stage, || !flag.load(Ordering::Relaxed) && !stop())
    });
    loop {
        tokio::select! {
            done = &mut work => {
                return done.map_err(|error| StoreError::Corrupt(format!("a run ended early: {error}")));
            }
            Some(stage) = stages.recv() => {
                if set_stage(store, run, stage).await?.is_none() {
                    is_cancelled.store(true, Ordering::Relaxed);
                }
            }
            () = tokio::time::sleep(LOOK_EVERY) => {
                let state: Option<String> = mentoring_run::Entity::find_by_id(run.0)
                    .select_only()
                    .column(mentoring_run::Column::State)
                    .into_tuple()
                    .one(store.db())
                    .await?;
                if state.is_none_or(|state| state != RunState::Running.name()) {
                    is_cancelled.store(true, Ordering::Relaxed);
                }
            }
        }
    }
}

async fn fail(store: &Store, run: RunId, why: &str) -> Result<(), StoreError> {
    verb!(store, |tx, &run, why| {
        let Some(row) = unfinished(tx, run).await? else { return Ok(()) };
        let change = mentoring_run::ActiveModel {
            id: Set(row.id),
            state: Set(RunState::Failed.name().to_owned()),
            stage: Set(None),
            error: Set(Some(why.clone())),
            finished_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        Ok(())
    })
}

/// Saves the draft, in one transaction. Returns false and saves nothing if what it was made from has changed.
async fn save(store: &Store, run: RunId, digest: &str, solved: Solved) -> Result<bool, StoreError> {
    let args = (run, digest.to_owned(), Arc::new(solved));
    store.write(args, |tx, (run, digest, solved)| Box::pin(save_in(tx, *run, digest, solved))).await
}

async fn save_in(tx: &Tx, run: RunId, digest: &str, solved: &Solved) -> Result<bool, StoreError> {
    let found = mentoring_run::Entity::find_by_id(run.0).one(tx.db()).await?;
    let Some(found) = found else { return Ok(true) };
    // Behind the lock of the round, as publishing compares: no sign-up and no decision changes until the
    // commit.
    let rounds = locked_by_id(tx, found.round_id).await?;
    let Some(row) = unfinished(tx, run).await? else { return Ok(true) };
    let order = row.run_order.parse().unwrap_or(RunOrder::Cost);
    if load(tx.db(), &rounds, order, row.number, tx.now()).await?.digest != digest {
        return Ok(false);
    }
    for pairs in solved.pairs.chunks(ROWS) {
        mentoring_pair::Entity::insert_many(pairs.iter().map(|pair| pair_row(row.id, pair)))
            .exec_without_returning(tx.db())
            .await?;
    }
    for people in solved.unmatched.chunks(ROWS) {
        let mut rows = Vec::with_capacity(people.len());
        for (mentee, reason) in people {
            rows.push(mentoring_unmatched::ActiveModel {
                run_id: Set(row.id),
                mentee_id: Set(*mentee),
                reason: Set(reason.name().to_owned()),
                arguments: Set(serde_json::to_string(reason)?),
            });
        }
        mentoring_unmatched::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    let change = mentoring_run::ActiveModel {
        id: Set(row.id),
        state: Set(RunState::Draft.name().to_owned()),
        stage: Set(None),
        finished_at: Set(Some(tx.now())),
        input_digest: Set(Some(digest.to_owned())),
        instance_digest: Set(Some(solved.instance_digest.clone())),
        figures: Set(Some(serde_json::to_string(&solved.figures)?)),
        certificate: Set(Some(solved.certificate.clone())),
        verified_at: Set(Some(tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    jobs::enqueue(tx, NewJob::about(MENTORING_PRICING, row.id, tx.now())).await?;
    Ok(true)
}

fn pair_row(run: Uuid, pair: &SolvedPair) -> mentoring_pair::ActiveModel {
    let parts = pair.parts;
    mentoring_pair::ActiveModel {
        run_id: Set(run),
        mentee_id: Set(pair.mentee),
        mentor_id: Set(pair.mentor),
        score: Set(i32::from(parts.shown().total())),
        topics_part: Set(i32::from(parts.topics)),
        answers_part: Set(i32::from(parts.answers)),
        hours_part: Set(i32::from(parts.hours)),
        other_part: Set(i32::from(parts.other)),
        own_wish_part: Set(i32::from(parts.own_wish)),
        // Whole hours. Half an hour more is not promised to anybody.
        overlap_hours: Set(i32::try_from(pair.half_hours / 2).unwrap_or(i32::MAX)),
        is_kept: Set(pair.is_kept),
        is_pinned: Set(pair.is_pinned),
    }
}
