//! Learning requests and the reader's relation to them.

use domain::{
    Actor, DemandId, MemberId, Refusal,
    demands::DemandState,
    emails::{self, DemandEvent, Email, Mailing},
    groups::GroupRole,
    policy::demands::DemandRelation,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::visibility::seen_by;
use crate::{
    StoreError,
    entities::{demand, demand_claim},
    groups, members,
    write::Tx,
};

/// The state of a row.
pub(super) fn state_of(row: &demand::Model) -> Result<DemandState, StoreError> {
    row.state.parse().map_err(|()| StoreError::Corrupt(format!("demand {}: unreadable state", row.id)))
}

/// The speaker who offered to teach it.
pub(super) async fn claim_of(
    db: &impl ConnectionTrait,
    demand: Uuid,
) -> Result<Option<demand_claim::Model>, StoreError> {
    Ok(demand_claim::Entity::find_by_id(demand).one(db).await?)
}

/// The actor's relation to a learning request that they see.
pub(super) async fn relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &demand::Model,
    claim: Option<&demand_claim::Model>,
) -> Result<DemandRelation, StoreError> {
    let me = actor.member().map(|me| me.0);
    if me.is_some() && row.asker_id == me {
        return Ok(DemandRelation::Asker);
    }
    if me.is_some() && claim.map(|claim| claim.member_id) == me {
        return Ok(DemandRelation::Claimant);
    }
    for (group, relation) in [
        (claim.and_then(|claim| claim.group_id), DemandRelation::Host),
        (row.group_id, DemandRelation::Organises),
    ] {
        let Some(group) = group else { continue };
        match groups::role_in(db, actor, group).await? {
            Some(GroupRole::Organiser | GroupRole::CoOrganiser) => return Ok(relation),
            Some(GroupRole::Member) | None => {}
        }
    }
    Ok(DemandRelation::Other)
}

/// A learning request behind its lock, with its speaker and the actor's relation, all read behind the lock. Hidden and
/// absent requests are alike. One that was removed is there for those who may restore it.
pub(super) async fn locked(
    tx: &Tx,
    actor: &Actor,
    id: DemandId,
) -> Result<(demand::Model, Option<demand_claim::Model>, DemandRelation), StoreError> {
    actor.member().ok_or(Refusal::SignInFirst)?;
    let row = demand::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let row = row.ok_or(StoreError::NotFound)?;
    let claim = claim_of(tx.db(), row.id).await?;
    let relation = relation(tx.db(), actor, &row, claim.as_ref()).await?;
    if seen(tx.db(), actor, &row, relation).await? {
        Ok((row, claim, relation))
    } else {
        Err(StoreError::NotFound)
    }
}

/// Whether the actor sees a learning request. Those who may restore it see that it was removed.
pub(super) async fn seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &demand::Model,
    relation: DemandRelation,
) -> Result<bool, StoreError> {
    use domain::policy::{demands::ModerateDemand, permit};
    let is_removed = state_of(row)? == DemandState::Removed;
    if is_removed && relation != DemandRelation::Asker {
        return Ok(permit(actor, ModerateDemand, relation).is_ok());
    }
    let find = demand::Entity::find().filter(demand::Column::Id.eq(row.id)).filter(seen_by(actor));
    Ok(find.one(db).await?.is_some())
}

/// Refuses changes of a request that is not on the board any more.
pub(super) fn check_open(row: &demand::Model) -> Result<(), StoreError> {
    match state_of(row)? {
        DemandState::Open => Ok(()),
        DemandState::Scheduled | DemandState::Withdrawn | DemandState::Removed => {
            Err(Refusal::DemandOver.into())
        }
    }
}

/// Posts news about a learning request. `partner` is the person whom the email names.
pub(super) async fn tell(
    tx: &Tx,
    row: &demand::Model,
    to: Uuid,
    partner: Uuid,
    what: DemandEvent,
) -> Result<(), StoreError> {
    let email = news(tx, row, to, partner, what).await?;
    members::post_news(tx, to, &email).await
}

/// News about a learning request.
pub(super) async fn news(
    tx: &Tx,
    row: &demand::Model,
    to: Uuid,
    partner: Uuid,
    what: DemandEvent,
) -> Result<Email, StoreError> {
    Ok(Email::from(emails::DemandNews {
        mailing: Mailing { member: MemberId(to), group: None },
        demand: DemandId(row.id),
        title: row.title.clone(),
        partner: members::load(tx.db(), MemberId(partner)).await?.shown_name(),
        what,
        reason: None,
    }))
}
