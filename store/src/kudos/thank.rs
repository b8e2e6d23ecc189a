//! Adding one's thanks to kudos that somebody else gave.

use domain::{
    Actor, KudosId, MemberId, Refusal,
    kudos::{MAX_ADDED, may_give},
    policy::{NoRelation, kudos::GiveKudos, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    feed::{EntryKind, push},
    limits::check_limits,
    notify::notify_added,
    visibility::seen_by,
};
use crate::{
    Store, StoreError, audit,
    blocks::between,
    entities::{kudos, kudos_giver, kudos_recipient},
    members,
    write::{Tx, verb},
};

/// Adds the actor's thanks to kudos of somebody else, or takes them back. Doing it again changes nothing, and neither
/// does adding thanks to one's own kudos. Thanks count towards the limits like kudos.
///
/// # Errors
/// `NotFound` when the actor does not see the kudos, or has a block with a recipient. `Refused` for kudos to oneself
/// or to the own team, beyond a limit, and when too many members added theirs.
pub async fn thank(store: &Store, actor: &Actor, id: KudosId, wanted: bool) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &wanted| {
        let permit = permit(actor, GiveKudos, NoRelation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        // The same lock as for giving, so that two forms at once cannot exceed a limit.
        members::lock(tx, me).await?;
        let row =
            kudos::Entity::find_by_id(id.0).filter(seen_by(actor)).lock_exclusive().one(tx.db()).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let is_added = kudos_giver::Entity::find_by_id((id.0, me.0)).one(tx.db()).await?.is_some();
        if is_added == wanted || row.from_id == me.0 {
            return Ok(());
        }
        if wanted {
            add(tx, me, &row).await?;
        } else {
            kudos_giver::Entity::delete_by_id((id.0, me.0)).exec(tx.db()).await?;
        }
        audit::record(tx, &permit, if wanted { "kudos.thank" } else { "kudos.unthank" }, id.0).await?;
        push(tx, id, EntryKind::Edited).await
    })
}

async fn add(tx: &Tx, me: MemberId, row: &kudos::Model) -> Result<(), StoreError> {
    let to: Vec<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.eq(row.id))
        .into_tuple()
        .all(tx.db())
        .await?;
    let to: Vec<MemberId> = to.into_iter().map(MemberId).collect();
    for person in &to {
        may_give(me, *person)?;
        if between(tx.db(), me, *person).await? {
            return Err(StoreError::NotFound);
        }
    }
    check_limits(tx, me, &to, row.team_id).await?;
    let added = kudos_giver::Entity::find().filter(kudos_giver::Column::KudosId.eq(row.id));
    if added.count(tx.db()).await? >= MAX_ADDED {
        return Err(Refusal::KudosAddedFull.into());
    }
    let new =
        kudos_giver::ActiveModel { kudos_id: Set(row.id), member_id: Set(me.0), added_at: Set(tx.now()) };
    new.insert(tx.db()).await?;
    notify_added(tx, row, me, &to).await
}
