//! The stored pictures of public kudos.

use domain::{Actor, KudosId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::OnConflict,
};

use super::visibility::seen_by;
use crate::{
    Store, StoreError,
    entities::{kudos, kudos_card},
    write::verb,
};

/// The picture of kudos, if it was drawn from the texts that this key names.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn share_card(store: &Store, id: KudosId, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let row =
        kudos_card::Entity::find_by_id(id.0).filter(kudos_card::Column::Key.eq(key)).one(store.db()).await?;
    Ok(row.map(|row| row.bytes))
}

/// Stores the picture of public kudos, in place of an older one. It changes nothing when visitors do not see them.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn keep_share_card(store: &Store, id: KudosId, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
    verb!(store, |tx, &id, key, bytes| {
        let seen = kudos::Entity::find_by_id(id.0).filter(seen_by(&Actor::Anonymous)).one(tx.db()).await?;
        if seen.is_none() {
            return Ok(());
        }
        let row =
            kudos_card::ActiveModel { kudos_id: Set(id.0), key: Set(key.clone()), bytes: Set(bytes.clone()) };
        let replace = OnConflict::column(kudos_card::Column::KudosId)
            .update_columns([kudos_card::Column::Key, kudos_card::Column::Bytes])
            .to_owned();
        kudos_card::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
        Ok(())
    })
}
