//! The comments below a record, as a reader sees them.

use std::collections::HashMap;

use domain::{
    Actor, CommentId, Instant, Role, Slug,
    comments::{MAX_COMMENTS, Target, may_edit},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::target::{check_seen, is_off, is_owner};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{comment, member},
    members::shown,
};

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
    /// Whether the reader wrote it.
    pub mine: bool,
    /// Whether the reader can still edit it.
    pub may_edit: bool,
    /// The replies, oldest first. Replies have none themselves.
    pub replies: Vec<Comment>,
}

/// The comments below a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The comments, oldest first.
    pub comments: Vec<Comment>,
    /// Whether nobody can write more.
    pub is_off: bool,
    /// Whether the reader may turn comments off and on.
    pub may_close: bool,
}

/// The comments below a record.
///
/// # Errors
/// `NotFound` when the reader does not see the record.
pub async fn thread(store: &Store, actor: &Actor, target: Target) -> Result<Thread, StoreError> {
    let db = store.db();
    check_seen(db, actor, target).await?;
    let rows = comment::Entity::find()
        .filter(comment::Column::Kind.eq(target.kind.name()))
        .filter(comment::Column::TargetId.eq(target.id))
        .filter(visible(actor))
        .order_by_asc(comment::Column::WrittenAt)
        .order_by_asc(comment::Column::Id)
        .limit(MAX_COMMENTS)
        .all(db)
        .await?;
    let comments = arranged(db, actor, store.now(), rows).await?;
    let may_close = match actor.member() {
        Some(me) => is_owner(db, me, target).await?,
        None => false,
    };
    Ok(Thread { comments, is_off: is_off(db, target).await?, may_close })
}

/// Comments that are not hidden, by active members without a block, or by members whose account is gone.
pub(super) fn visible(actor: &Actor) -> Condition {
    let author = || Expr::col((comment::Entity, comment::Column::AuthorId));
    let active = member::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((member::Entity, member::Column::Id)).eq(author()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query();
    let known = Condition::all().add(Expr::exists(active)).add(hidden_from(actor, author()));
    Condition::all()
        .add(comment::Column::HiddenAt.is_null())
        .add(Condition::any().add(comment::Column::AuthorId.is_null()).add(known))
}

/// Comments with their replies. What was deleted stays as long as it has replies.
async fn arranged(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: Instant,
    rows: Vec<comment::Model>,
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
        let comment = Comment {
            id: CommentId(row.id),
            author: row.author_id.and_then(|author| known.get(&author).cloned()),
            text: row.text,
            written_at: row.written_at,
            edited_at: row.edited_at,
            is_deleted,
            mine: mine && !is_deleted,
            may_edit: mine && !is_deleted && may_edit(row.written_at, now).is_ok(),
            replies: Vec::new(),
        };
        match row.parent_id {
            None => top.push(comment),
            Some(_) if is_deleted => {}
            Some(parent) => replies.entry(parent).or_default().push(comment),
        }
    }
    for comment in &mut top {
        comment.replies = replies.remove(&comment.id.0).unwrap_or_default();
    }
    top.retain(|comment| !comment.is_deleted || !comment.replies.is_empty());
    Ok(top)
}
