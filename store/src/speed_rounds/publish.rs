//! What coordinators do with a round: start the job that makes a plan, publish the plan, and cancel the round.

use domain::{
    Actor, MemberId, Refusal, SpeedRoundId,
    emails::SpeedRoundEvent,
    policy::{Permit, mentoring::CoordinateRound},
    speed_rounds::{SpeedRoundChange, SpeedRoundState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    input::load,
    plan::SPEED_PLAN,
    rows::{locked, may_coordinate, state_of, tell, times_of},
};
use crate::{
    Store, StoreError, audit,
    entities::{speed_conversation, speed_round, speed_sign_up},
    jobs::{self, NewJob},
    write::{Tx, verb},
};

/// Starts making a plan, publishes it, or cancels the round. Publishing and cancelling again change nothing.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` for anyone but a coordinator, after the round has begun, and for a
/// plan that is out of date.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: SpeedRoundId,
    change: SpeedRoundChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &change| {
        let round = locked(tx, actor, id).await?;
        let permit = may_coordinate(tx.db(), actor, &round).await?;
        match change {
            SpeedRoundChange::Plan => {
                state_of(&round)?.check_open(round.starts_at, tx.now())?;
                jobs::enqueue(tx, NewJob::about(SPEED_PLAN, round.id, tx.now())).await?;
                audit::record(tx, &permit, "speed_round.plan", round.id).await
            }
            SpeedRoundChange::Publish => publish(tx, &permit, &round).await,
            SpeedRoundChange::Cancel => cancel(tx, &permit, &round).await,
        }
    })
}

async fn publish(
    tx: &Tx,
    permit: &Permit<CoordinateRound>,
    round: &speed_round::Model,
) -> Result<(), StoreError> {
    if state_of(round)? == SpeedRoundState::Published {
        return Ok(());
    }
    state_of(round)?.check_open(round.starts_at, tx.now())?;
    let conversations = speed_conversation::Entity::find()
        .filter(speed_conversation::Column::RoundId.eq(round.id))
        .all(tx.db())
        .await?;
    let input = load(tx.db(), round).await?;
    let Some(digest) = &round.plan_digest else { return Err(Refusal::SpeedPlanMissing.into()) };
    if *digest != input.digest()? {
        return Err(Refusal::SpeedPlanOutdated.into());
    }
    if conversations.is_empty() {
        return Err(Refusal::SpeedPlanMissing.into());
    }
    set_state(tx, permit, round, SpeedRoundState::Published).await?;
    for person in input.mentees.iter().chain(&input.mentors) {
        let own = conversations
            .iter()
            .filter(|row| [row.mentee_sign_up_id, row.mentor_sign_up_id].contains(&person.sign_up))
            .count();
        tell(tx, round, MemberId(person.member), own, SpeedRoundEvent::Published).await?;
    }
    audit::record(tx, permit, "speed_round.publish", round.id).await
}

async fn cancel(
    tx: &Tx,
    permit: &Permit<CoordinateRound>,
    round: &speed_round::Model,
) -> Result<(), StoreError> {
    if state_of(round)? == SpeedRoundState::Cancelled {
        return Ok(());
    }
    if tx.now() >= times_of(round).ends_at() {
        return Err(Refusal::SpeedRoundOver.into());
    }
    set_state(tx, permit, round, SpeedRoundState::Cancelled).await?;
    let people = speed_sign_up::Entity::find()
        .filter(speed_sign_up::Column::RoundId.eq(round.id))
        .order_by_asc(speed_sign_up::Column::Id)
        .all(tx.db())
        .await?;
    for person in people {
        tell(tx, round, MemberId(person.member_id), 0, SpeedRoundEvent::Cancelled).await?;
    }
    audit::record(tx, permit, "speed_round.cancel", round.id).await
}

async fn set_state(
    tx: &Tx,
    _: &Permit<CoordinateRound>,
    round: &speed_round::Model,
    state: SpeedRoundState,
) -> Result<(), StoreError> {
    let change = speed_round::ActiveModel {
        id: Set(round.id),
        state: Set(state.name().to_owned()),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}
