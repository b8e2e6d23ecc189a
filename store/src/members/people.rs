//! Members in lists: their disciplines, and the groups they share with the reader.

use std::collections::HashMap;

use domain::{
    Actor, Refusal, Slug,
    members::{Discipline, Mark, Part, Profile, Viewer, VisibleProfile},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::profiles::{findable, profiles_of, shown, shows};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{discipline, group, group_member, member, member_discipline, profile},
};

/// A member who shares a group with the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// The member, as the reader sees them.
    pub person: VisibleProfile,
    /// The names of the groups they share, sorted.
    pub groups: Vec<String>,
}

/// The disciplines that are offered, in the community's order.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn disciplines(store: &Store) -> Result<Vec<Discipline>, StoreError> {
    let rows = discipline::Entity::find()
        .filter(discipline::Column::RetiredAt.is_null())
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter().map(discipline_from_row).collect()
}

pub(crate) fn discipline_from_row(row: discipline::Model) -> Result<Discipline, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("discipline {}: unreadable {what}", row.id));
    Ok(Discipline {
        slug: Slug::parse(&row.slug).ok_or_else(|| corrupt("slug"))?,
        // Admins can edit the list, so an unknown mark must not make the member unreadable.
        mark: row.mark.parse().unwrap_or(Mark::Circle),
        name: row.name,
    })
}

/// The disciplines of several members in one query, in the community's order.
pub(crate) async fn disciplines_of(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Discipline>>, StoreError> {
    let members: Vec<Uuid> = members.into_iter().collect();
    let mut of: HashMap<Uuid, Vec<Discipline>> = HashMap::new();
    if members.is_empty() {
        return Ok(of);
    }
    let rows = member_discipline::Entity::find()
        .filter(member_discipline::Column::MemberId.is_in(members))
        .find_also_related(discipline::Entity)
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Slug)
        .all(db)
        .await?;
    for (row, discipline) in rows {
        if let Some(discipline) = discipline {
            of.entry(row.member_id).or_default().push(discipline_from_row(discipline)?);
        }
    }
    Ok(of)
}

/// The disciplines of several members, where everyone may see them. One query more than [`disciplines_of`].
pub(crate) async fn disciplines_seen(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Discipline>>, StoreError> {
    let seen: Vec<Uuid> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::MemberId.is_in(members))
        .filter(shows(Part::Disciplines, Viewer::Stranger))
        .into_tuple()
        .all(db)
        .await?;
    disciplines_of(db, seen).await
}

/// The reader's complete profile, for the profile form.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn myself(store: &Store, actor: &Actor) -> Result<Profile, StoreError> {
    let id = actor.member().ok_or(Refusal::SignInFirst)?;
    profiles_of(store.db(), [id.0]).await?.remove(&id.0).ok_or(StoreError::NotFound)
}

/// Active members who share a group with the reader and show them their name. Most shared groups first, then by
/// name. Empty for an anonymous reader. The number of queries does not depend on the number of members.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn companions(store: &Store, actor: &Actor, max: u64) -> Result<Vec<Companion>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let ids: Vec<Uuid> = in_my_groups(me.0)
        .select_only()
        .column_as(member::Column::Id, "id")
        .join(JoinType::InnerJoin, group_member::Relation::Member.def())
        .filter(member::Column::Id.in_subquery(findable(Viewer::Member)))
        .filter(hidden_from(actor, Expr::col((member::Entity, member::Column::Id))))
        .group_by(member::Column::Id)
        .group_by(member::Column::Name)
        .order_by_desc(Expr::col((group_member::Entity, group_member::Column::GroupId)).count())
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .limit(max)
        .into_tuple()
        .all(store.db())
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = shared_names(store, me.0, &ids).await?;
    let people = shown(store.db(), actor, &ids).await?;
    let companion = |person: VisibleProfile| Companion {
        groups: names.remove(&person.member.0).unwrap_or_default(),
        person,
    };
    Ok(people.into_iter().map(companion).collect())
}

/// The other members of a member's groups, with a row for each group.
fn in_my_groups(me: Uuid) -> sea_orm::Select<group_member::Entity> {
    let my_groups = sea_orm::QueryTrait::into_query(
        group_member::Entity::find()
            .select_only()
            .column(group_member::Column::GroupId)
            .filter(group_member::Column::MemberId.eq(me)),
    );
    group_member::Entity::find()
        .filter(group_member::Column::GroupId.in_subquery(my_groups))
        .filter(group_member::Column::MemberId.ne(me))
}

async fn shared_names(
    store: &Store,
    me: Uuid,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
    let rows: Vec<(Uuid, String)> = in_my_groups(me)
        .select_only()
        .column(group_member::Column::MemberId)
        .column(group::Column::Name)
        .join(JoinType::InnerJoin, group_member::Relation::Group.def())
        .filter(group_member::Column::MemberId.is_in(ids.iter().copied()))
        .order_by_asc(group::Column::Name)
        .into_tuple()
        .all(store.db())
        .await?;
    let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (member, name) in rows {
        names.entry(member).or_default().push(name);
    }
    Ok(names)
}
