//! Withdrawing from a speed round: by oneself, because of a measure or a block, or because the account is deleted.

use std::collections::HashMap;

use domain::{
    Actor, MemberId, Refusal, SpeedRoundId, emails::SpeedRoundEvent, policy::speed_rounds::LeaveSpeedRound,
    speed_rounds::SpeedRoundState,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::rows::{is_seen, locked_by_id, own_sign_up, rounds_of, state_of, tell, times_of};
use crate::{
    Store, StoreError, audit,
    entities::{mentoring_programme, speed_conversation, speed_round, speed_sign_up},
    members,
    write::{Tx, verb},
};

/// Withdraws from a speed round. Once it is published, everybody with whom the member would still have talked gets a
/// break and an email. Withdrawing again changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` when the round is over.
pub async fn withdraw(store: &Store, actor: &Actor, id: SpeedRoundId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let (me, permit) = members::own(actor, LeaveSpeedRound)?;
        let round = locked_by_id(tx, id.0).await?.ok_or(StoreError::NotFound)?;
        let Some(sign_up) = own_sign_up(tx.db(), id.0, me).await? else {
            return if is_seen(tx.db(), actor, &round).await? { Ok(()) } else { Err(StoreError::NotFound) };
        };
        if state_of(&round)? == SpeedRoundState::Published && tx.now() >= times_of(&round).ends_at() {
            return Err(Refusal::SpeedRoundOver.into());
        }
        remove(tx, &round, &sign_up).await?;
        audit::record(tx, &permit, "speed_round.withdraw", id.0).await
    })
}

/// Deletes a sign-up with its conversations, and tells the people who would still have had one.
async fn remove(
    tx: &Tx,
    round: &speed_round::Model,
    sign_up: &speed_sign_up::Model,
) -> Result<(), StoreError> {
    let mut partners = Vec::new();
    if state_of(round)? == SpeedRoundState::Published {
        let times = times_of(round);
        let conversations = of_sign_up(sign_up.id).all(tx.db()).await?;
        partners = conversations
            .into_iter()
            .filter(|row| times.begins(row.wave) > tx.now())
            .map(|row| {
                if row.mentee_sign_up_id == sign_up.id {
                    row.mentor_sign_up_id
                } else {
                    row.mentee_sign_up_id
                }
            })
            .collect();
    }
    speed_sign_up::Entity::delete_by_id(sign_up.id).exec(tx.db()).await?;
    let people =
        speed_sign_up::Entity::find().filter(speed_sign_up::Column::Id.is_in(partners.iter().copied()));
    let people: HashMap<Uuid, Uuid> =
        people.all(tx.db()).await?.into_iter().map(|row| (row.id, row.member_id)).collect();
    for partner in partners {
        let Some(member) = people.get(&partner) else { continue };
        let left = of_sign_up(partner).count(tx.db()).await?;
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        tell(tx, round, MemberId(*member), left, SpeedRoundEvent::Break).await?;
    }
    Ok(())
}

/// The conversations of a sign-up.
fn of_sign_up(sign_up: Uuid) -> sea_orm::Select<speed_conversation::Entity> {
    let is_part = Condition::any()
        .add(speed_conversation::Column::MenteeSignUpId.eq(sign_up))
        .add(speed_conversation::Column::MentorSignUpId.eq(sign_up));
    speed_conversation::Entity::find().filter(is_part).order_by_asc(speed_conversation::Column::Wave)
}

/// Withdraws a member from rounds that are not over, behind their locks.
async fn remove_from(tx: &Tx, member: MemberId, rounds: Condition) -> Result<(), StoreError> {
    let rounds = speed_round::Entity::find()
        .filter(rounds)
        .filter(speed_round::Column::Id.in_subquery(rounds_of(member)))
        .order_by_asc(speed_round::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for round in rounds {
        if times_of(&round).ends_at() > tx.now()
            && let Some(sign_up) = own_sign_up(tx.db(), round.id, member).await?
        {
            remove(tx, &round, &sign_up).await?;
        }
    }
    Ok(())
}

/// Withdraws a member whom a coordinator excluded from a programme.
pub(crate) async fn withdraw_all(tx: &Tx, programme: Uuid, member: MemberId) -> Result<(), StoreError> {
    remove_from(tx, member, Condition::all().add(speed_round::Column::ProgrammeId.eq(programme))).await
}

/// Withdraws somebody who is no longer a member of a group from the speed rounds of its programmes.
pub(crate) async fn leave_group(tx: &Tx, group: Uuid, member: MemberId) -> Result<(), StoreError> {
    let programmes = mentoring_programme::Entity::find()
        .select_only()
        .column(mentoring_programme::Column::Id)
        .filter(mentoring_programme::Column::GroupId.eq(group))
        .into_query();
    let is_inside = speed_round::Column::ProgrammeId.in_subquery(programmes);
    remove_from(tx, member, Condition::all().add(is_inside)).await
}

/// Prepares the erasure of a member: their partners get a break.
pub(crate) async fn forget(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    remove_from(tx, member, Condition::all()).await
}

/// Removes the conversations of two members, because one blocked the other. Nobody is told. The rounds are locked first,
/// so that a plan that is saved in the same moment is seen here or sees the block.
pub(crate) async fn leave_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    let rounds = speed_round::Entity::find()
        .filter(speed_round::Column::Id.in_subquery(rounds_of(one)))
        .filter(speed_round::Column::Id.in_subquery(rounds_of(other)))
        .order_by_asc(speed_round::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for round in rounds {
        let one = sign_up_id(tx.db(), round.id, one).await?;
        let other = sign_up_id(tx.db(), round.id, other).await?;
        let (Some(one), Some(other)) = (one, other) else { continue };
        let pair = |mentee: Uuid, mentor: Uuid| {
            Condition::all()
                .add(speed_conversation::Column::MenteeSignUpId.eq(mentee))
                .add(speed_conversation::Column::MentorSignUpId.eq(mentor))
        };
        speed_conversation::Entity::delete_many()
            .filter(Condition::any().add(pair(one, other)).add(pair(other, one)))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

async fn sign_up_id(
    db: &impl ConnectionTrait,
    round: Uuid,
    member: MemberId,
) -> Result<Option<Uuid>, StoreError> {
    Ok(own_sign_up(db, round, member).await?.map(|row| row.id))
}
