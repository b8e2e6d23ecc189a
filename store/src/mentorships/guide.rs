//! The guide of a programme for first meetings, with links (M15). Every pair of the programme reads it.

use domain::{
    Actor, Refusal, Slug,
    policy::{mentorships::EditGuide, permit},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use crate::{
    Store, StoreError, audit,
    entities::mentoring_guide,
    mentoring::visibility::{relation, seen_programme},
    write::verb,
};

/// The name of a programme, its guide and the version of the guide, for a coordinator who edits it.
///
/// # Errors
/// `NotFound` for hidden and absent programmes. `Refused` for everybody but coordinators.
pub async fn guide(store: &Store, actor: &Actor, slug: &Slug) -> Result<(String, String, i32), StoreError> {
    let db = store.db();
    let programme = seen_programme(db, actor, slug).await?;
    let _permit = permit(actor, EditGuide, relation(db, actor, programme.id).await?)?;
    let row = mentoring_guide::Entity::find_by_id(programme.id).one(db).await?;
    let (text, version) = row.map(|row| (row.text, row.version)).unwrap_or_default();
    Ok((programme.name, text, version))
}

/// Saves the guide.
///
/// # Errors
/// `Refused(ChangedMeanwhile)` when `version` is outdated, and `Refused` for everybody but coordinators.
pub async fn save_guide(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    text: &str,
    version: i32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, text, &version| {
        let programme = seen_programme(tx.db(), actor, slug).await?;
        let permit = permit(actor, EditGuide, relation(tx.db(), actor, programme.id).await?)?;
        let known = mentoring_guide::Entity::find_by_id(programme.id).one(tx.db()).await?;
        let current = known.as_ref().map_or(0, |row| row.version);
        if current != version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(current) }.into());
        }
        let row = mentoring_guide::ActiveModel {
            programme_id: Set(programme.id),
            text: Set(text.clone()),
            updated_at: Set(tx.now()),
            version: Set(current + 1),
        };
        match known {
            Some(_) => row.update(tx.db()).await?,
            None => row.insert(tx.db()).await?,
        };
        audit::record(tx, &permit, "mentoring.guide", programme.id).await
    })
}
