//! Members in lists, and the groups they share with the reader.

use std::collections::HashMap;

use domain::{
    Actor, Refusal,
    members::{Profile, Viewer, VisibleProfile},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    profiles::{profiles_of, shown_briefly},
    visibility::findable,
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{group, group_member, member},
};

/// A member who shares a group with the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// The member, as the reader sees them.
    pub person: VisibleProfile,
    /// The names of the groups they share, sorted.
    pub groups: Vec<String>,
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
        .filter(findable(member::Column::Id, Viewer::Member))
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
    let people = shown_briefly(store.db(), actor, &ids).await?;
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
