//! Who looks after a group, and who is taken out of it.

use domain::{
    Actor, MemberId, Slug,
    groups::{GroupRole, may_step_down},
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{
    admit, count, dismiss, id_of,
    visibility::{lock, role_of},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::group_member,
    members,
    write::Tx,
};

/// Says that a member belongs to a group and how; who belongs to it already has the role from now on.
///
/// # Errors
/// `Refused` when the actor may not, `NotFound` when there is no such group or member.
pub async fn add(
    store: &Store,
    actor: &Actor,
    group: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    let args = (*actor, group.clone(), member, role);
    store
        .write(args, |tx, (actor, group, member, role)| Box::pin(add_in(tx, actor, group, *member, *role)))
        .await
}

async fn add_in(
    tx: &Tx,
    actor: &Actor,
    group: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    let permit = permit(actor, Action::ManageGroups, Relation::Other)?;
    let group = id_of(tx.db(), group).await?.ok_or(StoreError::NotFound)?;
    members::load(tx.db(), member).await?;
    let was = role_of(tx.db(), member, group).await?;
    match was {
        Some(known) if known == role => return Ok(()),
        Some(_) => save(tx, &permit, group, member, role).await?,
        None => admit(tx, &permit, group, member, role).await?,
    }
    audit::record_changes(tx, &permit, "group.add", group, changed(member, was, Some(role))).await
}

/// A member's role in a group before and after, for the audit log.
fn changed(member: MemberId, was: Option<GroupRole>, now: Option<GroupRole>) -> Changes {
    let name = |role: Option<GroupRole>| role.map_or("", |role| role.name());
    Changes::default().and("role", name(was), name(now)).about("member", member.0)
}

/// Writes a role down. Only who has a permit gets here.
async fn save(
    tx: &Tx,
    _permit: &Permit,
    group: uuid::Uuid,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    let row = group_member::ActiveModel {
        group_id: Set(group),
        member_id: Set(member.0),
        role: Set(role.name().to_owned()),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}

/// Gives a member of a group another role there. One's own may be put down by oneself.
///
/// # Errors
/// `Refused` when the actor may not, `LastOrganiser` when nobody would be left; `NotFound` for hidden and
/// absent groups, and who is not in it.
pub async fn set_role(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), member, role);
    store
        .write(args, |tx, (actor, slug, member, role)| Box::pin(set_in(tx, actor, slug, *member, *role)))
        .await
}

async fn set_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    let group = lock(tx, actor, slug).await?;
    let steps_down = actor.member() == Some(member) && role == GroupRole::Member;
    let action = if steps_down { Action::LeaveGroup } else { Action::EditGroup };
    let permit = permit(actor, action, group.relation())?;
    let was = role_of(tx.db(), member, group.row.id).await?.ok_or(StoreError::NotFound)?;
    if was == role {
        return Ok(());
    }
    if was == GroupRole::Organiser {
        let organisers = count(tx, group.row.id, Some(GroupRole::Organiser)).await?;
        // Who stays in a closed group stays its organiser: somebody may want to open it again.
        may_step_down(was, organisers, false)?;
    }
    save(tx, &permit, group.row.id, member, role).await?;
    let facts = changed(member, Some(was), Some(role));
    audit::record_changes(tx, &permit, "group.role", group.row.id, facts).await
}

/// Takes a member out of a group and tells them; what they have at the coming events of a private one goes
/// with it (A10). Who is not in it stays out.
///
/// # Errors
/// `Refused` when the actor may not: who looks after a group is taken out by its organisers only; `NotFound`
/// for hidden and absent groups.
pub async fn remove(store: &Store, actor: &Actor, slug: &Slug, member: MemberId) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), member);
    store.write(args, |tx, (actor, slug, member)| Box::pin(remove_in(tx, actor, slug, *member))).await
}

async fn remove_in(tx: &Tx, actor: &Actor, slug: &Slug, member: MemberId) -> Result<(), StoreError> {
    let group = lock(tx, actor, slug).await?;
    let was = role_of(tx.db(), member, group.row.id).await?;
    let action = match was {
        Some(GroupRole::Organiser | GroupRole::CoOrganiser) => Action::EditGroup,
        Some(GroupRole::Member) | None => Action::TendGroup,
    };
    let permit = permit(actor, action, group.relation())?;
    let Some(was) = was else { return Ok(()) };
    let organisers = count(tx, group.row.id, Some(GroupRole::Organiser)).await?;
    may_step_down(was, organisers, group.row.archived_at.is_some())?;
    dismiss(tx, &permit, &group.row, member, true).await?;
    audit::record_changes(tx, &permit, "group.remove", group.row.id, changed(member, Some(was), None)).await
}
