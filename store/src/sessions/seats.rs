//! The seats of a workshop, which organisers give to a session (D7). The workshop itself is an event.

use domain::{Actor, Refusal, Slug};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use crate::{Store, StoreError, entities::agenda_session, events, schedule, write::verb};

/// Gives a session this number of seats, or with `None` takes them away.
///
/// # Errors
/// `Refused(WorkshopNeedsSlot)` for a session that was not released, and `Refused` for everybody but the organisers of the
/// event. `NotFound` for hidden and absent sessions.
pub async fn set_seats(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    seats: Option<u32>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &seats| {
        let (event, _) = events::lock(tx, actor, slug).await?;
        let permit = events::edit_permit(tx, actor, &event).await?;
        let row = agenda_session::Entity::find_by_id(session)
            .filter(agenda_session::Column::EventId.eq(event.id.0))
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        let slot = schedule::workshop_slot(&row)?.ok_or(Refusal::WorkshopNeedsSlot)?;
        let workshop = events::set_workshop(tx, &permit, &event, row.workshop_id, &slot, seats).await?;
        if workshop != row.workshop_id {
            let change = agenda_session::ActiveModel {
                id: Set(session),
                workshop_id: Set(workshop),
                ..Default::default()
            };
            change.update(tx.db()).await?;
        }
        Ok(())
    })
}
