//! Reported comments.

use std::collections::HashMap;

use domain::{
    Actor, CommentId, MemberId,
    comments::{Target, TargetKind},
    policy::{Permit, comments::HideComment},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{cards, target::check_seen, visibility::visible};
use crate::{StoreError, audit, entities::comment, write::Tx};

/// The author of a comment that somebody wants to report.
///
/// # Errors
/// `NotFound` when the reader does not see it.
pub(crate) async fn find_reported(tx: &Tx, actor: &Actor, id: Uuid) -> Result<Option<MemberId>, StoreError> {
    let row = comment::Entity::find_by_id(id)
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .filter(visible(actor))
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    check_seen(tx.db(), actor, target_of(&row)?).await?;
    Ok(row.author_id.map(MemberId))
}

/// The record of a comment.
pub(super) fn target_of(row: &comment::Model) -> Result<Target, StoreError> {
    let kind: TargetKind = row.kind.parse().map_err(|()| StoreError::NotFound)?;
    Ok(Target { kind, id: row.target_id })
}

/// Those of some comments that a reader sees or wrote.
pub(crate) async fn readable(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    let me = actor.member().map(|me| me.0);
    let rows = comment::Entity::find().filter(comment::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let mut seen = Vec::new();
    for row in rows {
        let is_own = me.is_some() && row.author_id == me;
        if is_own || (row.hidden_at.is_none() && check_seen(db, actor, target_of(&row)?).await.is_ok()) {
            seen.push(row.id);
        }
    }
    Ok(seen)
}

/// The authors of those of some comments that a reader sees, if they also see the record. `None` for an author whose
/// account is gone.
pub(crate) async fn authors(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Option<Uuid>>, StoreError> {
    let rows: Vec<(Uuid, Option<Uuid>)> = comment::Entity::find()
        .select_only()
        .columns([comment::Column::Id, comment::Column::AuthorId])
        .filter(comment::Column::Id.is_in(ids.iter().copied()))
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .filter(visible(actor))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Hides a comment for everybody, or shows it again, for reports and their decisions.
pub(crate) async fn set_hidden(
    tx: &Tx,
    permit: &Permit<HideComment>,
    id: CommentId,
    hidden: bool,
) -> Result<(), StoreError> {
    let row = comment::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.hidden_at.is_some() != hidden) else { return Ok(()) };
    let change = comment::ActiveModel {
        id: Set(row.id),
        hidden_at: Set(hidden.then(|| tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    audit::record(tx, permit, if hidden { "comment.hide" } else { "comment.show" }, id.0).await?;
    cards::refresh(tx, &row).await
}
