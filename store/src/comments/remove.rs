//! Erasing comments: with their record, and with their author.

use domain::{Instant, MemberId, comments::TargetKind};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{comment, comment_follow, comments_off},
    write::Tx,
};

/// Deletes all comments below records that are erased.
pub(crate) async fn remove_of(tx: &Tx, kind: TargetKind, targets: &[Uuid]) -> Result<(), StoreError> {
    let below = || {
        comment::Entity::delete_many()
            .filter(comment::Column::Kind.eq(kind.name()))
            .filter(comment::Column::TargetId.is_in(targets.iter().copied()))
    };
    // Replies first, because they point at the comments above them.
    below().filter(comment::Column::ParentId.is_not_null()).exec(tx.db()).await?;
    below().exec(tx.db()).await?;
    comment_follow::Entity::delete_many()
        .filter(comment_follow::Column::Kind.eq(kind.name()))
        .filter(comment_follow::Column::TargetId.is_in(targets.iter().copied()))
        .exec(tx.db())
        .await?;
    comments_off::Entity::delete_many()
        .filter(comments_off::Column::Kind.eq(kind.name()))
        .filter(comments_off::Column::TargetId.is_in(targets.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Deletes the texts of a member who is erased. A comment with replies keeps its row.
pub(crate) async fn forget(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::Text, Expr::value(""))
        .col_expr(comment::Column::CreateKey, Expr::value(None::<String>))
        .col_expr(comment::Column::DeletedAt, Expr::value(tx.now()))
        .col_expr(comment::Column::PinnedAt, Expr::value(None::<Instant>))
        .filter(comment::Column::AuthorId.eq(member.0))
        .exec(tx.db())
        .await?;
    let parents = comment::Entity::find()
        .select_only()
        .column(comment::Column::ParentId)
        .filter(comment::Column::ParentId.is_not_null())
        .into_query();
    comment::Entity::delete_many()
        .filter(comment::Column::AuthorId.eq(member.0))
        .filter(comment::Column::Id.not_in_subquery(parents))
        .exec(tx.db())
        .await?;
    Ok(())
}
