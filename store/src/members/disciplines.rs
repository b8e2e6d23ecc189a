//! Disciplines: those that are offered, and those of members.

use std::collections::HashMap;

use domain::{
    Slug,
    members::{Discipline, Mark},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{discipline, member_discipline},
};

/// The disciplines that are offered, in the community's order.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn disciplines(store: &Store) -> Result<Vec<Discipline>, StoreError> {
    let rows = discipline::Entity::find()
        .filter(discipline::Column::RetiredAt.is_null())
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter().map(discipline_from_row).collect()
}

pub(crate) fn discipline_from_row(row: discipline::Model) -> Result<Discipline, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("discipline {}: unreadable {what}", row.id));
    Ok(Discipline {
        slug: Slug::parse(&row.slug).ok_or_else(|| corrupt("slug"))?,
        // Admins can edit the list, so an unknown mark must not make the member unreadable.
        mark: row.mark.parse().unwrap_or(Mark::Circle),
        name: row.name,
    })
}

/// The disciplines of several members in one query, in the community's order.
pub(crate) async fn disciplines_of(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Discipline>>, StoreError> {
    let members: Vec<Uuid> = members.into_iter().collect();
    let mut of: HashMap<Uuid, Vec<Discipline>> = HashMap::new();
    if members.is_empty() {
        return Ok(of);
    }
    let rows = member_discipline::Entity::find()
        .filter(member_discipline::Column::MemberId.is_in(members))
        .find_also_related(discipline::Entity)
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Slug)
        .all(db)
        .await?;
    for (row, discipline) in rows {
        if let Some(discipline) = discipline {
            of.entry(row.member_id).or_default().push(discipline_from_row(discipline)?);
        }
    }
    Ok(of)
}
