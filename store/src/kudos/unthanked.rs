//! Which disciplines and groups got no kudos lately, for organisers (K14). Only those with five people or more, so that
//! nobody is pointed at.

use chrono::Duration;
use domain::{
    Actor, Role,
    policy::{NoRelation, kudos::SeeUnthanked, permit},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{discipline, group, group_member, kudos, kudos_recipient, member, member_discipline},
    groups,
};

/// The period that is examined.
const PERIOD: Duration = Duration::days(90);
/// The fewest people about whom anything is said.
const MIN_PEOPLE: i64 = 5;
/// The most groups that are listed.
const MAX_GROUPS: u64 = 50;

/// The names of disciplines and groups without kudos.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unthanked {
    /// Disciplines, in the community's order.
    pub disciplines: Vec<String>,
    /// Groups that the reader sees, by name.
    pub groups: Vec<String>,
}

/// The disciplines and groups with five active members or more, none of whom got kudos in the last 90 days.
///
/// # Errors
/// `Refused` when the actor is neither an organiser nor an admin.
pub async fn unthanked(store: &Store, actor: &Actor) -> Result<Unthanked, StoreError> {
    let _permit = permit(actor, SeeUnthanked, NoRelation)?;
    let since = store.now() - PERIOD;
    let thanked = || {
        kudos_recipient::Entity::find()
            .select_only()
            .column(kudos_recipient::Column::MemberId)
            .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def())
            .filter(kudos::Column::GivenAt.gt(since))
            .filter(kudos::Column::RetractedAt.is_null())
            .into_query()
    };
    let with_kudos: Vec<Uuid> = member_discipline::Entity::find()
        .select_only()
        .column(member_discipline::Column::DisciplineId)
        .filter(member_discipline::Column::MemberId.in_subquery(thanked()))
        .distinct()
        .into_tuple()
        .all(store.db())
        .await?;
    let disciplines: Vec<(Uuid, String)> = discipline::Entity::find()
        .select_only()
        .columns([discipline::Column::Id, discipline::Column::Name])
        .filter(discipline::Column::Id.in_subquery(large_disciplines()))
        .filter(discipline::Column::Id.is_not_in(with_kudos))
        .order_by_asc(discipline::Column::Position)
        .into_tuple()
        .all(store.db())
        .await?;
    let groups_with_kudos = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.in_subquery(thanked()));
    let groups: Vec<(Uuid, String)> = group::Entity::find()
        .select_only()
        .columns([group::Column::Id, group::Column::Name])
        .filter(group::Column::Id.in_subquery(large_groups()))
        .filter(group::Column::Id.not_in_subquery(groups_with_kudos.into_query()))
        .filter(groups::seen_by(actor))
        .order_by_asc(group::Column::Name)
        .order_by_asc(group::Column::Id)
        .limit(MAX_GROUPS)
        .into_tuple()
        .all(store.db())
        .await?;
    let names = |rows: Vec<(Uuid, String)>| rows.into_iter().map(|(_, name)| name).collect();
    Ok(Unthanked { disciplines: names(disciplines), groups: names(groups) })
}

fn active() -> SelectStatement {
    member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query()
}

/// The disciplines of five active members or more, as a subquery.
fn large_disciplines() -> SelectStatement {
    member_discipline::Entity::find()
        .select_only()
        .column(member_discipline::Column::DisciplineId)
        .filter(member_discipline::Column::MemberId.in_subquery(active()))
        .group_by(member_discipline::Column::DisciplineId)
        .having(Expr::col(member_discipline::Column::MemberId).count().gte(MIN_PEOPLE))
        .into_query()
}

/// The groups of five active members or more, as a subquery.
fn large_groups() -> SelectStatement {
    group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.in_subquery(active()))
        .group_by(group_member::Column::GroupId)
        .having(Expr::col(group_member::Column::MemberId).count().gte(MIN_PEOPLE))
        .into_query()
}
