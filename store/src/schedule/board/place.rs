//! Moving one session of the draft (D4).

use domain::{Actor, Problem, Refusal, Slug, board::Slot};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::rows::{Place, count_change, lock, room_of, save_place, session_of};
use crate::{Store, StoreError, entities::agenda_slot, write::verb};

/// Gives a session of the draft a room and a start, or puts it back into the pool, and sets its length. Returns the
/// revision of the session. `seen` is the revision that the editor saw.
///
/// # Errors
/// `NotFound` for hidden and absent events and sessions. `Refused` for everybody but the organisers of the event, and
/// with `ChangedMeanwhile` when somebody else moved the session since: the editor looks at both and decides.
pub async fn place(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    seen: i32,
    slot: Option<Slot>,
    minutes: u32,
) -> Result<i32, StoreError> {
    verb!(store, |tx, actor, slug, &session, &seen, &slot, &minutes| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let row = session_of(tx.db(), event.id.0, session).await?.ok_or(StoreError::NotFound)?;
        if let Some(slot) = slot
            && room_of(tx.db(), event.id.0, slot.room).await?.is_none()
        {
            let problem = Problem { field: "room".to_owned(), why: Refusal::BadChoice };
            return Err(StoreError::Invalid(vec![problem]));
        }
        let drafted = agenda_slot::Entity::find_by_id(session).one(tx.db()).await?;
        let before = drafted.as_ref().map_or_else(|| Place::released(&row), Place::drafted);
        let revision = drafted.map_or(0, |drafted| drafted.revision);
        let wanted = Place { slot, minutes };
        if before == wanted {
            return Ok(revision);
        }
        if revision != seen {
            return Err(Refusal::ChangedMeanwhile { version: revision.into() }.into());
        }
        let revision = count_change(tx, &permit, event.id.0).await?;
        save_place(tx, &permit, &row, wanted, revision, permit.by()).await?;
        Ok(revision)
    })
}
