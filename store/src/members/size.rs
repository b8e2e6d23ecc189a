//! The size of the community.

use domain::Role;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use crate::{Store, StoreError, entities::member};

/// How many people the community has: members with a name who are not suspended.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn size(store: &Store) -> Result<u64, StoreError> {
    let members = member::Entity::find()
        .filter(member::Column::Name.ne(""))
        .filter(member::Column::Role.ne(Role::Suspended.name()));
    Ok(members.count(store.db()).await?)
}
