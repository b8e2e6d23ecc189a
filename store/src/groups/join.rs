//! Coming into a group and leaving it.

use domain::{
    Actor, MemberId, Slug,
    emails::Email,
    groups::{GroupRole, may_ask, may_join, may_step_down},
    policy::{Action, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use super::{
    admit, count, dismiss, facts, tell, tell_organisers,
    visibility::{Locked, lock, lock_if_invited},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{audit as log, group_request},
    members,
    write::Tx,
};

/// The audit name of a question.
const ASK: &str = "group.request";

fn joining(group: &Locked) -> Result<domain::groups::Joining, StoreError> {
    let broken = || StoreError::Corrupt(format!("group {}: unreadable joining", group.row.id));
    group.row.joining.parse().map_err(|()| broken())
}

/// Comes into a group: an open one, or one that invited the actor. Who is in it stays as they are.
///
/// # Errors
/// `Refused` with what else is to be done first, `NotFound` for hidden and absent groups.
pub async fn join(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(join_in(tx, actor, slug))).await
}

pub(crate) async fn join_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    let group = lock_if_invited(tx, actor, slug).await?;
    let permit = permit(actor, Action::JoinGroup, group.relation())?;
    let me = actor.member().ok_or(StoreError::NotFound)?;
    if group.role.is_some() {
        return Ok(());
    }
    may_join(joining(&group)?, group.row.archived_at.is_some(), group.invitation.is_some())?;
    admit(tx, &permit, group.row.id, me, GroupRole::Member).await?;
    audit::record(tx, &permit, "group.join", group.row.id).await
}

/// Asks to come into a group, with words that may be empty; asking again changes nothing. Who looks after
/// it is told, at most once a day.
///
/// # Errors
/// `Refused(ByInvitation)`, `Refused(AskedAlready)` after a no, `NotFound` for hidden and absent groups.
pub async fn request_to_join(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    words: &str,
) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), words.to_owned());
    store.write(args, |tx, (actor, slug, words)| Box::pin(request_to_join_in(tx, actor, slug, words))).await
}

async fn request_to_join_in(tx: &Tx, actor: &Actor, slug: &Slug, words: &str) -> Result<(), StoreError> {
    let group = lock(tx, actor, slug).await?;
    let permit = permit(actor, Action::JoinGroup, group.relation())?;
    let me = actor.member().ok_or(StoreError::NotFound)?;
    let known = group_request::Entity::find_by_id((group.row.id, me.0)).one(tx.db()).await?;
    if group.role.is_some() || known.as_ref().is_some_and(|known| known.declined_at.is_none()) {
        return Ok(());
    }
    let declined_at = known.as_ref().and_then(|known| known.declined_at);
    may_ask(joining(&group)?, group.row.archived_at.is_some(), declined_at, tx.now())?;
    let row = group_request::ActiveModel {
        group_id: Set(group.row.id),
        member_id: Set(me.0),
        words: Set(words.to_owned()),
        asked_at: Set(tx.now()),
        declined_at: Set(None),
    };
    if known.is_some() {
        row.update(tx.db()).await?;
    } else {
        row.insert(tx.db()).await?;
    }
    if !asked_lately(tx, me, group.row.id).await? {
        let name = members::load(tx.db(), me).await?.shown_name();
        let email = Email::JoinRequested { group: facts(&group.row)?, name, words: words.to_owned() };
        tell_organisers(tx, group.row.id, me, &email).await?;
    }
    audit::record(tx, &permit, ASK, group.row.id).await
}

/// Whether a member asked the same within a day, took it back and asks again: one letter is enough. Counted
/// from the audit log, since nothing else is left of a question that was taken back.
async fn asked_lately(tx: &Tx, me: MemberId, group: Uuid) -> Result<bool, StoreError> {
    let asked = log::Entity::find()
        .filter(log::Column::MemberId.eq(me.0))
        .filter(log::Column::Action.eq(ASK))
        .filter(log::Column::SubjectId.eq(group))
        .filter(log::Column::At.gt(tx.now() - chrono::Duration::days(1)));
    Ok(asked.count(tx.db()).await? > 0)
}

/// Takes the actor's question back.
///
/// # Errors
/// `NotFound` for hidden and absent groups.
pub async fn withdraw_request(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone()), |tx, (actor, slug)| {
            Box::pin(async move {
                let group = lock(tx, actor, slug).await?;
                let permit = permit(actor, Action::JoinGroup, group.relation())?;
                let me = actor.member().ok_or(StoreError::NotFound)?;
                let known = group_request::Entity::find_by_id((group.row.id, me.0)).one(tx.db()).await?;
                // A no stays: it holds for a while.
                let Some(known) = known.filter(|known| known.declined_at.is_none()) else { return Ok(()) };
                known.into_active_model().delete(tx.db()).await?;
                audit::record(tx, &permit, "group.withdraw_request", group.row.id).await
            })
        })
        .await
}

/// Answers somebody who asked, with words that may be empty, and tells them.
///
/// # Errors
/// `Refused` when the actor does not look after the group, `NotFound` when nobody waits for an answer.
pub async fn decide_request(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
    yes: bool,
    words: &str,
) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), member, yes, words.to_owned());
    store
        .write(args, |tx, (actor, slug, member, yes, words)| {
            Box::pin(decide_request_in(tx, actor, slug, *member, *yes, words))
        })
        .await
}

async fn decide_request_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
    yes: bool,
    words: &str,
) -> Result<(), StoreError> {
    let group = lock(tx, actor, slug).await?;
    let permit = permit(actor, Action::TendGroup, group.relation())?;
    let known = group_request::Entity::find_by_id((group.row.id, member.0)).one(tx.db()).await?;
    let known = known.filter(|known| known.declined_at.is_none()).ok_or(StoreError::NotFound)?;
    if yes {
        admit(tx, &permit, group.row.id, member, GroupRole::Member).await?;
    } else {
        let mut row = known.into_active_model();
        row.declined_at = Set(Some(tx.now()));
        row.update(tx.db()).await?;
    }
    let email = Email::JoinDecided { group: facts(&group.row)?, accepted: yes, words: words.to_owned() };
    tell(tx, member, &email).await?;
    let action = if yes { "group.approve_request" } else { "group.decline_request" };
    audit::record_changes(tx, &permit, action, group.row.id, Changes::default().about("member", member.0))
        .await
}

/// Leaves a group; what one has at the coming events of a private one is given up with it (A10). Answers
/// with how many seats and places. Leaving what one is not in changes nothing.
///
/// # Errors
/// `Refused(LastOrganiser)`, `NotFound` for hidden and absent groups.
pub async fn leave(store: &Store, actor: &Actor, slug: &Slug) -> Result<u32, StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(leave_in(tx, actor, slug))).await
}

async fn leave_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<u32, StoreError> {
    let group = lock(tx, actor, slug).await?;
    let Some((role, me)) = group.role.zip(actor.member()) else {
        // Whoever may not be in groups is told so.
        let _permit = permit(actor, Action::JoinGroup, group.relation())?;
        return Ok(0);
    };
    let permit = permit(actor, Action::LeaveGroup, group.relation())?;
    let organisers = count(tx, group.row.id, Some(GroupRole::Organiser)).await?;
    may_step_down(role, organisers, group.row.archived_at.is_some())?;
    let released = dismiss(tx, &permit, &group.row, me, false).await?;
    audit::record(tx, &permit, "group.leave", group.row.id).await?;
    Ok(released)
}
