//! Blocks as conditions: whom they hide from each other.

use std::collections::HashSet;

use domain::{Actor, MemberId};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};

use crate::{StoreError, entities::block};

/// The condition that leaves out everyone the reader has blocked, and everyone who has blocked the reader.
/// `member` is the column with the member's id. An anonymous reader has no blocks, so nothing is left out.
pub(crate) fn hidden_from(actor: &Actor, member: Expr) -> Condition {
    let Some(me) = actor.member() else { return Condition::all() };
    let blocked_by_me = block::Entity::find()
        .select_only()
        .column(block::Column::BlockedId)
        .filter(block::Column::ById.eq(me.0))
        .into_query();
    let blocking_me = block::Entity::find()
        .select_only()
        .column(block::Column::ById)
        .filter(block::Column::BlockedId.eq(me.0))
        .into_query();
    Condition::all()
        .add(member.clone().not_in_subquery(blocked_by_me))
        .add(member.not_in_subquery(blocking_me))
}

/// Whether either of the two has blocked the other.
pub(crate) async fn between(db: &impl ConnectionTrait, a: MemberId, b: MemberId) -> Result<bool, StoreError> {
    let is_block = |by: MemberId, blocked: MemberId| {
        Condition::all().add(block::Column::ById.eq(by.0)).add(block::Column::BlockedId.eq(blocked.0))
    };
    let either_way = Condition::any().add(is_block(a, b)).add(is_block(b, a));
    Ok(block::Entity::find().filter(either_way).count(db).await? > 0)
}

/// Everyone with a block between them and `of`, in either direction.
pub(crate) async fn hidden(db: &impl ConnectionTrait, of: MemberId) -> Result<HashSet<MemberId>, StoreError> {
    let either_way =
        Condition::any().add(block::Column::ById.eq(of.0)).add(block::Column::BlockedId.eq(of.0));
    let rows = block::Entity::find().filter(either_way).all(db).await?;
    let other = |row: block::Model| if row.by_id == of.0 { row.blocked_id } else { row.by_id };
    Ok(rows.into_iter().map(|row| MemberId(other(row))).collect())
}
