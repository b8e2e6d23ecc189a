//! Wanting to learn the same.

use domain::{
    Actor, DemandId, Refusal,
    policy::{demands::SecondDemand, permit},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::rows::{check_open, locked};
use crate::{
    Store, StoreError, audit,
    entities::{demand, demand_supporter},
    write::verb,
};

/// Says that the actor wants it too, or no longer. The same again changes nothing.
///
/// # Errors
/// `Refused` for the author and when it is not on the board any more, `NotFound` for hidden and absent ones.
pub async fn support(store: &Store, actor: &Actor, id: DemandId, wanted: bool) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &wanted| {
        let (row, _, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, SecondDemand, relation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        check_open(&row)?;
        let existing = demand_supporter::Entity::find_by_id((row.id, me.0)).one(tx.db()).await?;
        if existing.is_some() == wanted {
            return Ok(());
        }
        if wanted {
            let new = demand_supporter::ActiveModel {
                demand_id: Set(row.id),
                member_id: Set(me.0),
                since: Set(tx.now()),
                invited_at: Set(None),
            };
            new.insert(tx.db()).await?;
        } else {
            demand_supporter::Entity::delete_by_id((row.id, me.0)).exec(tx.db()).await?;
        }
        let change = demand::ActiveModel {
            id: Set(row.id),
            supporters: Set(row.supporters + if wanted { 1 } else { -1 }),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        let action = if wanted { "demand.support" } else { "demand.unsupport" };
        audit::record(tx, &permit, action, row.id).await
    })
}
