//! Editing and deleting a comment, and turning comments off.

use domain::{
    Actor, CommentId, MemberId, Refusal,
    comments::{Target, TargetKind, may_edit},
    policy::{
        Own, Permit,
        comments::{ChangeComment, CloseComments, CommentRelation},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, QuerySelect as _, sea_query::OnConflict,
};

use super::{
    cards,
    target::{check_seen, is_off, relation},
};
use crate::{
    Store, StoreError, audit,
    entities::{comment, comments_off},
    write::{Tx, verb},
};

/// Changes the text of the actor's own comment, within 15 minutes.
///
/// # Errors
/// `NotFound` when the actor did not write it, it is deleted or hidden, or the actor does not see the record any more.
/// `Refused` when the time is over.
pub async fn edit(store: &Store, actor: &Actor, id: CommentId, text: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, text| {
        let (row, permit) = own(tx, actor, id).await?;
        may_edit(row.written_at, tx.now())?;
        let change = comment::ActiveModel {
            id: Set(id.0),
            text: Set(text.to_owned()),
            edited_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "comment.edit", id.0).await
    })
}

/// Deletes the actor's own comment and its text. Replies stay.
///
/// # Errors
/// `NotFound` when the actor did not write it, or it is deleted already.
pub async fn delete(store: &Store, actor: &Actor, id: CommentId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let (row, permit) = own(tx, actor, id).await?;
        let change = comment::ActiveModel {
            id: Set(id.0),
            text: Set(String::new()),
            deleted_at: Set(Some(tx.now())),
            pinned_at: Set(None),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "comment.delete", id.0).await?;
        cards::refresh(tx, &row).await
    })
}

/// The actor's own comment, locked until the transaction ends. What is hidden because
/// of a report, or removed by an organiser, stays as it is.
async fn own(
    tx: &Tx,
    actor: &Actor,
    id: CommentId,
) -> Result<(comment::Model, Permit<ChangeComment>), StoreError> {
    let permit = permit(actor, ChangeComment, Own)?;
    let row = comment::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let is_own = |row: &comment::Model| row.author_id.is_some() && permit.by() == row.author_id.map(MemberId);
    let row = row.filter(is_own).ok_or(StoreError::NotFound)?;
    if row.deleted_at.is_some() || row.hidden_at.is_some() || row.removed_at.is_some() {
        return Err(StoreError::NotFound);
    }
    let kind: TargetKind = row.kind.parse().map_err(|()| StoreError::NotFound)?;
    check_seen(tx.db(), actor, Target { kind, id: row.target_id }).await?;
    Ok((row, permit))
}

/// Closes the conversation below a record, or opens it again. What is there stays visible.
///
/// # Errors
/// `NotFound` when the actor neither owns nor runs the record.
pub async fn close(store: &Store, actor: &Actor, target: Target, off: bool) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &target, &off| {
        // Asks the role first, so that visitors and suspended members hear of that.
        let _role = permit(actor, CloseComments, CommentRelation::Organiser)?;
        let permit = match permit(actor, CloseComments, relation(tx.db(), actor, target).await?) {
            Err(Refusal::NotAllowed) => return Err(StoreError::NotFound),
            answer => answer?,
        };
        if is_off(tx.db(), target).await? == off {
            return Ok(());
        }
        let key = (target.kind.name().to_owned(), target.id);
        if off {
            let row = comments_off::ActiveModel {
                kind: Set(key.0),
                target_id: Set(key.1),
                by_id: Set(permit.by().map(|by| by.0)),
                since: Set(tx.now()),
            };
            let ignore_existing =
                OnConflict::columns([comments_off::Column::Kind, comments_off::Column::TargetId])
                    .do_nothing()
                    .to_owned();
            comments_off::Entity::insert(row)
                .on_conflict(ignore_existing)
                .exec_without_returning(tx.db())
                .await?;
        } else {
            comments_off::Entity::delete_by_id(key).exec(tx.db()).await?;
        }
        let action = if off { "comment.close" } else { "comment.open" };
        audit::record(tx, &permit, action, target.id).await
    })
}
