//! The audience of an event: how many members its group has in each time zone (B8). Callers show it only in groups of five
//! or more.

use domain::{Actor, Role, Slug, Zone};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _};

use super::visibility::seen_by;
use crate::{
    Store, StoreError,
    entities::{group, group_member, member},
};

/// How many members a group has in each time zone, or the community without a group. Suspended members are left out.
/// Empty for a group that the reader does not see.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn audience(
    store: &Store,
    actor: &Actor,
    slug: Option<&Slug>,
) -> Result<Vec<(Zone, u32)>, StoreError> {
    let of_group = slug.map(|slug| {
        let seen = group::Entity::find()
            .select_only()
            .column(group::Column::Id)
            .filter(group::Column::Slug.eq(slug.as_str()))
            .filter(seen_by(actor))
            .into_query();
        group_member::Entity::find()
            .select_only()
            .column(group_member::Column::MemberId)
            .filter(group_member::Column::GroupId.in_subquery(seen))
            .into_query()
    });
    let mut query = member::Entity::find()
        .select_only()
        .column(member::Column::Zone)
        .column_as(member::Column::Id.count(), "people")
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .group_by(member::Column::Zone);
    if let Some(of_group) = of_group {
        query = query.filter(member::Column::Id.in_subquery(of_group));
    }
    let rows: Vec<(String, i64)> = query.into_tuple().all(store.db()).await?;
    let zones = rows
        .into_iter()
        .filter_map(|(zone, people)| Some((zone.parse().ok()?, u32::try_from(people).unwrap_or(u32::MAX))));
    Ok(zones.collect())
}
