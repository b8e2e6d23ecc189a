//! The lists that admins edit and forms offer: topics and stages.

use domain::{Slug, members::Named};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::{
    Store, StoreError,
    entities::{stage, topic},
};

fn named(slug: &str, name: String) -> Result<Named, StoreError> {
    let slug = Slug::parse(slug).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {slug}")))?;
    Ok(Named { slug, name })
}

/// The topics that members and events can choose, in the community's order. Topics that are no longer offered
/// are left out.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn topics(store: &Store) -> Result<Vec<Named>, StoreError> {
    let rows = topic::Entity::find()
        .filter(topic::Column::RetiredAt.is_null())
        .order_by_asc(topic::Column::Position)
        .order_by_asc(topic::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter().map(|row| named(&row.slug, row.name)).collect()
}

/// The stages of the work, in the community's order. Stages that are no longer offered are left out.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn stages(store: &Store) -> Result<Vec<Named>, StoreError> {
    let rows = stage::Entity::find()
        .filter(stage::Column::RetiredAt.is_null())
        .order_by_asc(stage::Column::Position)
        .order_by_asc(stage::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter().map(|row| named(&row.slug, row.name)).collect()
}
