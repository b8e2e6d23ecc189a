//! Joining and leaving a group, and requests to join.

use domain::{
    Actor, MemberId, Slug,
    emails::{self, Email},
    groups::{GroupRole, may_ask, may_join, may_step_down},
    policy::{
        groups::{JoinGroup, LeaveGroup, TendGroup},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use super::{
    membership::{add_member, count, notify, notify_organisers, remove_member},
    rows::facts,
    visibility::{Locked, lock, lock_if_invited},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{audit as log, group_request},
    members,
    write::{Tx, verb},
};

/// Audit action of a request to join. Recent requests are counted by it.
const ASK: &str = "group.request";

fn joining_of(group: &Locked) -> Result<domain::groups::Joining, StoreError> {
    let corrupt = || StoreError::Corrupt(format!("group {}: unreadable joining", group.row.id));
    group.row.joining.parse().map_err(|()| corrupt())
}

/// Joins a group that is open or that invited the actor. Members stay members with their role.
///
/// # Errors
/// `Refused` with what is needed to join, `NotFound` for hidden and absent groups.
pub async fn join(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    store.write((*actor, slug.clone()), |tx, (actor, slug)| Box::pin(join_in(tx, actor, slug))).await
}

pub(crate) async fn join_in(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    let group = lock_if_invited(tx, actor, slug).await?;
    let permit = permit(actor, JoinGroup, group.relation())?;
    let me = actor.member().ok_or(StoreError::NotFound)?;
    if group.role.is_some() {
        return Ok(());
    }
    may_join(joining_of(&group)?, group.row.archived_at.is_some(), group.invitation.is_some())?;
    add_member(tx, &permit.step(), group.row.id, me, GroupRole::Member).await?;
    audit::record(tx, &permit, "group.join", group.row.id).await
}

/// Requests to join a group, with a message that may be empty. Requesting again changes nothing. Organisers are
/// emailed at most once a day about the same member.
///
/// # Errors
/// `Refused(ByInvitation)`, `Refused(AskedAlready)` after a declined request, `NotFound` for hidden and absent
/// groups.
pub async fn request_to_join(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    message: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, message| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, JoinGroup, group.relation())?;
        let me = actor.member().ok_or(StoreError::NotFound)?;
        let existing = group_request::Entity::find_by_id((group.row.id, me.0)).one(tx.db()).await?;
        if group.role.is_some() || existing.as_ref().is_some_and(|existing| existing.declined_at.is_none()) {
            return Ok(());
        }
        let declined_at = existing.as_ref().and_then(|existing| existing.declined_at);
        may_ask(joining_of(&group)?, group.row.archived_at.is_some(), declined_at, tx.now())?;
        let row = group_request::ActiveModel {
            group_id: Set(group.row.id),
            member_id: Set(me.0),
            message: Set(message.to_owned()),
            requested_at: Set(tx.now()),
            declined_at: Set(None),
        };
        if existing.is_some() {
            row.update(tx.db()).await?;
        } else {
            row.insert(tx.db()).await?;
        }
        if !asked_recently(tx, me, group.row.id).await? {
            let name = members::load(tx.db(), me).await?.shown_name();
            let email = Email::from(emails::JoinRequested {
                group: facts(&group.row)?,
                name,
                words: message.to_owned(),
            });
            notify_organisers(tx, group.row.id, me, &email).await?;
        }
        audit::record(tx, &permit, ASK, group.row.id).await
    })
}

/// Whether the member requested to join in the last 24 hours, withdrew it and requests again. The audit log is
/// the only record of a withdrawn request.
async fn asked_recently(tx: &Tx, me: MemberId, group: Uuid) -> Result<bool, StoreError> {
    let asked = log::Entity::find()
        .filter(log::Column::MemberId.eq(me.0))
        .filter(log::Column::Action.eq(ASK))
        .filter(log::Column::SubjectId.eq(group))
        .filter(log::Column::At.gt(tx.now() - chrono::Duration::days(1)));
    Ok(asked.count(tx.db()).await? > 0)
}

/// Withdraws the actor's request to join.
///
/// # Errors
/// `NotFound` for hidden and absent groups.
pub async fn withdraw_request(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, JoinGroup, group.relation())?;
        let me = actor.member().ok_or(StoreError::NotFound)?;
        let request = group_request::Entity::find_by_id((group.row.id, me.0)).one(tx.db()).await?;
        // A declined request stays, because it blocks new requests for a while.
        let Some(request) = request.filter(|request| request.declined_at.is_none()) else {
            return Ok(());
        };
        request.into_active_model().delete(tx.db()).await?;
        audit::record(tx, &permit, "group.withdraw_request", group.row.id).await
    })
}

/// Approves or declines a request to join, and emails the member. `message` may be empty.
///
/// # Errors
/// `Refused` when the actor may not manage the group, `NotFound` when there is no open request.
pub async fn decide_request(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
    approved: bool,
    message: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &member, &approved, message| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, TendGroup, group.relation())?;
        let request = group_request::Entity::find_by_id((group.row.id, member.0)).one(tx.db()).await?;
        let request = request.filter(|request| request.declined_at.is_none()).ok_or(StoreError::NotFound)?;
        if approved {
            add_member(tx, &permit.step(), group.row.id, member, GroupRole::Member).await?;
        } else {
            let mut row = request.into_active_model();
            row.declined_at = Set(Some(tx.now()));
            row.update(tx.db()).await?;
        }
        let email = Email::from(emails::JoinDecided {
            group: facts(&group.row)?,
            accepted: approved,
            words: message.to_owned(),
        });
        notify(tx, member, &email).await?;
        let action = if approved { "group.approve_request" } else { "group.decline_request" };
        audit::record_changes(tx, &permit, action, group.row.id, Changes::default().about("member", member.0))
            .await
    })
}

/// Leaves a group. In a private group the actor also gives up their upcoming seats (A10). Returns how many
/// RSVPs that were. Does nothing if the actor isn't a member.
///
/// # Errors
/// `Refused(LastOrganiser)`, `NotFound` for hidden and absent groups.
pub async fn leave(store: &Store, actor: &Actor, slug: &Slug) -> Result<u32, StoreError> {
    verb!(store, |tx, actor, slug| {
        let group = lock(tx, actor, slug).await?;
        let Some((role, me)) = group.role.zip(actor.member()) else {
            // Visitors and members without the right to join get a refusal here.
            let _permit = permit(actor, JoinGroup, group.relation())?;
            return Ok(0);
        };
        let permit = permit(actor, LeaveGroup, group.relation())?;
        let organisers = count(tx, group.row.id, Some(GroupRole::Organiser)).await?;
        may_step_down(role, organisers, group.row.archived_at.is_some())?;
        let released = remove_member(tx, &permit.step(), &group.row, me, false).await?;
        audit::record(tx, &permit, "group.leave", group.row.id).await?;
        Ok(released)
    })
}
