//! Starting and cancelling runs.

use domain::{
    Actor, Refusal, Slug,
    mentoring::{RunOrder, RunState},
    policy::{Permit, mentoring::CoordinateRound},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use serde_json::Value;

use super::{
    execute::MENTORING_RUN,
    rounds::{RoundRows, locked_round},
};
use crate::{
    Store, StoreError, audit,
    entities::mentoring_run,
    jobs::{self, NewJob},
    secrets::new_id,
    write::{Tx, verb},
};

/// Starts a run and returns its number. A round whose proposals were sent is matched again in the order `kept`
/// (M14).
///
/// # Errors
/// `Refused` for anyone but a coordinator, before sign-up is closed, and while another run works.
pub async fn start(store: &Store, actor: &Actor, round: &Slug) -> Result<i32, StoreError> {
    verb!(store, |tx, actor, round| {
        let (rows, permit) = locked_round(tx, actor, round).await?;
        insert(tx, &permit, &rows, Value::Null, None).await
    })
}

/// Queues a run. `payload` is for its job. `added_pairs` are candidates that the check of an earlier draft
/// found.
pub(super) async fn insert(
    tx: &Tx,
    permit: &Permit<CoordinateRound>,
    rows: &RoundRows,
    payload: Value,
    added_pairs: Option<String>,
) -> Result<i32, StoreError> {
    let order = RunOrder::of_round(rows.state()?).ok_or(Refusal::RoundNotClosed)?;
    let of_round = || mentoring_run::Entity::find().filter(mentoring_run::Column::RoundId.eq(rows.round.id));
    let going = of_round()
        .filter(mentoring_run::Column::State.is_in([RunState::Waiting.name(), RunState::Running.name()]));
    if going.count(tx.db()).await? > 0 {
        return Err(Refusal::RunGoing.into());
    }
    let last = of_round().order_by_desc(mentoring_run::Column::Number).one(tx.db()).await?;
    let number = last.map_or(1, |run| run.number + 1);
    let run = mentoring_run::ActiveModel {
        id: Set(new_id()),
        round_id: Set(rows.round.id),
        number: Set(number),
        state: Set(RunState::Waiting.name().to_owned()),
        run_order: Set(order.name().to_owned()),
        stage: Set(None),
        started_by_id: Set(permit.by().map(|member| member.0)),
        started_at: Set(tx.now()),
        finished_at: Set(None),
        seed: Set(rows.round.seed),
        input_digest: Set(None),
        instance_digest: Set(None),
        figures: Set(None),
        certificate: Set(None),
        verified_at: Set(None),
        pricing: Set(None),
        added_pairs: Set(added_pairs),
        error: Set(None),
    };
    let run = run.insert(tx.db()).await?;
    let job = NewJob { payload, ..NewJob::about(MENTORING_RUN, run.id, tx.now()) };
    jobs::enqueue(tx, job).await?;
    audit::record(tx, permit, "mentoring.run", run.id).await?;
    Ok(number)
}

/// Cancels a run that is not finished. Its computation stops soon after. A run that is finished stays as it is.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `NotFound` without such a run.
pub async fn cancel(store: &Store, actor: &Actor, round: &Slug, number: i32) -> Result<(), StoreError> {
    verb!(store, |tx, actor, round, &number| {
        let (rows, permit) = locked_round(tx, actor, round).await?;
        let run = mentoring_run::Entity::find()
            .filter(mentoring_run::Column::RoundId.eq(rows.round.id))
            .filter(mentoring_run::Column::Number.eq(number))
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        if !matches!(run.state.parse(), Ok(RunState::Waiting | RunState::Running)) {
            return Ok(());
        }
        let change = mentoring_run::ActiveModel {
            id: Set(run.id),
            state: Set(RunState::Cancelled.name().to_owned()),
            stage: Set(None),
            finished_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "mentoring.cancel_run", run.id).await
    })
}
