//! Groups: which there are, who belongs to them.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, MemberId, Role, Slug,
    groups::{GroupDetails, GroupKind, GroupRole},
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _,
};
use uuid::Uuid;

use crate::{
    Fault, Store, audit,
    entities::{group, group_member, member},
    members, secrets,
    write::Tx,
};

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Its name in URLs and forms.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: GroupKind,
    /// What it is for; may be empty.
    pub purpose: String,
    /// How many belong to it, without the suspended.
    pub members: u32,
    /// Whether the reader does.
    pub mine: bool,
}

/// Every group, by name.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn list(store: &Store, who: &Actor) -> Result<Vec<GroupCard>, Fault> {
    let rows = group::Entity::find()
        .order_by_asc(group::Column::Name)
        .order_by_asc(group::Column::Id)
        .all(store.db())
        .await?;
    let sizes = sizes(store.db()).await?;
    let mine = mine(store.db(), who).await?;
    rows.into_iter()
        .map(|row| {
            let broken = |what: &str| Fault::Broken(format!("group {}: unreadable {what}", row.id));
            Ok(GroupCard {
                slug: Slug::parse(&row.slug).ok_or_else(|| broken("slug"))?,
                kind: row.kind.parse().map_err(|()| broken("kind"))?,
                members: sizes.get(&row.id).copied().unwrap_or(0),
                mine: mine.contains(&row.id),
                name: row.name,
                purpose: row.purpose,
            })
        })
        .collect()
}

async fn sizes(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, u32>, Fault> {
    let rows: Vec<(Uuid, i64)> = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .column_as(group_member::Column::MemberId.count(), "members")
        .join(JoinType::InnerJoin, group_member::Relation::Member.def())
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .group_by(group_member::Column::GroupId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(group, members)| (group, u32::try_from(members).unwrap_or(u32::MAX))).collect())
}

async fn mine(db: &impl ConnectionTrait, who: &Actor) -> Result<HashSet<Uuid>, Fault> {
    let Some(me) = who.member() else { return Ok(HashSet::new()) };
    let rows: Vec<Uuid> = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.eq(me.0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Makes a group. Nobody belongs to it yet. Its slug gets a suffix when it is taken.
///
/// # Errors
/// `Refused` when the actor may not make groups.
pub async fn create(store: &Store, who: &Actor, details: GroupDetails) -> Result<Slug, Fault> {
    store.write((*who, details), |tx, (who, details)| Box::pin(create_in(tx, who, details))).await
}

async fn create_in(tx: &Tx, who: &Actor, details: &GroupDetails) -> Result<Slug, Fault> {
    let permit = permit(who, Action::ManageGroups, Relation::Other)?;
    let mut slug = details.slug.clone();
    while group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).count(tx.db()).await? > 0 {
        slug = details.slug.with_suffix(&secrets::suffix());
    }
    insert(tx, &permit, details, &slug).await?;
    Ok(slug)
}

/// Writes a new group down. Only who has a permit gets here.
async fn insert(tx: &Tx, permit: &Permit, details: &GroupDetails, slug: &Slug) -> Result<(), Fault> {
    let row = group::ActiveModel {
        id: Set(secrets::new_id()),
        slug: Set(slug.to_string()),
        name: Set(details.name.clone()),
        kind: Set(details.kind.name().to_owned()),
        purpose: Set(details.purpose.clone()),
        created_at: Set(tx.now()),
    };
    let group = row.insert(tx.db()).await?;
    audit::note(tx, permit, "group.create", group.id).await
}

/// Says that a member belongs to a group and how; who belongs to it already has the role from now on.
///
/// # Errors
/// `Refused` when the actor may not, `NotFound` when there is no such group or member.
pub async fn add(
    store: &Store,
    who: &Actor,
    group: &Slug,
    member: MemberId,
    role: GroupRole,
) -> Result<(), Fault> {
    let args = (*who, group.clone(), member, role);
    store.write(args, |tx, (who, group, member, role)| Box::pin(add_in(tx, who, group, *member, *role))).await
}

async fn add_in(tx: &Tx, who: &Actor, group: &Slug, member: MemberId, role: GroupRole) -> Result<(), Fault> {
    let permit = permit(who, Action::ManageGroups, Relation::Other)?;
    let group = id_of(tx.db(), group).await?.ok_or(Fault::NotFound)?;
    members::load(tx.db(), member).await?;
    let known = group_member::Entity::find_by_id((group, member.0)).one(tx.db()).await?;
    if known.as_ref().is_some_and(|known| known.role == role.name()) {
        return Ok(());
    }
    let row = group_member::ActiveModel {
        group_id: Set(group),
        member_id: Set(member.0),
        role: Set(role.name().to_owned()),
        joined_at: Set(known.as_ref().map_or(tx.now(), |known| known.joined_at)),
    };
    if known.is_some() {
        row.update(tx.db()).await?;
    } else {
        row.insert(tx.db()).await?;
    }
    audit::note(tx, &permit, "group.add", group).await
}

/// The id behind a slug.
pub(crate) async fn id_of(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Uuid>, Fault> {
    let found = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(found.map(|group| group.id))
}
