//! Which comments a reader sees below a record that they see, and how many that are.

use std::collections::HashMap;

use domain::{Actor, MemberId, Role, comments::TargetKind};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use crate::{
    StoreError,
    blocks::hidden_from,
    entities::{comment, member},
};

/// Comments that are not hidden, by active members without a block, or by members whose account is gone.
pub(super) fn visible(actor: &Actor) -> Condition {
    let author = || Expr::col((comment::Entity, comment::Column::AuthorId));
    let known = Condition::all().add(is_active(author())).add(hidden_from(actor, author()));
    Condition::all()
        .add(comment::Column::HiddenAt.is_null())
        .add(Condition::any().add(comment::Column::AuthorId.is_null()).add(known))
}

/// Whether the member with an id is not suspended.
pub(super) fn is_active(id: Expr) -> Expr {
    let active = member::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((member::Entity, member::Column::Id)).eq(id))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query();
    Expr::exists(active)
}

/// How many comments the reader sees below each of these records, which they see. Records without any are left out. What
/// was deleted or removed does not count, and neither does a reply to a comment that the reader does not see.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    actor: &Actor,
    kind: TargetKind,
    targets: &[Uuid],
) -> Result<HashMap<Uuid, u32>, StoreError> {
    let below = || {
        comment::Entity::find()
            .select_only()
            .filter(comment::Column::Kind.eq(kind.name()))
            .filter(comment::Column::TargetId.is_in(targets.iter().copied()))
            .filter(visible(actor))
    };
    let seen = below().column(comment::Column::Id).filter(comment::Column::ParentId.is_null()).into_query();
    let is_below_seen = Condition::any()
        .add(comment::Column::ParentId.is_null())
        .add(comment::Column::ParentId.in_subquery(seen));
    let rows: Vec<(Uuid, i64)> = below()
        .column(comment::Column::TargetId)
        .column_as(comment::Column::Id.count(), "count")
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .filter(is_below_seen)
        .group_by(comment::Column::TargetId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, count)| (id, u32::try_from(count).unwrap_or(u32::MAX))).collect())
}

/// The records of a kind below which a member commented, as a subquery.
pub(crate) fn commented_by(kind: TargetKind, member: MemberId) -> SelectStatement {
    comment::Entity::find()
        .select_only()
        .column(comment::Column::TargetId)
        .filter(comment::Column::Kind.eq(kind.name()))
        .filter(comment::Column::AuthorId.eq(member.0))
        .into_query()
}

/// The members who commented below some records.
pub(crate) async fn commenters(
    db: &impl ConnectionTrait,
    kind: TargetKind,
    targets: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    let authors: Vec<Option<Uuid>> = comment::Entity::find()
        .select_only()
        .column(comment::Column::AuthorId)
        .filter(comment::Column::Kind.eq(kind.name()))
        .filter(comment::Column::TargetId.is_in(targets))
        .filter(comment::Column::AuthorId.is_not_null())
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(authors.into_iter().flatten().collect())
}
