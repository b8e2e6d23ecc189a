//! Roles in a group, and removing members.

use domain::{
    Actor, MemberId, Slug,
    emails::RoleChanged,
    groups::{GroupRole, may_step_down},
    policy::{
        NoRelation, Permit,
        groups::{EditGroup, LeaveGroup, ManageGroups, RemoveGroupMember, SaveGroupRole, TendGroup},
        permit,
    },
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{
    membership::{add_member, count, notify, remove_member},
    rows::facts,
    visibility::{lock, role_of},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{group, group_member},
    members,
    write::{Tx, verb},
};

/// Adds a member to a group with a role, or gives a present member that role. For admins.
///
/// # Errors
/// `Refused` when the actor may not manage groups, `NotFound` when the group or member doesn't exist.
pub async fn add(
    store: &Store,
    actor: &Actor,
    group: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, group, &member, &role| {
        let permit = permit(actor, ManageGroups, NoRelation)?;
        let group = lock(tx, actor, group).await?.row;
        members::load(tx.db(), member).await?;
        let was = role_of(tx.db(), member, group.id).await?;
        match was {
            Some(current) if current == role => return Ok(()),
            Some(_) => {
                save(tx, &permit.step(), group.id, member, role).await?;
                notify_of_role(tx, actor, &group, member, role).await?;
            }
            None => add_member(tx, &permit.step(), group.id, member, role).await?,
        }
        audit::record_changes(tx, &permit, "group.add", group.id, changed(member, was, Some(role))).await
    })
}

/// A member's role in a group before and after, for the audit log.
fn changed(member: MemberId, before: Option<GroupRole>, after: Option<GroupRole>) -> Changes {
    let name = |role: Option<GroupRole>| role.map_or("", |role| role.name());
    Changes::default().and("role", name(before), name(after)).about("member", member.0)
}

/// Saves a role.
async fn save(
    tx: &Tx,
    _permit: &Permit<SaveGroupRole>,
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

/// Changes a member's role in a group. Organisers and co-organisers may step down themselves.
///
/// # Errors
/// `Refused` when the actor may not, `Refused(LastOrganiser)` when no organiser would be left. `NotFound` for
/// hidden and absent groups and for people who aren't members.
pub async fn set_role(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &member, &role| {
        let group = lock(tx, actor, slug).await?;
        let steps_down = actor.member() == Some(member) && role == GroupRole::Member;
        let permit: Permit<SaveGroupRole> = if steps_down {
            permit(actor, LeaveGroup, group.relation())?.step()
        } else {
            permit(actor, EditGroup, group.relation())?.step()
        };
        let was = role_of(tx.db(), member, group.row.id).await?.ok_or(StoreError::NotFound)?;
        if was == role {
            return Ok(());
        }
        if was == GroupRole::Organiser {
            let organisers = count(tx, group.row.id, Some(GroupRole::Organiser)).await?;
            // Applies to archived groups too: an organiser must be left who can reopen it.
            may_step_down(was, organisers, false)?;
        }
        save(tx, &permit, group.row.id, member, role).await?;
        notify_of_role(tx, actor, &group.row, member, role).await?;
        let changes = changed(member, Some(was), Some(role));
        audit::record_changes(tx, &permit, "group.role", group.row.id, changes).await
    })
}

/// Emails a member whose role somebody else changed.
async fn notify_of_role(
    tx: &Tx,
    actor: &Actor,
    group: &group::Model,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    if actor.member() == Some(member) {
        return Ok(());
    }
    let email = RoleChanged { group: facts(group)?, role };
    notify(tx, member, &email.into()).await
}

/// Removes a member from a group and emails them. In a private group they also lose their upcoming seats (A10).
/// Does nothing if they aren't a member.
///
/// # Errors
/// `Refused` when the actor may not: only organisers remove organisers and co-organisers. `NotFound` for hidden
/// and absent groups.
pub async fn remove(store: &Store, actor: &Actor, slug: &Slug, member: MemberId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &member| {
        let group = lock(tx, actor, slug).await?;
        let was = role_of(tx.db(), member, group.row.id).await?;
        let permit: Permit<RemoveGroupMember> = match was {
            Some(GroupRole::Organiser | GroupRole::CoOrganiser) => {
                permit(actor, EditGroup, group.relation())?.step()
            }
            Some(GroupRole::Member) | None => permit(actor, TendGroup, group.relation())?.step(),
        };
        let Some(was) = was else { return Ok(()) };
        let organisers = count(tx, group.row.id, Some(GroupRole::Organiser)).await?;
        may_step_down(was, organisers, group.row.archived_at.is_some())?;
        remove_member(tx, &permit, &group.row, member, true).await?;
        audit::record_changes(tx, &permit, "group.remove", group.row.id, changed(member, Some(was), None))
            .await
    })
}
