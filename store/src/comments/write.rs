//! Writing a comment.

use chrono::Duration;
use domain::{
    Actor, CommentId, MemberId, Refusal,
    comments::{self, MAX_PER_HOUR, Target},
    policy::{
        Permit,
        comments::{CommentRelation, WriteComment},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    cards,
    notify::{COMMENT_NOTICE, mentioned},
    target::{is_off, relation},
    visibility::visible,
};
use crate::{
    Store, StoreError, audit,
    entities::comment,
    jobs::{self, NewJob},
    members, secrets,
    write::{Tx, create_key, verb},
};

/// Writes a comment below a record, or a reply to a comment there. A reply to a reply becomes one to the same comment.
/// `key` makes the form idempotent.
///
/// # Errors
/// `NotFound` when the actor does not see the record or the comment. `Refused` when they only read there, when the
/// conversation is closed, and beyond the limits.
pub async fn post(
    store: &Store,
    actor: &Actor,
    target: Target,
    parent: Option<CommentId>,
    text: &str,
    key: &str,
) -> Result<CommentId, StoreError> {
    verb!(store, |tx, actor, &target, &parent, text, key| {
        // Asks the role first, so that visitors and suspended members hear of that.
        let role = permit(actor, WriteComment, CommentRelation::Participant)?;
        let me = role.by().ok_or(Refusal::NotAllowed)?;
        // The author's row is the lock, so that two forms at once cannot exceed a limit.
        members::lock(tx, me).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key
            && let Some(known) =
                comment::Entity::find().filter(comment::Column::CreateKey.eq(key)).one(tx.db()).await?
        {
            return Ok(CommentId(known.id));
        }
        let permit = permit(actor, WriteComment, relation(tx.db(), actor, target).await?)?;
        if is_off(tx.db(), target).await? {
            return Err(Refusal::CommentsOff.into());
        }
        let parent = match parent {
            Some(parent) => Some(top_of(tx, actor, target, parent).await?),
            None => None,
        };
        check_limits(tx, me, target).await?;
        let mention_emails = mention_emails(tx, me, text).await?;
        let row = comment::ActiveModel {
            id: Set(secrets::new_id()),
            kind: Set(target.kind.name().to_owned()),
            target_id: Set(target.id),
            parent_id: Set(parent),
            author_id: Set(Some(me.0)),
            text: Set(text.to_owned()),
            written_at: Set(tx.now()),
            edited_at: Set(None),
            deleted_at: Set(None),
            hidden_at: Set(None),
            pinned_at: Set(None),
            removed_at: Set(None),
            removed_by_id: Set(None),
            removed_reason: Set(None),
            mention_emails: Set(mention_emails),
            create_key: Set(key),
        };
        insert(tx, &permit, row).await
    })
}

/// The comment that a reply belongs to: the one that is answered, or the one above it.
async fn top_of(tx: &Tx, actor: &Actor, target: Target, parent: CommentId) -> Result<Uuid, StoreError> {
    let row = comment::Entity::find_by_id(parent.0)
        .filter(comment::Column::Kind.eq(target.kind.name()))
        .filter(comment::Column::TargetId.eq(target.id))
        .filter(visible(actor))
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok(row.parent_id.unwrap_or(row.id))
}

async fn check_limits(tx: &Tx, me: MemberId, target: Target) -> Result<(), StoreError> {
    let lately = comment::Entity::find()
        .filter(comment::Column::AuthorId.eq(me.0))
        .filter(comment::Column::WrittenAt.gt(tx.now() - Duration::hours(1)));
    if lately.count(tx.db()).await? >= MAX_PER_HOUR {
        return Err(Refusal::SlowDown { seconds: 3600 }.into());
    }
    let here = comment::Entity::find()
        .filter(comment::Column::Kind.eq(target.kind.name()))
        .filter(comment::Column::TargetId.eq(target.id));
    if here.count(tx.db()).await? >= target.kind.max_comments() {
        return Err(Refusal::CommentsFull.into());
    }
    Ok(())
}

/// How many of the members whom the text mentions get an email. The author's row is locked, so two comments at once
/// don't exceed the limit of a day.
async fn mention_emails(tx: &Tx, me: MemberId, text: &str) -> Result<i32, StoreError> {
    let mentioned = mentioned(tx, text).await?.len();
    if mentioned == 0 {
        return Ok(0);
    }
    let lately: Option<i64> = comment::Entity::find()
        .select_only()
        .column_as(Expr::col(comment::Column::MentionEmails).sum(), "emails")
        .filter(comment::Column::AuthorId.eq(me.0))
        .filter(comment::Column::WrittenAt.gt(tx.now() - Duration::days(1)))
        .into_tuple::<Option<i64>>()
        .one(tx.db())
        .await?
        .flatten();
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let emails = comments::mention_emails(count(mentioned as i64), count(lately.unwrap_or_default()));
    Ok(i32::try_from(emails).unwrap_or(i32::MAX))
}

/// Saves the comment. A job notifies people after the commit, however many they are.
async fn insert(
    tx: &Tx,
    permit: &Permit<WriteComment>,
    row: comment::ActiveModel,
) -> Result<CommentId, StoreError> {
    let row = row.insert(tx.db()).await?;
    audit::record(tx, permit, "comment.write", row.id).await?;
    jobs::enqueue(tx, NewJob::about(COMMENT_NOTICE, row.id, tx.now())).await?;
    cards::refresh(tx, &row).await?;
    Ok(CommentId(row.id))
}
