//! Whom a comment concerns (K8, C18): the people of the record and of the thread, people who watch, and people whom it
//! mentions. Everybody is asked again whether they see the record and the author.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, CommentId, MemberId, Role,
    comments::{MAX_MENTIONS, Reason, Target},
    emails::{CommentPosted, Email, Mailing, NewComment},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    follow::{muted_among, watchers},
    moderate::target_of,
    news,
    target::{is_private, people, place},
    visibility::visible,
};
use crate::{
    Store, StoreError,
    entities::{comment, profile},
    jobs::{self, Job, Next},
    members, outbox,
    write::{Tx, verb},
};

/// How many people one transaction notifies.
const BATCH: usize = jobs::BATCH as usize;
/// The most people of a thread who are notified of a reply: the latest ones.
const MAX_THREAD: u64 = 30;

/// The kind of job that notifies people of a comment.
pub(crate) const COMMENT_NOTICE: &str = "comment_notice";

/// Why somebody hears of a comment, and whether by email too.
#[derive(Clone, Copy)]
struct Concern {
    because: Reason,
    has_email: bool,
}

/// Notifies one batch of the people whom a comment concerns. The position is the id of the last one.
pub(crate) async fn run_notice(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| { next_batch(tx, job).await })
}

async fn next_batch(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let row = comment::Entity::find_by_id(job.subject()?)
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .one(tx.db())
        .await?;
    let Some(row) = row else { return Ok(Next::Done) };
    let target = target_of(&row)?;
    let (after, mut seen): (Uuid, u64) =
        serde_json::from_value::<Option<_>>(job.payload.clone())?.unwrap_or_default();
    let batch: Vec<_> = concerned(tx, target, &row, after).await?.into_iter().take(BATCH).collect();
    let last = batch.last().map(|(id, _)| *id).filter(|_| batch.len() == BATCH);
    for (id, concern) in batch {
        notify(tx, target, &row, MemberId(id), concern).await?;
        seen += 1;
    }
    let position = last.map_or(Ok(Value::Null), |last| serde_json::to_value((last, seen)))?;
    jobs::checkpoint(tx, job, &position, seen, None).await?;
    Ok(if last.is_some() { Next::More } else { Next::Done })
}

/// Notifies one member, if they are active and see the comment now. Their row is the lock: two comments at once don't
/// both find that no email about the conversation was sent in the last hour. A batch locks rows in the order of their
/// ids, so two batches never wait for each other.
async fn notify(
    tx: &Tx,
    target: Target,
    row: &comment::Model,
    member: MemberId,
    concern: Concern,
) -> Result<(), StoreError> {
    let person = match members::lock(tx, member).await {
        Err(StoreError::NotFound) => return Ok(()),
        person => person?,
    };
    let active = members::recipient(&person).filter(|_| person.role != Role::Suspended.name());
    let Some(recipient) = active else { return Ok(()) };
    let reader = members::as_actor(person)?;
    let email = of_comment(tx, &reader, member, target, CommentId(row.id), concern.because).await?;
    match email {
        Some(email) if concern.has_email => {
            news::post(tx, target, (member, &recipient), concern.because, email).await
        }
        Some(email) => outbox::post_notification(tx, member, &Email::from(email)).await,
        None => Ok(()),
    }
}

/// The people whom a comment concerns and whose id comes after `after`, and why: at least one batch, or all. Muting a
/// conversation leaves mentions.
async fn concerned(
    tx: &Tx,
    target: Target,
    row: &comment::Model,
    after: Uuid,
) -> Result<BTreeMap<Uuid, Concern>, StoreError> {
    let mut concerned = BTreeMap::new();
    let mut add = |people: &mut dyn Iterator<Item = Uuid>, because, has_email| {
        for id in people.filter(|id| *id > after && Some(*id) != row.author_id) {
            concerned.entry(id).or_insert(Concern { because, has_email });
        }
    };
    let mentioned = mentioned(tx, &row.text).await?;
    let with_email = usize::try_from(row.mention_emails).unwrap_or_default().min(mentioned.len());
    let (with_email, in_portal) = mentioned.split_at(with_email);
    add(&mut with_email.iter().copied(), Reason::Mention, true);
    if let Some(parent) = row.parent_id {
        add(&mut thread_authors(tx, parent).await?.into_iter(), Reason::Reply, true);
    }
    add(&mut people(tx.db(), target).await?.into_iter(), Reason::Own, true);
    // Watchers may be many, so they are read in the order of their ids, one batch at a time.
    add(&mut watchers(tx, target, row.author_id, after).await?.into_iter(), Reason::Watch, true);
    let muted = muted_among(tx, target, concerned.keys().copied()).await?;
    concerned.retain(|id, concern| concern.because == Reason::Mention || !muted.contains(id));
    for id in in_portal.iter().filter(|id| **id > after && Some(**id) != row.author_id) {
        concerned.entry(*id).or_insert(Concern { because: Reason::Mention, has_email: false });
    }
    Ok(concerned)
}

/// The members whom a text mentions by the slug of their profile, in the order of the text.
pub(super) async fn mentioned(tx: &Tx, text: &str) -> Result<Vec<Uuid>, StoreError> {
    let slugs: Vec<String> = markup::markdown::mentions(text).into_iter().take(MAX_MENTIONS).collect();
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(String, Uuid)> = profile::Entity::find()
        .select_only()
        .column(profile::Column::Slug)
        .column(profile::Column::MemberId)
        .filter(profile::Column::Slug.is_in(&slugs))
        .into_tuple()
        .all(tx.db())
        .await?;
    let found: BTreeMap<_, _> = found.into_iter().collect();
    Ok(slugs.iter().filter_map(|slug| found.get(slug)).copied().collect())
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
