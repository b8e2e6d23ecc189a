//! What organisers do about comments (C17): pinning one, and removing one with a reason.

use domain::{
    Actor, CommentId, Instant,
    comments::{Target, TargetKind},
    policy::{
        Permit,
        comments::{CommentRelation, ModerateComments},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::{cards, target::relation};
use crate::{
    Store, StoreError, audit,
    entities::comment,
    write::{Tx, verb},
};

/// Pins a comment at the top of its conversation in place of another one, or unpins it.
///
/// # Errors
/// `NotFound` when the actor does not see the record, or the comment is gone. `Refused` when they don't run the record.
pub async fn pin(store: &Store, actor: &Actor, id: CommentId, pinned: bool) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &pinned| {
        lock_pins(tx, id).await?;
        let (row, permit) = locked(tx, actor, id).await?;
        if row.removed_at.is_some() || row.parent_id.is_some() {
            return Err(StoreError::NotFound);
        }
        comment::Entity::update_many()
            .col_expr(comment::Column::PinnedAt, Expr::value(None::<Instant>))
            .filter(comment::Column::Kind.eq(row.kind.as_str()))
            .filter(comment::Column::TargetId.eq(row.target_id))
            .filter(comment::Column::PinnedAt.is_not_null())
            .exec(tx.db())
            .await?;
        if pinned {
            let change = comment::ActiveModel {
                id: Set(row.id),
                pinned_at: Set(Some(tx.now())),
                ..Default::default()
            };
            change.update(tx.db()).await?;
        }
        audit::record(tx, &permit, if pinned { "comment.pin" } else { "comment.unpin" }, id.0).await
    })
}

/// Locks the first comment of the conversation, so that two organisers at once don't pin two comments.
async fn lock_pins(tx: &Tx, id: CommentId) -> Result<(), StoreError> {
    let row = comment::Entity::find_by_id(id.0).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    comment::Entity::find()
        .filter(comment::Column::Kind.eq(row.kind))
        .filter(comment::Column::TargetId.eq(row.target_id))
        .order_by_asc(comment::Column::WrittenAt)
        .order_by_asc(comment::Column::Id)
        .lock_exclusive()
        .one(tx.db())
        .await?;
    Ok(())
}

/// Removes a comment. Its place stays visible, and its author reads the reason.
///
/// # Errors
/// The same as [`pin`].
pub async fn remove(store: &Store, actor: &Actor, id: CommentId, reason: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, reason| {
        let (row, permit) = locked(tx, actor, id).await?;
        if row.removed_at.is_some() {
            return Ok(());
        }
        let change = comment::ActiveModel {
            id: Set(row.id),
            pinned_at: Set(None),
            removed_at: Set(Some(tx.now())),
            removed_by_id: Set(permit.by().map(|by| by.0)),
            removed_reason: Set(Some(reason.to_owned())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "comment.remove", id.0).await?;
        cards::refresh(tx, &row).await
    })
}

/// Shows a removed comment again.
///
/// # Errors
/// The same as [`pin`].
pub async fn restore(store: &Store, actor: &Actor, id: CommentId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let (row, permit) = locked(tx, actor, id).await?;
        if row.removed_at.is_none() {
            return Ok(());
        }
        let change = comment::ActiveModel {
            id: Set(row.id),
            removed_at: Set(None),
            removed_by_id: Set(None),
            removed_reason: Set(None),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "comment.restore", id.0).await?;
        cards::refresh(tx, &row).await
    })
}

/// A comment that is neither deleted nor hidden, locked, with the permit to moderate its conversation.
async fn locked(
    tx: &Tx,
    actor: &Actor,
    id: CommentId,
) -> Result<(comment::Model, Permit<ModerateComments>), StoreError> {
    // Asks the role first, so that visitors and suspended members hear of that.
    let _role = permit(actor, ModerateComments, CommentRelation::Organiser)?;
    let row = comment::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let row = row.filter(|row| row.deleted_at.is_none() && row.hidden_at.is_none());
    let row = row.ok_or(StoreError::NotFound)?;
    let kind: TargetKind = row.kind.parse().map_err(|()| StoreError::NotFound)?;
    let relation = relation(tx.db(), actor, Target { kind, id: row.target_id }).await?;
    Ok((row, permit(actor, ModerateComments, relation)?))
}
