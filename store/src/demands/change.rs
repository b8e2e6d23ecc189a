//! Taking a learning request back, and moderating it.

use domain::{
    Actor, DemandId, MemberId, Refusal,
    demands::{DemandChange, DemandState},
    emails::DemandEvent,
    policy::{
        demands::{ModerateDemand, ReopenDemand, WithdrawDemand},
        permit,
    },
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{
    ask::refuse_many,
    claim::remove_claim,
    rows::{locked, state_of, tell},
};
use crate::{Store, StoreError, audit, entities::demand, members, write::verb};

/// Takes a request back, puts it back, removes or restores it. The same change again changes nothing. A speaker is told
/// when it is not on the board any more.
///
/// # Errors
/// `Refused` when the change does not fit its state, or for others. `NotFound` for hidden and absent ones.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: DemandId,
    change: DemandChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &change| {
        if change == DemandChange::Reopen {
            // The member's row is the lock behind which open requests are counted.
            members::lock(tx, actor.member().ok_or(Refusal::SignInFirst)?).await?;
        }
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let (by, action) = match change {
            DemandChange::Withdraw => (permit(actor, WithdrawDemand, relation)?.by(), "demand.withdraw"),
            DemandChange::Reopen => (permit(actor, ReopenDemand, relation)?.by(), "demand.reopen"),
            DemandChange::Remove => (permit(actor, ModerateDemand, relation)?.by(), "demand.remove"),
            DemandChange::Restore => (permit(actor, ModerateDemand, relation)?.by(), "demand.restore"),
        };
        let before = state_of(&row)?;
        let state = before.after(change)?;
        if state == before {
            return Ok(());
        }
        if change == DemandChange::Reopen {
            refuse_many(tx, by.ok_or(Refusal::NotAllowed)?.0).await?;
        }
        let new = demand::ActiveModel {
            id: Set(row.id),
            state: Set(state.name().to_owned()),
            ..Default::default()
        };
        new.update(tx.db()).await?;
        if let Some(claim) = claim.filter(|_| state != DemandState::Open) {
            remove_claim(tx, row.id).await?;
            if by != Some(MemberId(claim.member_id)) {
                tell(tx, &row, claim.member_id, claim.member_id, DemandEvent::TakenBack).await?;
            }
        }
        audit::record_by(tx, by, action, Some(row.id)).await
    })
}
