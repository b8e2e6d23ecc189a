//! What happens to learning requests when a member leaves or blocks another one.

use domain::{MemberId, demands::DemandState};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr, sea_query::ExprTrait as _,
};

use super::claim::remove_claim;
use crate::{
    StoreError,
    entities::{demand, demand_claim, demand_supporter},
    search,
    write::Tx,
};

/// Prepares the erasure of a member. Their requests that nobody else wants are deleted. Of the others, the text is deleted
/// and the title stays. Requests that they wanted count one member less, and those that they offered to teach are free. What they wrote when
/// they declined for a group is deleted.
pub(crate) async fn forget(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let rows = demand::Entity::find()
        .filter(demand::Column::AskerId.eq(member.0))
        .order_by_asc(demand::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for row in rows {
        let is_wanted = row.supporters > 1
            && [DemandState::Open, DemandState::Scheduled].iter().any(|state| state.name() == row.state);
        if is_wanted {
            let change =
                demand::ActiveModel { id: Set(row.id), text: Set(String::new()), ..Default::default() };
            search::demand(tx, &change.update(tx.db()).await?).await?;
        } else {
            search::without_demand(tx, row.id).await?;
            demand::Entity::delete_by_id(row.id).exec(tx.db()).await?;
        }
    }
    let supported = demand_supporter::Entity::find()
        .select_only()
        .column(demand_supporter::Column::DemandId)
        .filter(demand_supporter::Column::MemberId.eq(member.0))
        .into_query();
    demand::Entity::update_many()
        .col_expr(demand::Column::Supporters, Expr::col(demand::Column::Supporters).sub(1))
        .filter(demand::Column::Id.in_subquery(supported))
        .exec(tx.db())
        .await?;
    demand_claim::Entity::update_many()
        .col_expr(demand_claim::Column::DeclinedNote, Expr::value(String::new()))
        .filter(demand_claim::Column::DeclinedById.eq(member.0))
        .exec(tx.db())
        .await?;
    let claims = demand_claim::Entity::find().filter(demand_claim::Column::MemberId.eq(member.0));
    for claim in claims.all(tx.db()).await? {
        let row = demand::Entity::find_by_id(claim.demand_id).lock_exclusive().one(tx.db()).await?;
        // The event that it became stays linked.
        if row.is_some_and(|row| row.state == DemandState::Open.name()) {
            remove_claim(tx, claim.demand_id).await?;
        }
    }
    Ok(())
}

/// Takes back what two members offered to teach each other, because one blocked the other. Nobody is told. The requests
/// are locked first, so that an offer in the same moment is seen here or sees the block.
pub(crate) async fn release_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    let rows = demand::Entity::find()
        .filter(
            Condition::all()
                .add(demand::Column::AskerId.is_in([one.0, other.0]))
                .add(demand::Column::State.eq(DemandState::Open.name())),
        )
        .order_by_asc(demand::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for row in rows {
        let claim = demand_claim::Entity::find_by_id(row.id).one(tx.db()).await?;
        if claim.is_some_and(|claim| [one.0, other.0].contains(&claim.member_id)) {
            remove_claim(tx, row.id).await?;
        }
    }
    Ok(())
}
