//! Changes of kudos that were given: edit, retract, hide (K6, K7).

use domain::{
    Actor, KudosId, MemberId, Refusal,
    kudos::{KudosEdit, may_edit},
    policy::{
        Own, Permit,
        data::ManageOwnData,
        kudos::{ChangeKudos, HideKudos},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, RelationTrait as _, sea_query::JoinType,
};

use super::{
    feed::{EntryKind, push},
    give::{check_text, insert_values, key_of, value_ids},
    list,
    rows::Kudos,
    visibility::seen_by,
};
use crate::{
    Store, StoreError, audit,
    entities::{kudos, kudos_giver, kudos_praised_value, kudos_recipient},
    members, search,
    write::Tx,
};

/// The kudos for the form that changes them.
///
/// # Errors
/// `NotFound` when the actor did not give them. `Refused` when the time for changes is over.
pub async fn edit_form(store: &Store, actor: &Actor, id: KudosId) -> Result<Kudos, StoreError> {
    let kudos = list::get(store, actor, id).await?;
    if !kudos.mine {
        return Err(StoreError::NotFound);
    }
    may_edit(kudos.given_at, store.now())?;
    if !kudos.added.is_empty() || kudos.added_others > 0 {
        return Err(Refusal::KudosEditAdded.into());
    }
    Ok(kudos)
}

/// Changes the text and the values, within 15 minutes.
///
/// # Errors
/// `NotFound` when the actor did not give them. `Refused` when the time is over or another kudos of the actor has
/// this text. `Invalid` when a value is not offered.
pub async fn edit(store: &Store, actor: &Actor, id: KudosId, edit: KudosEdit) -> Result<(), StoreError> {
    store.write((*actor, id, edit), |tx, (actor, id, edit)| Box::pin(edit_in(tx, actor, *id, edit))).await
}

async fn edit_in(tx: &Tx, actor: &Actor, id: KudosId, edit: &KudosEdit) -> Result<(), StoreError> {
    // Giving locks the same row first, so that two forms at once cannot use the same text.
    members::lock(tx, actor.member().ok_or(Refusal::NotAllowed)?).await?;
    let (row, permit) = own(tx, actor, id).await?;
    // What is reported stays as it was reported.
    if row.retracted_at.is_some() || row.hidden_at.is_some() {
        return Err(StoreError::NotFound);
    }
    may_edit(row.given_at, tx.now())?;
    let added = kudos_giver::Entity::find().filter(kudos_giver::Column::KudosId.eq(id.0));
    if added.one(tx.db()).await?.is_some() {
        return Err(Refusal::KudosEditAdded.into());
    }
    let values = value_ids(tx, &edit.values).await?;
    let text_key = key_of(&edit.text);
    check_text(tx, MemberId(row.from_id), &text_key, Some(id)).await?;
    let change = kudos::ActiveModel {
        id: Set(id.0),
        text: Set(edit.text.clone()),
        text_key: Set(text_key),
        edited_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = change.update(tx.db()).await?;
    search::kudos(tx, &[row]).await?;
    kudos_praised_value::Entity::delete_many()
        .filter(kudos_praised_value::Column::KudosId.eq(id.0))
        .exec(tx.db())
        .await?;
    insert_values(tx, id.0, values).await?;
    audit::record(tx, &permit, "kudos.edit", id.0).await?;
    push(tx, id, EntryKind::Edited).await
}

/// Retracts kudos. Nobody sees them any more. Retracting them again changes nothing.
///
/// # Errors
/// `NotFound` when the actor did not give them.
pub async fn retract(store: &Store, actor: &Actor, id: KudosId) -> Result<(), StoreError> {
    store.write((*actor, id), |tx, (actor, id)| Box::pin(retract_in(tx, actor, *id))).await
}

async fn retract_in(tx: &Tx, actor: &Actor, id: KudosId) -> Result<(), StoreError> {
    let (row, permit) = own(tx, actor, id).await?;
    if row.retracted_at.is_some() {
        return Ok(());
    }
    let change =
        kudos::ActiveModel { id: Set(id.0), retracted_at: Set(Some(tx.now())), ..Default::default() };
    change.update(tx.db()).await?;
    audit::record(tx, &permit, "kudos.retract", id.0).await?;
    push(tx, id, EntryKind::Retracted).await
}

/// The actor's own kudos, locked until the transaction ends.
async fn own(tx: &Tx, actor: &Actor, id: KudosId) -> Result<(kudos::Model, Permit<ChangeKudos>), StoreError> {
    let permit = permit(actor, ChangeKudos, Own)?;
    let row = kudos::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let row = row.filter(|row| permit.by() == Some(MemberId(row.from_id))).ok_or(StoreError::NotFound)?;
    Ok((row, permit))
}

/// Hides the actor on kudos that they got, or shows them again. If all recipients hide, only they and the giver see
/// the kudos.
///
/// # Errors
/// `NotFound` when the actor is not a recipient, or the kudos are retracted or hidden by an admin.
pub async fn hide(store: &Store, actor: &Actor, id: KudosId, hidden: bool) -> Result<(), StoreError> {
    store
        .write((*actor, id, hidden), |tx, (actor, id, hidden)| Box::pin(hide_in(tx, actor, *id, *hidden)))
        .await
}

async fn hide_in(tx: &Tx, actor: &Actor, id: KudosId, hidden: bool) -> Result<(), StoreError> {
    let permit = permit(actor, ManageOwnData, Own)?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let seen = kudos::Entity::find_by_id(id.0).filter(seen_by(actor)).lock_exclusive().one(tx.db()).await?;
    seen.ok_or(StoreError::NotFound)?;
    let row = kudos_recipient::Entity::find_by_id((id.0, me.0)).one(tx.db()).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    if row.hidden_at.is_some() == hidden {
        return Ok(());
    }
    let change = kudos_recipient::ActiveModel {
        kudos_id: Set(id.0),
        member_id: Set(me.0),
        hidden_at: Set(hidden.then(|| tx.now())),
    };
    change.update(tx.db()).await?;
    let action = if hidden { "kudos.hide_me" } else { "kudos.show_me" };
    audit::record(tx, &permit, action, id.0).await?;
    push(tx, id, if hidden { EntryKind::Hidden } else { EntryKind::Unhidden }).await
}

/// Hides a member on the kudos that they got from somebody they block. Others would go on seeing the two together,
/// on cards that the member does not see any more.
pub(crate) async fn hide_from_giver(tx: &Tx, me: MemberId, giver: MemberId) -> Result<(), StoreError> {
    let rows = kudos_recipient::Entity::find()
        .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def())
        .filter(kudos_recipient::Column::MemberId.eq(me.0))
        .filter(kudos_recipient::Column::HiddenAt.is_null())
        .filter(kudos::Column::FromId.eq(giver.0))
        .all(tx.db())
        .await?;
    for row in rows {
        let id = row.kudos_id;
        let change = kudos_recipient::ActiveModel {
            kudos_id: Set(id),
            member_id: Set(me.0),
            hidden_at: Set(Some(tx.now())),
        };
        change.update(tx.db()).await?;
        push(tx, KudosId(id), EntryKind::Hidden).await?;
    }
    Ok(())
}

/// Hides kudos for everybody, or shows them again, for reports and their decisions (K7).
pub(crate) async fn set_hidden(
    tx: &Tx,
    permit: &Permit<HideKudos>,
    id: KudosId,
    hidden: bool,
) -> Result<(), StoreError> {
    let row = kudos::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.hidden_at.is_some() != hidden) else { return Ok(()) };
    let change = kudos::ActiveModel {
        id: Set(row.id),
        hidden_at: Set(hidden.then(|| tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    audit::record(tx, permit, if hidden { "kudos.hide" } else { "kudos.show" }, id.0).await?;
    push(tx, id, if hidden { EntryKind::Hidden } else { EntryKind::Unhidden }).await
}
