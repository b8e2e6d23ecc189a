//! Changing one's own learning request.

use domain::{
    Actor, DemandId, Refusal,
    demands::Demand,
    policy::{demands::EditDemand, permit},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{
    ask::topic_of,
    rows::{check_open, locked},
};
use crate::{Store, StoreError, audit, entities::demand, search, write::verb};

/// Changes a request. The group that it is for stays, because people of the group may have answered it. If others want it or
/// offered to teach it, its page says that it was changed. The same text again changes nothing.
///
/// # Errors
/// `Refused` for others than the author, while a report waits, and when it is not on the board any more. `Invalid` for a
/// topic that is not offered. `NotFound` for hidden and absent ones.
pub async fn edit(store: &Store, actor: &Actor, id: DemandId, demand: Demand) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, demand| {
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, EditDemand, relation)?;
        check_open(&row)?;
        if row.hidden_at.is_some() {
            return Err(Refusal::DemandOver.into());
        }
        let topic_id = topic_of(tx, demand.topic.as_ref()).await?;
        let new = demand::Model {
            title: demand.title.clone(),
            text: demand.text.clone(),
            topic_id,
            place: demand.place.name().to_owned(),
            city: demand.city.clone(),
            ..row.clone()
        };
        if new == row {
            return Ok(());
        }
        let has_readers = row.supporters > 1 || claim.is_some();
        let change = demand::ActiveModel {
            id: Set(row.id),
            title: Set(new.title),
            text: Set(new.text),
            topic_id: Set(topic_id),
            place: Set(new.place),
            city: Set(new.city),
            changed_at: Set(if has_readers { Some(tx.now()) } else { row.changed_at }),
            ..Default::default()
        };
        search::demand(tx, &change.update(tx.db()).await?).await?;
        audit::record(tx, &permit, "demand.edit", row.id).await
    })
}
