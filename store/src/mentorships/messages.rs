//! Messages between the two (M26). The email about one has no text, because admins read emails.

use domain::{
    Actor, Instant, MentorshipId,
    emails::{self, Email, Mailing},
    mentorships::other_side,
    policy::{
        mentorships::{SeeMentorship, WorkInMentorship},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    pair::{locked, seen},
    rows::check_active,
};
use crate::{
    Store, StoreError,
    entities::mentorship_message,
    secrets::new_id,
    write::{create_key, verb},
};

/// The most messages on a page.
const MAX_SHOWN: u64 = 200;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// The text.
    pub text: String,
    /// When it was sent.
    pub at: Instant,
}

/// The name of the other one, and the latest messages between the two, the oldest first.
///
/// # Errors
/// `NotFound` for everybody but the two.
pub async fn messages(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
) -> Result<(String, Vec<Message>), StoreError> {
    let db = store.db();
    let (pair, relation) = seen(db, actor, id).await?;
    let _permit = permit(actor, SeeMentorship, relation)?;
    let me = pair.member(pair.side).map_or_else(Uuid::nil, |me| me.0);
    let mut rows = mentorship_message::Entity::find()
        .filter(mentorship_message::Column::MentorshipId.eq(id.0))
        .order_by_desc(mentorship_message::Column::SentAt)
        .order_by_desc(mentorship_message::Column::Id)
        .limit(MAX_SHOWN)
        .all(db)
        .await?;
    rows.reverse();
    let message = |row: mentorship_message::Model| Message {
        is_own: row.author_id == me,
        text: row.text,
        at: row.sent_at,
    };
    Ok((pair.partner(), rows.into_iter().map(message).collect()))
}

/// Sends a message. The same `key` sends one.
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused` after the end.
pub async fn send_message(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    text: &str,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, text, key| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        check_active(pair.state()?)?;
        let author = permit.by().ok_or(domain::Refusal::NotAllowed)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same =
                mentorship_message::Entity::find().filter(mentorship_message::Column::CreateKey.eq(key));
            if same.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        let row = mentorship_message::ActiveModel {
            id: Set(new_id()),
            mentorship_id: Set(id.0),
            author_id: Set(author.0),
            text: Set(text.clone()),
            sent_at: Set(tx.now()),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        let to = other_side(pair.side);
        let Some(member) = pair.member(to) else { return Ok(()) };
        let email = Email::from(emails::MentorMessage {
            mailing: Mailing { member, group: None },
            mentorship: id,
            partner: pair.name(pair.side),
        });
        pair.post(tx, to, &email).await
    })
}
