//! Notes in a mentorship (M17): private ones are for their author, shared ones for both.

use domain::{
    Actor, Instant, MentorshipId, NoteId,
    policy::{mentorships::WorkInMentorship, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::pair::{Pair, locked};
use crate::{
    Store, StoreError,
    entities::mentorship_note,
    secrets::new_id,
    write::{create_key, verb},
};

/// The most notes on a page.
const MAX_SHOWN: u64 = 200;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// Whether the other one reads it too.
    pub is_shared: bool,
    /// The text.
    pub text: String,
    /// When it was written.
    pub at: Instant,
}

/// The notes that one of the two reads, the newest first: shared ones and their own.
pub(super) async fn notes(db: &impl ConnectionTrait, pair: &Pair) -> Result<Vec<Note>, StoreError> {
    let me = pair.member(pair.side).map_or_else(Uuid::nil, |me| me.0);
    let rows = mentorship_note::Entity::find()
        .filter(mentorship_note::Column::MentorshipId.eq(pair.row.id))
        .filter(
            Condition::any()
                .add(mentorship_note::Column::IsShared.eq(true))
                .add(mentorship_note::Column::AuthorId.eq(me)),
        )
        .order_by_desc(mentorship_note::Column::WrittenAt)
        .order_by_desc(mentorship_note::Column::Id)
        .limit(MAX_SHOWN)
        .all(db)
        .await?;
    let note = |row: mentorship_note::Model| Note {
        id: NoteId(row.id),
        is_own: row.author_id == me,
        is_shared: row.is_shared,
        text: row.text,
        at: row.written_at,
    };
    Ok(rows.into_iter().map(note).collect())
}

/// Writes a note. The same `key` writes one. Notes can be written after the end too.
///
/// # Errors
/// `NotFound` for everybody but the two.
pub async fn add_note(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    text: &str,
    is_shared: bool,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, text, &is_shared, key| {
        let (_, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        let author = permit.by().ok_or(domain::Refusal::NotAllowed)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = mentorship_note::Entity::find().filter(mentorship_note::Column::CreateKey.eq(key));
            if same.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        let row = mentorship_note::ActiveModel {
            id: Set(new_id()),
            mentorship_id: Set(id.0),
            author_id: Set(author.0),
            is_shared: Set(is_shared),
            text: Set(text.clone()),
            written_at: Set(tx.now()),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        Ok(())
    })
}

/// Deletes one's own note. Nothing happens when it is gone or somebody else's.
///
/// # Errors
/// `NotFound` for everybody but the two.
pub async fn remove_note(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    note: NoteId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &note| {
        let (_, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        let author = permit.by().ok_or(domain::Refusal::NotAllowed)?;
        mentorship_note::Entity::delete_by_id(note.0)
            .filter(mentorship_note::Column::MentorshipId.eq(id.0))
            .filter(mentorship_note::Column::AuthorId.eq(author.0))
            .exec(tx.db())
            .await?;
        Ok(())
    })
}
