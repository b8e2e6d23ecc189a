//! Which groups a person may see, and their relation to a group. Hidden groups look like absent ones.

use domain::{
    Actor, Instant, MemberId, Slug,
    groups::{GroupRole, Visibility},
    policy::{
        groups::{GroupRelation, JoinGroup, SeePrivateGroup},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{event_group, group, group_invitation, group_member},
    members,
    write::Tx,
};

/// IDs of the groups of a member, as a subquery. With roles, only those where they have one of these roles.
pub(crate) fn of_member(member: MemberId, roles: &[GroupRole]) -> SelectStatement {
    let query = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.eq(member.0));
    let roles: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    let query = if roles.is_empty() { query } else { query.filter(group_member::Column::Role.is_in(roles)) };
    query.into_query()
}

/// IDs of private groups, as a subquery.
pub(crate) fn private() -> SelectStatement {
    group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(group::Column::Visibility.eq(Visibility::Private.name()))
        .into_query()
}

/// IDs of the events that some groups co-host, as a subquery.
pub(crate) fn cohosted_by(groups: SelectStatement) -> SelectStatement {
    event_group::Entity::find()
        .select_only()
        .column(event_group::Column::EventId)
        .filter(event_group::Column::AcceptedAt.is_not_null())
        .filter(event_group::Column::GroupId.in_subquery(groups))
        .into_query()
}

/// How much the actor sees of private groups: `None` is everything, `Some(Some(member))` is the member's own
/// groups, and `Some(None)` is nothing.
pub(crate) fn private_scope(actor: &Actor) -> Option<Option<MemberId>> {
    if permit(actor, SeePrivateGroup, GroupRelation::Outside).is_ok() {
        return None;
    }
    Some(actor.member().filter(|_| permit(actor, SeePrivateGroup, GroupRelation::Member).is_ok()))
}

/// The groups that the actor may see, as a condition over groups.
pub(crate) fn seen_by(actor: &Actor) -> Condition {
    let Some(me) = private_scope(actor) else { return Condition::all() };
    Condition::any()
        .add(group::Column::Visibility.ne(Visibility::Private.name()))
        .add_option(me.map(|me| group::Column::Id.in_subquery(of_member(me, &[]))))
}

/// The actor's role in a group. `None` if they aren't a member.
pub(crate) async fn role_in(
    db: &impl ConnectionTrait,
    actor: &Actor,
    group: Uuid,
) -> Result<Option<GroupRole>, StoreError> {
    match actor.member() {
        Some(me) => role_of(db, me, group).await,
        None => Ok(None),
    }
}

/// A member's role in a group. `None` if they aren't a member.
pub(crate) async fn role_of(
    db: &impl ConnectionTrait,
    member: MemberId,
    group: Uuid,
) -> Result<Option<GroupRole>, StoreError> {
    let row = group_member::Entity::find_by_id((group, member.0)).one(db).await?;
    row.map(|row| read_role(&row.role, group)).transpose()
}

pub(crate) fn read_role(name: &str, group: Uuid) -> Result<GroupRole, StoreError> {
    name.parse().map_err(|()| StoreError::Corrupt(format!("group {group}: unreadable role")))
}

/// The group with a slug, if the actor may see it.
pub(crate) async fn seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<Option<group::Model>, StoreError> {
    let query = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    Ok(query.one(db).await?)
}

/// A locked group, and the actor's relation to it.
pub(super) struct Locked {
    pub(super) row: group::Model,
    pub(super) role: Option<GroupRole>,
    pub(super) invitation: Option<group_invitation::Model>,
}

impl Locked {
    pub(super) fn relation(&self) -> GroupRelation {
        GroupRelation::of(self.role)
    }
}

/// A group, locked until the transaction ends. Hidden and absent groups give the same `NotFound`.
pub(super) async fn lock(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Locked, StoreError> {
    let locked = lock_if_invited(tx, actor, slug).await?;
    let private = locked.row.visibility == Visibility::Private.name();
    if private && permit(actor, SeePrivateGroup, locked.relation()).is_err() {
        return Err(StoreError::NotFound);
    }
    Ok(locked)
}

/// Like `lock`, but an invitation also makes a private group visible.
pub(super) async fn lock_if_invited(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Locked, StoreError> {
    let query = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).lock_exclusive();
    let row = query.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    let role = role_in(tx.db(), actor, row.id).await?;
    let invitation = invitation_of(tx.db(), actor, row.id, tx.now()).await?;
    let private = row.visibility == Visibility::Private.name();
    let sees_private = permit(actor, SeePrivateGroup, GroupRelation::of(role)).is_ok();
    if private && !sees_private && invitation.is_none() {
        return Err(StoreError::NotFound);
    }
    Ok(Locked { row, role, invitation })
}

/// The actor's open invitation to a group, sent to them by name or to their confirmed address.
pub(crate) async fn invitation_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    group: Uuid,
    now: Instant,
) -> Result<Option<group_invitation::Model>, StoreError> {
    let Some(me) = actor.member() else { return Ok(None) };
    if permit(actor, JoinGroup, GroupRelation::Outside).is_err() {
        return Ok(None);
    }
    let key = members::load(db, me).await?.address_key;
    let to_actor = Condition::any()
        .add(group_invitation::Column::MemberId.eq(me.0))
        .add_option(key.map(|key| group_invitation::Column::AddressKey.eq(key)));
    let query = group_invitation::Entity::find()
        .filter(group_invitation::Column::GroupId.eq(group))
        .filter(group_invitation::Column::ExpiresAt.gt(now))
        .filter(to_actor);
    Ok(query.one(db).await?)
}
