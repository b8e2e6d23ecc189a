//! Profile pictures. The bytes are kept in the database, and named by their hash.

use domain::{Actor, MemberId, Slug, policy::members::EditProfile};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::OnConflict,
};

use super::{
    own,
    profiles::{profiles_of, shown_to},
};
use crate::{
    Store, StoreError, audit,
    blocks::between,
    entities::{member_picture, profile},
    secrets,
    write::verb,
};

/// Checks that the actor may save a picture. Call this before receiving the upload.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended.
pub fn may_save_picture(actor: &Actor) -> Result<(), StoreError> {
    own(actor, EditProfile).map(|_| ())
}

/// Saves the actor's profile picture and replaces an older one. `bytes` must be a JPEG encoded by this server.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended.
pub async fn save_picture(store: &Store, actor: &Actor, bytes: Vec<u8>) -> Result<(), StoreError> {
    verb!(store, |tx, actor, bytes| {
        let (id, permit) = own(actor, EditProfile)?;
        let row = member_picture::ActiveModel {
            member_id: Set(id.0),
            hash: Set(secrets::content_name(bytes)),
            bytes: Set(bytes.clone()),
        };
        let replace = OnConflict::column(member_picture::Column::MemberId)
            .update_columns([member_picture::Column::Hash, member_picture::Column::Bytes])
            .to_owned();
        member_picture::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
        audit::record(tx, &permit, "member.picture", id.0).await
    })
}

/// Removes the actor's profile picture. Changes nothing when there is none.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended.
pub async fn remove_picture(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    verb!(store, |tx, actor| {
        let (id, permit) = own(actor, EditProfile)?;
        member_picture::Entity::delete_by_id(id.0).exec(tx.db()).await?;
        audit::record(tx, &permit, "member.picture", id.0).await
    })
}

/// A member's profile picture as JPEG, if the reader may see it.
///
/// # Errors
/// `NotFound` when the picture is hidden, has been replaced or does not exist. All look the same.
pub async fn picture(store: &Store, actor: &Actor, slug: &Slug, hash: &str) -> Result<Vec<u8>, StoreError> {
    let row = profile::Entity::find()
        .filter(profile::Column::Slug.eq(slug.as_str()))
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    if let Some(me) = actor.member()
        && between(store.db(), me, MemberId(row.member_id)).await?
    {
        return Err(StoreError::NotFound);
    }
    let profile =
        profiles_of(store.db(), [row.member_id]).await?.remove(&row.member_id).ok_or(StoreError::NotFound)?;
    let shown = shown_to(actor, profile).ok_or(StoreError::NotFound)?;
    if shown.picture.as_deref() != Some(hash) {
        return Err(StoreError::NotFound);
    }
    let picture = member_picture::Entity::find_by_id(row.member_id).one(store.db()).await?;
    Ok(picture.filter(|picture| picture.hash == hash).ok_or(StoreError::NotFound)?.bytes)
}
