//! The community's logo. The bytes are kept in the database, and named by their hash and size.

use domain::{Actor, community::Logo, policy::admin::ManageSettings};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{ROW, lock};
use crate::{
    Store, StoreError,
    admin::may,
    audit,
    entities::{community_logo, settings},
    secrets,
    write::verb,
};

/// Checks that the actor may save a logo. Call this before receiving the upload.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub fn may_save_logo(actor: &Actor) -> Result<(), StoreError> {
    let _permit = may(actor, ManageSettings)?;
    Ok(())
}

/// Saves the logo and replaces an older one. `bytes` must be a PNG of `size` pixels that this server has encoded.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn save_logo(
    store: &Store,
    actor: &Actor,
    bytes: Vec<u8>,
    size: (u32, u32),
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, bytes, &size| {
        let permit = may(actor, ManageSettings)?;
        lock(tx).await?;
        let logo = Logo { hash: secrets::content_name(bytes), width: size.0, height: size.1 };
        let row = community_logo::ActiveModel { id: Set(ROW), bytes: Set(bytes.clone()) };
        let replace = OnConflict::column(community_logo::Column::Id)
            .update_column(community_logo::Column::Bytes)
            .to_owned();
        community_logo::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
        let named = Set(Some(logo.name()));
        settings::ActiveModel { id: Set(ROW), logo: named, ..Default::default() }.update(tx.db()).await?;
        audit::record(tx, &permit, "settings.logo", Uuid::nil()).await
    })
}

/// Removes the logo. Changes nothing when there is none.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn remove_logo(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    verb!(store, |tx, actor| {
        let permit = may(actor, ManageSettings)?;
        lock(tx).await?;
        let removed = community_logo::Entity::delete_by_id(ROW).exec(tx.db()).await?;
        if removed.rows_affected == 0 {
            return Ok(());
        }
        settings::ActiveModel { id: Set(ROW), logo: Set(None), ..Default::default() }.update(tx.db()).await?;
        audit::record(tx, &permit, "settings.logo_removed", Uuid::nil()).await
    })
}

/// The picture of the logo as PNG, if it still has this [name](Logo::name).
///
/// # Errors
/// `NotFound` when it has been replaced or removed.
pub async fn logo(store: &Store, name: &str) -> Result<Vec<u8>, StoreError> {
    let named = settings::Entity::find_by_id(ROW).filter(settings::Column::Logo.eq(name));
    named.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let row = community_logo::Entity::find_by_id(ROW).one(store.db()).await?;
    Ok(row.ok_or(StoreError::NotFound)?.bytes)
}
