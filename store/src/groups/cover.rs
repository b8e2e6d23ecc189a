//! The covers that organisers upload. Whoever may see a group may see its cover, and nobody else.

use domain::{
    Actor, Refusal, Slug,
    events::CoverSize,
    policy::{
        groups::{EditGroup, GroupRelation},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};

use super::visibility::{lock, role_in, seen, seen_by};
use crate::{
    Store, StoreError, audit,
    entities::{group, group_cover},
    events::CoverFiles,
    secrets,
    write::verb,
};

/// Checks that the actor may change the cover of a group. Call this before receiving the upload.
///
/// # Errors
/// `Refused` when the actor may not edit the group, `NotFound` for hidden and absent groups.
pub async fn may_save_cover(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    let row = seen(store.db(), actor, slug).await?.ok_or(StoreError::NotFound)?;
    let role = role_in(store.db(), actor, row.id).await?;
    Ok(permit(actor, EditGroup, GroupRelation::of(role)).map(drop)?)
}

/// Saves the cover of a group and its alternative text. Without new pictures, only the text changes.
///
/// # Errors
/// `Refused(PictureMissing)` when there are neither new pictures nor old ones, `Refused` when the actor may not edit the
/// group, `NotFound` for hidden and absent groups.
pub async fn save_cover(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    files: Option<CoverFiles>,
    alternative: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, files, alternative| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, EditGroup, group.relation())?;
        let hash = match files {
            None => group.row.cover_name.clone().ok_or(Refusal::PictureMissing)?,
            Some(files) => {
                let cover = group_cover::ActiveModel {
                    group_id: Set(group.row.id),
                    small: Set(files.small.clone()),
                    large: Set(files.large.clone()),
                };
                let replace = OnConflict::column(group_cover::Column::GroupId)
                    .update_columns([group_cover::Column::Small, group_cover::Column::Large])
                    .to_owned();
                group_cover::Entity::insert(cover)
                    .on_conflict(replace)
                    .exec_without_returning(tx.db())
                    .await?;
                secrets::content_name(&files.large)
            }
        };
        let change = group::ActiveModel {
            id: Set(group.row.id),
            cover_name: Set(Some(hash)),
            cover_alternative: Set(alternative.clone()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "group.cover", group.row.id).await
    })
}

/// Removes the cover of a group, which then has a generated one. Changes nothing when there is none.
///
/// # Errors
/// `Refused` when the actor may not edit the group, `NotFound` for hidden and absent groups.
pub async fn remove_cover(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, EditGroup, group.relation())?;
        if group.row.cover_name.is_none() {
            return Ok(());
        }
        group_cover::Entity::delete_by_id(group.row.id).exec(tx.db()).await?;
        let change = group::ActiveModel {
            id: Set(group.row.id),
            cover_name: Set(None),
            cover_alternative: Set(String::new()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "group.cover", group.row.id).await
    })
}

/// The uploaded cover of a group as JPEG, by the name of the picture.
///
/// # Errors
/// `NotFound` when the reader may not see the group, or when it has no such picture. All look the same.
pub async fn cover(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    hash: &str,
    size: CoverSize,
) -> Result<Vec<u8>, StoreError> {
    let row = group::Entity::find()
        .filter(group::Column::Slug.eq(slug.as_str()))
        .filter(group::Column::CoverName.eq(hash))
        .filter(seen_by(actor))
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let cover = group_cover::Entity::find_by_id(row.id).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    Ok(match size {
        CoverSize::Small => cover.small,
        CoverSize::Large => cover.large,
    })
}
