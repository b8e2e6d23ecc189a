//! Watching and muting a conversation (C19).

use std::collections::BTreeSet;

use domain::{
    Actor, MemberId, Refusal,
    comments::{Follow, Target},
    policy::{Own, comments::FollowComments, permit},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use uuid::Uuid;

use super::target::check_seen;
use crate::{
    Store, StoreError,
    entities::comment_follow,
    jobs,
    write::{Tx, verb},
};

/// Watches or mutes a conversation. `None` goes back to hearing of what concerns the actor.
///
/// # Errors
/// `NotFound` when the actor does not see the record.
pub async fn follow(
    store: &Store,
    actor: &Actor,
    target: Target,
    follow: Option<Follow>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &target, &follow| {
        let permit = permit(actor, FollowComments, Own)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        check_seen(tx.db(), actor, target).await?;
        let key = (me.0, target.kind.name().to_owned(), target.id);
        comment_follow::Entity::delete_by_id(key.clone()).exec(tx.db()).await?;
        if let Some(follow) = follow {
            let row = comment_follow::ActiveModel {
                member_id: Set(key.0),
                kind: Set(key.1),
                target_id: Set(key.2),
                follow: Set(follow.name().to_owned()),
            };
            comment_follow::Entity::insert(row).exec_without_returning(tx.db()).await?;
        }
        Ok(())
    })
}

/// What a member chose for a conversation.
pub(super) async fn chosen(
    db: &impl ConnectionTrait,
    member: MemberId,
    target: Target,
) -> Result<Option<Follow>, StoreError> {
    let key = (member.0, target.kind.name().to_owned(), target.id);
    let row = comment_follow::Entity::find_by_id(key).one(db).await?;
    Ok(row.and_then(|row| row.follow.parse().ok()))
}

/// The members who watch a conversation and whose id comes after `after`, in the order of their ids: at most one batch,
/// without the author of the comment. A full batch says that there may be more.
pub(super) async fn watchers(
    tx: &Tx,
    target: Target,
    author: Option<Uuid>,
    after: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let mut find = with_choice(target, Follow::Watch).filter(comment_follow::Column::MemberId.gt(after));
    if let Some(author) = author {
        find = find.filter(comment_follow::Column::MemberId.ne(author));
    }
    let find = find.order_by_asc(comment_follow::Column::MemberId).limit(jobs::BATCH);
    Ok(find.into_tuple().all(tx.db()).await?)
}

/// Those of some members who muted a conversation.
pub(super) async fn muted_among(
    tx: &Tx,
    target: Target,
    members: impl Iterator<Item = Uuid>,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let find = with_choice(target, Follow::Mute).filter(comment_follow::Column::MemberId.is_in(members));
    let ids: Vec<Uuid> = find.into_tuple().all(tx.db()).await?;
    Ok(ids.into_iter().collect())
}

/// The ids of the members who made a choice for a conversation.
fn with_choice(target: Target, follow: Follow) -> Select<comment_follow::Entity> {
    comment_follow::Entity::find()
        .select_only()
        .column(comment_follow::Column::MemberId)
        .filter(comment_follow::Column::Kind.eq(target.kind.name()))
        .filter(comment_follow::Column::TargetId.eq(target.id))
        .filter(comment_follow::Column::Follow.eq(follow.name()))
}
