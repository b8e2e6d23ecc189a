//! Emails and notifications about comments (K8): to the people of the record, and to the people of the thread.

use std::collections::BTreeSet;

use domain::{
    Actor, CommentId, KudosId, MemberId,
    comments::{Target, TargetKind},
    emails::{CommentPosted, Email, Mailing},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    target::{check_seen, is_private, people},
    thread::visible,
};
use crate::{StoreError, entities::comment, members, outbox, write::Tx};

/// The most people of a thread who are notified of a reply: the latest ones.
const MAX_THREAD: u64 = 30;

/// Notifies people of a new comment. The author is not among them, and neither is anybody who cannot see it.
pub(super) async fn notify(tx: &Tx, target: Target, row: &comment::Model) -> Result<(), StoreError> {
    let thread: BTreeSet<Uuid> = match row.parent_id {
        Some(parent) => thread_authors(tx, parent).await?,
        None => BTreeSet::new(),
    };
    let mut to = people(tx.db(), target).await?;
    to.extend(thread.iter().copied());
    for id in to.into_iter().filter(|id| Some(*id) != row.author_id) {
        let person = members::load(tx.db(), MemberId(id)).await?;
        let Some(recipient) = members::recipient(&person) else { continue };
        let reader = members::as_actor(person)?;
        let email = CommentPosted {
            comment: CommentId(row.id),
            kudos: KudosId(target.id),
            from: None,
            is_reply: thread.contains(&id),
            text: None,
            mailing: Mailing { member: MemberId(id), group: None },
        };
        if let Some(email) = refreshed(tx, &reader, email).await? {
            outbox::post(tx, Some(MemberId(id)), &recipient, &Email::from(email)).await?;
        }
    }
    Ok(())
}

/// The authors of a comment and of the latest replies to it.
async fn thread_authors(tx: &Tx, parent: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
    let in_thread =
        Condition::any().add(comment::Column::Id.eq(parent)).add(comment::Column::ParentId.eq(parent));
    let rows = comment::Entity::find()
        .filter(in_thread)
        .filter(comment::Column::DeletedAt.is_null())
        .order_by_desc(comment::Column::WrittenAt)
        .limit(MAX_THREAD)
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().filter_map(|row| row.author_id).collect())
}

/// An email about a comment with what its reader may see now, for a new email and for a digest. `None` when the comment
/// is gone, or its reader sees it or the record no more.
pub(crate) async fn refreshed(
    tx: &Tx,
    reader: &Actor,
    email: CommentPosted,
) -> Result<Option<CommentPosted>, StoreError> {
    let row = comment::Entity::find_by_id(email.comment.0)
        .filter(comment::Column::DeletedAt.is_null())
        .filter(visible(reader))
        .one(tx.db())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let target = Target { kind: TargetKind::Kudos, id: email.kudos.0 };
    match check_seen(tx.db(), reader, target).await {
        Ok(()) => {}
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    }
    let author: Vec<Uuid> = row.author_id.into_iter().collect();
    let from = members::shown(tx.db(), reader, &author).await?.pop().map(|author| author.name);
    let text = (!is_private(tx.db(), target).await?).then(|| markup::markdown::text(&row.text));
    Ok(Some(CommentPosted { from, text, ..email }))
}
