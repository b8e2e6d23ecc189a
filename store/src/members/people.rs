//! Members as others see them: what they do, and who shares a group with whom.

use std::collections::HashMap;

use domain::{
    Actor, Refusal, Role, Slug,
    members::{Discipline, Mark},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::load;
use crate::{
    Fault, Store,
    entities::{discipline, group, group_member, member, member_discipline},
};

/// A member as others see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What others call them.
    pub name: String,
    /// One line about what they do; may be empty.
    pub headline: String,
    /// Their disciplines, in the community's order.
    pub disciplines: Vec<Discipline>,
}

/// Somebody who shares a group with the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Who.
    pub person: Person,
    /// The names of the groups they share, sorted.
    pub groups: Vec<String>,
}

/// The disciplines there are, in the community's order.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn disciplines(store: &Store) -> Result<Vec<Discipline>, Fault> {
    let rows = discipline::Entity::find()
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter().map(discipline_from_row).collect()
}

pub(crate) fn discipline_from_row(row: discipline::Model) -> Result<Discipline, Fault> {
    let broken = |what: &str| Fault::Broken(format!("discipline {}: unreadable {what}", row.id));
    Ok(Discipline {
        slug: Slug::parse(&row.slug).ok_or_else(|| broken("slug"))?,
        // The list can be edited, and a mark that nobody draws hides no member.
        mark: row.mark.parse().unwrap_or(Mark::Circle),
        name: row.name,
    })
}

/// The disciplines of several members in one query, in the community's order.
pub(crate) async fn disciplines_of(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Discipline>>, Fault> {
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

/// The reader as others see them, for the profile form.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn myself(store: &Store, who: &Actor) -> Result<Person, Fault> {
    let id = who.member().ok_or(Refusal::SignInFirst)?;
    let row = load(store.db(), id).await?;
    let disciplines = disciplines_of(store.db(), [id.0]).await?.remove(&id.0).unwrap_or_default();
    Ok(Person { name: row.name, headline: row.headline, disciplines })
}

/// A member who shares groups, as the database counts them.
#[derive(FromQueryResult)]
struct Shared {
    id: Uuid,
    name: String,
    headline: String,
}

/// Active members who share a group with the reader: most shared groups first, then by name. Nobody for
/// the anonymous. Three queries, however many there are.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn companions(store: &Store, who: &Actor, most: u64) -> Result<Vec<Companion>, Fault> {
    let Some(me) = who.member() else { return Ok(Vec::new()) };
    let found: Vec<Shared> = in_my_groups(me.0)
        .select_only()
        .column_as(member::Column::Id, "id")
        .column_as(member::Column::Name, "name")
        .column_as(member::Column::Headline, "headline")
        .join(JoinType::InnerJoin, group_member::Relation::Member.def())
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        // Who has said no name yet has nothing to be shown by.
        .filter(member::Column::Name.ne(""))
        .group_by(member::Column::Id)
        .group_by(member::Column::Name)
        .group_by(member::Column::Headline)
        .order_by_desc(Expr::col((group_member::Entity, group_member::Column::GroupId)).count())
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .limit(most)
        .into_model()
        .all(store.db())
        .await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = shared_names(store, me.0, &found).await?;
    let mut disciplines = disciplines_of(store.db(), found.iter().map(|shared| shared.id)).await?;
    let companion = |shared: Shared| Companion {
        groups: names.remove(&shared.id).unwrap_or_default(),
        person: Person {
            disciplines: disciplines.remove(&shared.id).unwrap_or_default(),
            name: shared.name,
            headline: shared.headline,
        },
    };
    Ok(found.into_iter().map(companion).collect())
}

/// Who else belongs to the groups of a member, a row for each group.
fn in_my_groups(me: Uuid) -> sea_orm::Select<group_member::Entity> {
    let mine = sea_orm::QueryTrait::into_query(
        group_member::Entity::find()
            .select_only()
            .column(group_member::Column::GroupId)
            .filter(group_member::Column::MemberId.eq(me)),
    );
    group_member::Entity::find()
        .filter(group_member::Column::GroupId.in_subquery(mine))
        .filter(group_member::Column::MemberId.ne(me))
}

async fn shared_names(
    store: &Store,
    me: Uuid,
    found: &[Shared],
) -> Result<HashMap<Uuid, Vec<String>>, Fault> {
    let rows: Vec<(Uuid, String)> = in_my_groups(me)
        .select_only()
        .column(group_member::Column::MemberId)
        .column(group::Column::Name)
        .join(JoinType::InnerJoin, group_member::Relation::Group.def())
        .filter(group_member::Column::MemberId.is_in(found.iter().map(|shared| shared.id)))
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
