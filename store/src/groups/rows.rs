//! Groups' rows: loading, locking and converting them to domain values.

use domain::{Refusal, Slug, emails::GroupFacts, groups::Visibility};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::{StoreError, entities::group, write::Tx};

/// A group's name and slug, for a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupName {
    /// Slug of the group's page.
    pub slug: Slug,
    /// Display name of the group.
    pub name: String,
}

/// The ID of a group, without a visibility check.
pub(crate) async fn id_of(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Uuid>, StoreError> {
    let row = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(row.map(|group| group.id))
}

/// Whether a group is private, without a visibility check.
pub(crate) async fn is_private(db: &impl ConnectionTrait, slug: &Slug) -> Result<bool, StoreError> {
    let row = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(row.is_some_and(|group| group.visibility == Visibility::Private.name()))
}

/// The private ones among some groups.
pub(crate) async fn private_ids(
    db: &impl ConnectionTrait,
    groups: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = group::Entity::find()
        .filter(group::Column::Id.is_in(groups))
        .filter(group::Column::Visibility.eq(Visibility::Private.name()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Refuses to add events to an archived group. Takes the group's lock, so that none is published while it is
/// being archived.
///
/// # Errors
/// `Refused(GroupClosed)`.
pub(crate) async fn refuse_closed(tx: &Tx, id: Option<Uuid>) -> Result<(), StoreError> {
    let Some(id) = id else { return Ok(()) };
    let group = group::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    match group.and_then(|group| group.archived_at) {
        Some(_) => Err(Refusal::GroupClosed.into()),
        None => Ok(()),
    }
}

/// What an email says about a group.
pub(crate) fn facts(row: &group::Model) -> Result<GroupFacts, StoreError> {
    let slug = Slug::parse(&row.slug)
        .ok_or_else(|| StoreError::Corrupt(format!("group {}: unreadable slug", row.id)))?;
    Ok(GroupFacts { id: domain::GroupId(row.id), slug, name: row.name.clone() })
}
