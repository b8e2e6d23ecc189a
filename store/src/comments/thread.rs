//! The comments below a record, as a reader sees them.

use std::collections::HashMap;

use domain::{
    Actor, CommentId, Instant, Slug,
    comments::{Follow, MAX_SHOWN, Target, may_edit},
    policy::{
        comments::{CloseComments, ModerateComments, WriteComment},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    follow::chosen,
    target::{is_off, relation},
    visibility::{is_active, visible},
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{comment, profile},
    members::shown,
};

/// The most members whose mentions become links on one page.
const MAX_LINKED: usize = 100;

/// The author of a comment, as the reader sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Slug of their page.
    pub slug: Slug,
    /// Their name.
    pub name: String,
    /// The hash that names their picture.
    pub picture: Option<String>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The id.
    pub id: CommentId,
    /// The author, if the reader may see their name.
    pub author: Option<Author>,
    /// The text. Empty when the comment was deleted and has replies.
    pub text: String,
    /// When it was written.
    pub written_at: Instant,
    /// When it was last edited.
    pub edited_at: Option<Instant>,
    /// Whether the author has deleted it.
    pub is_deleted: bool,
    /// Whether it is pinned at the top.
    pub is_pinned: bool,
    /// Set when an organiser has removed it.
    pub removal: Option<Removal>,
    /// Whether the reader wrote it.
    pub mine: bool,
    /// Whether the reader can still edit it.
    pub may_edit: bool,
    /// The replies, oldest first. Replies have none themselves.
    pub replies: Vec<Comment>,
}

/// What a reader sees in the place of a comment that an organiser has removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The reason, for the author and for organisers.
    pub reason: Option<String>,
}

/// The comments below a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The comments, oldest first. A pinned one comes first.
    pub comments: Vec<Comment>,
    /// The slugs of members whom the comments mention and whom the reader may see.
    pub mentioned: Vec<Slug>,
    /// Whether nobody can write more.
    pub is_off: bool,
    /// Whether the reader may write.
    pub may_write: bool,
    /// Whether the reader may close the conversation and open it again.
    pub may_close: bool,
    /// Whether the reader may pin and remove comments.
    pub may_moderate: bool,
    /// What the reader wants to hear of it.
    pub follow: Option<Follow>,
}

/// The comments below a record.
///
/// # Errors
/// `NotFound` when the reader does not see the record.
pub async fn thread(store: &Store, actor: &Actor, target: Target) -> Result<Thread, StoreError> {
    let db = store.db();
    let relation = relation(db, actor, target).await?;
    let may_moderate = permit(actor, ModerateComments, relation).is_ok();
    let below = || {
        comment::Entity::find()
            .filter(comment::Column::Kind.eq(target.kind.name()))
            .filter(comment::Column::TargetId.eq(target.id))
            .filter(visible(actor))
    };
    let mut rows = below()
        .order_by_desc(comment::Column::WrittenAt)
        .order_by_desc(comment::Column::Id)
        .limit(MAX_SHOWN)
        .all(db)
        .await?;
    rows.reverse();
    // The pinned comment stays, however old it is.
    if rows.len() as u64 == MAX_SHOWN && rows.iter().all(|row| row.pinned_at.is_none()) {
        let pinned = below().filter(comment::Column::PinnedAt.is_not_null()).one(db).await?;
        rows.splice(0..0, pinned);
    }
    let mentioned = mentioned(db, actor, &rows).await?;
    let comments = arranged(db, actor, store.now(), rows, may_moderate).await?;
    let follow = match actor.member() {
        Some(me) => chosen(db, me, target).await?,
        None => None,
    };
    Ok(Thread {
        comments,
        mentioned,
        is_off: is_off(db, target).await?,
        may_write: permit(actor, WriteComment, relation).is_ok(),
        may_close: permit(actor, CloseComments, relation).is_ok(),
        may_moderate,
        follow,
    })
}

/// The slugs of the members whom some comments mention, as far as the reader may see those members.
async fn mentioned(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[comment::Model],
) -> Result<Vec<Slug>, StoreError> {
    let texts = rows.iter().filter(|row| row.text.contains('@'));
    let mut slugs: Vec<String> = texts.flat_map(|row| markup::markdown::mentions(&row.text)).collect();
    slugs.sort_unstable();
    slugs.dedup();
    slugs.truncate(MAX_LINKED);
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let member = || Expr::col((profile::Entity, profile::Column::MemberId));
    let ids: Vec<Uuid> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::Slug.is_in(slugs))
        .filter(hidden_from(actor, member()))
        .filter(is_active(member()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(shown(db, actor, &ids).await?.into_iter().map(|person| person.slug).collect())
}

/// Comments with their replies. What was deleted or removed stays as long as it has replies. Its author and organisers
/// see what was removed in any case.
async fn arranged(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: Instant,
    rows: Vec<comment::Model>,
    may_moderate: bool,
) -> Result<Vec<Comment>, StoreError> {
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.author_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = shown(db, actor, &ids).await?.into_iter().map(|person| {
        let author = Author { slug: person.slug, name: person.name, picture: person.picture };
        (person.member.0, author)
    });
    let known: HashMap<Uuid, Author> = known.collect();
    let me = actor.member().map(|me| me.0);
    let (mut top, mut replies) = (Vec::new(), HashMap::<Uuid, Vec<Comment>>::new());
    for row in rows {
        let mine = me.is_some() && row.author_id == me;
        let is_deleted = row.deleted_at.is_some();
        let is_removed = row.removed_at.is_some();
        let knows_why = mine || may_moderate;
        let removal = (is_removed && !is_deleted)
            .then(|| Removal { reason: row.removed_reason.clone().filter(|_| knows_why) });
        let comment = Comment {
            id: CommentId(row.id),
            author: row.author_id.and_then(|author| known.get(&author).cloned()),
            text: if is_removed { String::new() } else { row.text },
            written_at: row.written_at,
            edited_at: row.edited_at,
            is_deleted,
            is_pinned: row.pinned_at.is_some(),
            removal,
            mine: mine && !is_deleted,
            may_edit: mine && !is_deleted && !is_removed && may_edit(row.written_at, now).is_ok(),
            replies: Vec::new(),
        };
        match row.parent_id {
            None => top.push(comment),
            Some(_) if is_deleted || (is_removed && !knows_why) => {}
            Some(parent) => replies.entry(parent).or_default().push(comment),
        }
    }
    for comment in &mut top {
        comment.replies = replies.remove(&comment.id.0).unwrap_or_default();
    }
    let is_empty = |comment: &Comment| match &comment.removal {
        Some(removal) => removal.reason.is_none(),
        None => comment.is_deleted,
    };
    top.retain(|comment| !is_empty(comment) || !comment.replies.is_empty());
    // A stable sort, so that the others keep their order.
    top.sort_by_key(|comment| !comment.is_pinned);
    Ok(top)
}
