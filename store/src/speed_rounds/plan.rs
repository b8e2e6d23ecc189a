//! The job that makes a plan.

use domain::Refusal;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};
use serde_json::Value;

use super::{
    input::{Input, load},
    rows::{locked_by_id, state_of},
    solve::{Conversation, solve},
};
use crate::{
    Store, StoreError,
    entities::{speed_conversation, speed_round, speed_sign_up},
    jobs::{self, Job, Next, checkpoint},
    write::{Tx, verb},
};

/// The kind of job that makes the plan of a speed round.
pub const SPEED_PLAN: &str = "speed_plan";

/// Makes a plan: reads, computes outside of any transaction, and saves if nobody signed up, withdrew or blocked somebody
/// meanwhile.
pub(crate) async fn run_plan(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    let Some(round) = speed_round::Entity::find_by_id(id).one(store.db()).await? else {
        return Ok(Next::Done);
    };
    let input = load(store.db(), &round).await?;
    let (stop, progress, read) = (job.stop.clone(), job.progress.clone(), input.clone());
    let total = u32::try_from(round.waves).unwrap_or(0);
    let solved = jobs::compute(move || {
        solve(&read, |wave| {
            progress.report(u32::try_from(wave).unwrap_or(0), total);
            !stop.is_set()
        })
    })
    .await?;
    let Some(conversations) = solved.map_err(StoreError::Corrupt)? else { return Ok(Next::More) };
    verb!(store, |tx, job, &id, input, conversations, &total| {
        let done = u64::from(total);
        checkpoint(tx, job, &Value::Null, done, Some(done)).await?;
        let Some(round) = locked_by_id(tx, id).await? else { return Ok(Next::Done) };
        match state_of(&round)?.check_open(round.starts_at, tx.now()) {
            // It was cancelled, or has begun.
            Err(Refusal::SpeedRoundCancelled | Refusal::SpeedRoundClosed) => return Ok(Next::Done),
            checked => checked?,
        }
        if load(tx.db(), &round).await? != *input {
            return Ok(Next::More);
        }
        save(tx, &round, input, conversations).await?;
        Ok(Next::Done)
    })
}

/// Replaces the plan. Mentors keep one table for the whole round.
async fn save(
    tx: &Tx,
    round: &speed_round::Model,
    input: &Input,
    conversations: &[Conversation],
) -> Result<(), StoreError> {
    speed_conversation::Entity::delete_many()
        .filter(speed_conversation::Column::RoundId.eq(round.id))
        .exec(tx.db())
        .await?;
    for (number, mentor) in (1..).zip(&input.mentors) {
        let change = speed_sign_up::ActiveModel {
            id: Set(mentor.sign_up),
            table_number: Set(Some(number)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
    }
    let rows = conversations.iter().map(|(wave, mentee, mentor)| speed_conversation::ActiveModel {
        round_id: Set(round.id),
        mentee_sign_up_id: Set(input.mentees[*mentee as usize].sign_up),
        mentor_sign_up_id: Set(input.mentors[*mentor as usize].sign_up),
        wave: Set(*wave),
    });
    if !conversations.is_empty() {
        speed_conversation::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    let planned = speed_round::ActiveModel {
        id: Set(round.id),
        planned_at: Set(Some(tx.now())),
        plan_digest: Set(Some(input.digest()?)),
        ..Default::default()
    };
    planned.update(tx.db()).await?;
    Ok(())
}
