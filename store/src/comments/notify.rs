//! Whom a comment concerns (K8, C18): the people of the record and of the thread, people who watch, and people whom it
//! mentions. Everybody is asked again whether they see the record and the author.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, CommentId, MemberId, Role,
    comments::{Follow, MAX_MENTIONS, Reason, Target},
    emails::{CommentPosted, Mailing, NewComment},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    follow::members_who,
    moderate::target_of,
    news,
    target::{is_private, people, place},
    visibility::visible,
};
use crate::{
    StoreError,
    entities::{comment, profile},
    members,
    write::Tx,
};

/// The most people of a thread who are notified of a reply: the latest ones.
const MAX_THREAD: u64 = 30;

/// Notifies people of a new comment. The author is not among them, and neither is anybody who cannot see it.
pub(super) async fn notify(tx: &Tx, target: Target, row: &comment::Model) -> Result<(), StoreError> {
    for (id, because) in concerned(tx, target, row).await? {
        let member = MemberId(id);
        let person = members::load(tx.db(), member).await?;
        let active = members::recipient(&person).filter(|_| person.role != Role::Suspended.name());
        let Some(recipient) = active else { continue };
        let reader = members::as_actor(person)?;
        let email = of_comment(tx, &reader, member, target, CommentId(row.id), because).await?;
        if let Some(email) = email {
            news::post(tx, target, (member, &recipient), because, email).await?;
        }
    }
    Ok(())
}

/// The people whom a comment concerns, and why. Muting a conversation leaves mentions.
async fn concerned(
    tx: &Tx,
    target: Target,
    row: &comment::Model,
) -> Result<BTreeMap<Uuid, Reason>, StoreError> {
    let mut concerned = BTreeMap::new();
    let mut add = |people: BTreeSet<Uuid>, because| {
        for id in people {
            concerned.entry(id).or_insert(because);
        }
    };
    add(mentioned(tx, &row.text).await?, Reason::Mention);
    if let Some(parent) = row.parent_id {
        add(thread_authors(tx, parent).await?, Reason::Reply);
    }
    add(people(tx.db(), target).await?, Reason::Own);
    add(members_who(tx, target, Follow::Watch).await?, Reason::Watch);
    let muted = members_who(tx, target, Follow::Mute).await?;
    concerned.retain(|id, because| {
        Some(*id) != row.author_id && (*because == Reason::Mention || !muted.contains(id))
    });
    Ok(concerned)
}

/// The members whom a text mentions by the slug of their profile.
async fn mentioned(tx: &Tx, text: &str) -> Result<BTreeSet<Uuid>, StoreError> {
    let slugs: Vec<String> = markup::markdown::mentions(text).into_iter().take(MAX_MENTIONS).collect();
    if slugs.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids: Vec<Uuid> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(ids.into_iter().collect())
}

/// The authors of a comment and of the latest replies to it.
async fn thread_authors(tx: &Tx, parent: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
    let in_thread =
        Condition::any().add(comment::Column::Id.eq(parent)).add(comment::Column::ParentId.eq(parent));
    let rows = comment::Entity::find()
        .filter(in_thread)
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .order_by_desc(comment::Column::WrittenAt)
        .limit(MAX_THREAD)
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().filter_map(|row| row.author_id).collect())
}

/// The email about one comment, as its reader may see it now. `None` when the comment is gone, or the reader sees it or
/// the record no more.
pub(super) async fn of_comment(
    tx: &Tx,
    reader: &Actor,
    member: MemberId,
    target: Target,
    id: CommentId,
    because: Reason,
) -> Result<Option<CommentPosted>, StoreError> {
    let row = comment::Entity::find_by_id(id.0)
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .filter(visible(reader))
        .one(tx.db())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (place, title) = match place(tx.db(), reader, target).await {
        Ok(found) => found,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let author: Vec<Uuid> = row.author_id.into_iter().collect();
    let from = members::shown(tx.db(), reader, &author).await?.pop().map(|author| author.name);
    let text = (!is_private(tx.db(), target).await?).then(|| markup::markdown::text(&row.text));
    let comments = vec![NewComment { comment: id, from, because, text }];
    let mailing = Mailing { member, group: None };
    Ok(Some(CommentPosted { place, title, comments, more: 0, mailing }))
}

/// An email about comments with what its reader may see now, for a digest. `None` when nothing of it is left.
pub(crate) async fn refreshed(
    tx: &Tx,
    reader: &Actor,
    email: CommentPosted,
) -> Result<Option<CommentPosted>, StoreError> {
    let mut emails = Vec::new();
    for one in &email.comments {
        let Some(row) = comment::Entity::find_by_id(one.comment.0).one(tx.db()).await? else { continue };
        let target = target_of(&row)?;
        emails.extend(of_comment(tx, reader, email.mailing.member, target, one.comment, one.because).await?);
    }
    Ok(merged(emails, usize::MAX))
}

/// Emails about one conversation as a single one, which shows at most `max` comments.
pub(super) fn merged(emails: Vec<CommentPosted>, max: usize) -> Option<CommentPosted> {
    let mut emails = emails.into_iter();
    let mut email = emails.next()?;
    email.comments.extend(emails.flat_map(|other| other.comments));
    let more = email.comments.len().saturating_sub(max);
    email.comments.truncate(max);
    email.more = u32::try_from(more).unwrap_or(u32::MAX);
    Some(email)
}
