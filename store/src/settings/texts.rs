//! The community's longer texts. Every version is kept, so that the audit log can show what changed.

use domain::{Actor, Instant, Refusal, community::CommunityText, policy::admin::ManageSettings};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{ROW, lock};
use crate::{
    Store, StoreError,
    admin::may,
    audit::{self, Changes},
    entities::{community_text, settings},
    write::{Tx, verb},
};

/// How many versions a list shows at most.
const MAX_LISTED: u64 = 50;

/// One version of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    /// The Markdown. Empty when an admin removed the text.
    pub text: String,
    /// Counts from 1. A text that was never saved has version 0.
    pub version: u32,
    /// When it was saved.
    pub saved_at: Instant,
}

impl From<community_text::Model> for TextVersion {
    fn from(row: community_text::Model) -> Self {
        Self { text: row.text, version: u32::try_from(row.version).unwrap_or(0), saved_at: row.saved_at }
    }
}

/// A text as everybody reads it: Markdown, or empty when there is none.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn text(store: &Store, kind: CommunityText) -> Result<String, StoreError> {
    Ok(newest(store.db(), kind).await?.map(|row| row.text).unwrap_or_default())
}

async fn newest(
    db: &impl ConnectionTrait,
    kind: CommunityText,
) -> Result<Option<community_text::Model>, StoreError> {
    let versions = community_text::Entity::find().filter(community_text::Column::Kind.eq(kind.name()));
    Ok(versions.order_by_desc(community_text::Column::Version).limit(1).one(db).await?)
}

/// The versions of a text, newest first, at most 50.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn text_versions(
    store: &Store,
    actor: &Actor,
    kind: CommunityText,
) -> Result<Vec<TextVersion>, StoreError> {
    let _permit = may(actor, ManageSettings)?;
    let versions = community_text::Entity::find().filter(community_text::Column::Kind.eq(kind.name()));
    let versions = versions.order_by_desc(community_text::Column::Version).limit(MAX_LISTED);
    Ok(versions.all(store.db()).await?.into_iter().map(TextVersion::from).collect())
}

/// A version of a text, and the text before it, which is empty for the first version.
///
/// # Errors
/// `NotFound` for a version that does not exist, `Refused` when the actor is not an admin.
pub async fn text_version(
    store: &Store,
    actor: &Actor,
    kind: CommunityText,
    version: u32,
) -> Result<(String, TextVersion), StoreError> {
    let _permit = may(actor, ManageSettings)?;
    let version = i32::try_from(version).map_err(|_| StoreError::NotFound)?;
    let both = community_text::Entity::find()
        .filter(community_text::Column::Kind.eq(kind.name()))
        .filter(community_text::Column::Version.between(version - 1, version))
        .order_by_desc(community_text::Column::Version);
    let mut both = both.all(store.db()).await?.into_iter();
    let this = both.next().filter(|row| row.version == version).ok_or(StoreError::NotFound)?;
    Ok((both.next().map(|row| row.text).unwrap_or_default(), this.into()))
}

/// Saves a new version of a text. `version` is the one that the admin saw, or 0. An unchanged text is not saved.
///
/// # Errors
/// `Refused` when the actor is not an admin, or with `ChangedMeanwhile` when there is a newer version.
pub async fn change_text(
    store: &Store,
    actor: &Actor,
    kind: CommunityText,
    text: &str,
    version: u32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &kind, text, &version| {
        let permit = may(actor, ManageSettings)?;
        lock(tx).await?;
        let now = newest(tx.db(), kind).await?;
        let (before, now) = now.map_or((String::new(), 0), |row| (row.text, row.version));
        if u32::try_from(now).ok() != Some(version) {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(now) }.into());
        }
        if before == *text {
            return Ok(());
        }
        add(tx, kind, text, now + 1).await?;
        let before = if now == 0 { String::new() } else { now.to_string() };
        let facts = Changes::default().and(kind.name(), &before, &(now + 1).to_string());
        audit::record_changes(tx, &permit, "settings.text", Uuid::nil(), facts).await
    })
}

/// Adds a version of a text.
pub(crate) async fn add(tx: &Tx, kind: CommunityText, text: &str, version: i32) -> Result<(), StoreError> {
    let row = community_text::ActiveModel {
        kind: Set(kind.name().to_owned()),
        version: Set(version),
        text: Set(text.to_owned()),
        saved_at: Set(tx.now()),
    };
    row.insert(tx.db()).await?;
    if kind == CommunityText::Conduct {
        let has_conduct = Set(!text.is_empty());
        settings::ActiveModel { id: Set(ROW), has_conduct, ..Default::default() }.update(tx.db()).await?;
    }
    Ok(())
}
