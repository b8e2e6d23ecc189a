//! People at an event who cannot be reached by email (C7).

use domain::{Actor, Slug};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, RelationTrait as _, sea_query::Expr,
};

use super::{read::may_edit, rows::takes_part};
use crate::{
    Store, StoreError,
    entities::{member, rsvp},
    suppressions::bounced,
};

/// Of the people who take part in an event, how many can't be reached by email, and how many there are in
/// total. For people who may edit the event.
///
/// # Errors
/// `NotFound` when the actor may not edit the event.
pub async fn unreachable(store: &Store, actor: &Actor, slug: &Slug) -> Result<(u64, u64), StoreError> {
    let event = may_edit(store, actor, slug).await?;
    let rsvps = || rsvp::Entity::find().filter(rsvp::Column::EventId.eq(event)).filter(takes_part());
    let total = rsvps().count(store.db()).await?;
    let unreachable = rsvps()
        .join(JoinType::InnerJoin, rsvp::Relation::Member.def())
        .filter(Condition::any().add(member::Column::AddressKey.is_null()).add(Expr::exists(bounced())))
        .count(store.db())
        .await?;
    Ok((unreachable, total))
}
