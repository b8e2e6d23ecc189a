//! The covers that hosts upload. Whoever may see an event may see its cover, and nobody else.

use domain::{Actor, Refusal, Slug, events::CoverSize};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};

use super::{
    read,
    rows::{edit_permit, event_from_row, lock},
    visibility::{edits, seen_by},
};
use crate::{
    Store, StoreError, audit,
    entities::{event, event_cover},
    secrets,
    write::verb,
};

/// The pictures of an uploaded cover. Both must be JPEGs encoded by this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverFiles {
    /// The picture in [`CoverSize::Small`].
    pub small: Vec<u8>,
    /// The picture in [`CoverSize::Large`].
    pub large: Vec<u8>,
}

/// Checks that the actor may change the cover of an event. Call this before receiving the upload.
///
/// # Errors
/// `NotFound` when the actor may not edit the event, so that hidden events stay hidden.
pub async fn may_save_cover(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    read::may_edit(store, actor, slug).await.map(drop)
}

/// Saves the cover of an event and its alternative text. Without new pictures, only the text changes.
///
/// # Errors
/// `Refused(PictureMissing)` when there are neither new pictures nor old ones, `Refused` when the actor may not edit the
/// event, `NotFound` for hidden and absent events.
pub async fn save_cover(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    files: Option<CoverFiles>,
    alternative: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, files, alternative| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let hash = match files {
            None => row.cover_name.ok_or(Refusal::PictureMissing)?,
            Some(files) => {
                let cover = event_cover::ActiveModel {
                    event_id: Set(row.id),
                    small: Set(files.small.clone()),
                    large: Set(files.large.clone()),
                };
                let replace = OnConflict::column(event_cover::Column::EventId)
                    .update_columns([event_cover::Column::Small, event_cover::Column::Large])
                    .to_owned();
                event_cover::Entity::insert(cover)
                    .on_conflict(replace)
                    .exec_without_returning(tx.db())
                    .await?;
                secrets::content_name(&files.large)
            }
        };
        let change = event::ActiveModel {
            id: Set(row.id),
            cover_name: Set(Some(hash)),
            cover_alternative: Set(alternative.clone()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "event.cover", row.id).await
    })
}

/// Gives an event without a cover a copy of the cover of another one. Changes nothing when the other one has none, or
/// when the actor may not edit it any more.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn copy_cover(store: &Store, actor: &Actor, from: &Slug, to: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, from, to| {
        let (event, row) = lock(tx, actor, to).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let source = event::Entity::find()
            .filter(event::Column::Slug.eq(from.as_str()))
            .filter(seen_by(actor))
            .find_also_related(event_cover::Entity)
            .one(tx.db())
            .await?;
        let Some((source, Some(cover))) = source.filter(|_| row.cover_name.is_none()) else { return Ok(()) };
        let (name, alternative) = (source.cover_name.clone(), source.cover_alternative.clone());
        if !edits(tx.db(), actor, &event_from_row(source, None)?).await? {
            return Ok(());
        }
        let copy = event_cover::ActiveModel {
            event_id: Set(row.id),
            small: Set(cover.small),
            large: Set(cover.large),
        };
        event_cover::Entity::insert(copy).exec_without_returning(tx.db()).await?;
        let change = event::ActiveModel {
            id: Set(row.id),
            cover_name: Set(name),
            cover_alternative: Set(alternative),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "event.cover", row.id).await
    })
}

/// Removes the cover of an event, which then has a generated one. Changes nothing when there is none.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn remove_cover(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        if row.cover_name.is_none() {
            return Ok(());
        }
        event_cover::Entity::delete_by_id(row.id).exec(tx.db()).await?;
        let change = event::ActiveModel {
            id: Set(row.id),
            cover_name: Set(None),
            cover_alternative: Set(String::new()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "event.cover", row.id).await
    })
}

/// The uploaded cover of an event as JPEG. With a name, only the picture of that name.
///
/// # Errors
/// `NotFound` when the reader may not see the event, or when it has no such picture. All look the same.
pub async fn cover(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    hash: Option<&str>,
    size: CoverSize,
) -> Result<Vec<u8>, StoreError> {
    let picture = match size {
        CoverSize::Small => event_cover::Column::Small,
        CoverSize::Large => event_cover::Column::Large,
    };
    // Only the picture that is sent is read.
    let picture: Option<Vec<u8>> = event::Entity::find()
        .select_only()
        .column(picture)
        .inner_join(event_cover::Entity)
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(event::Column::CoverName.is_not_null())
        .filter(seen_by(actor))
        .apply_if(hash, |find, hash| find.filter(event::Column::CoverName.eq(hash)))
        .into_tuple()
        .one(store.db())
        .await?;
    picture.ok_or(StoreError::NotFound)
}
