//! The facets of the directory: how many members each entry of a filter would show. A count looks at what the reader
//! may see of each member, and at the other filters.

use domain::{
    Actor, Slug,
    members::{Named, Part, Region, Viewer},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};

use super::{
    directory::{Filter, matching},
    visibility::shows,
};
use crate::{
    Store, StoreError,
    entities::{discipline, group, group_member, member, member_discipline, member_topic, profile, topic},
    groups,
};

/// The most members that are counted. Beyond it, counts are too low, and pages show them as "at least".
pub const MAX_COUNTED: u64 = 5_000;
/// The most entries of one facet: those with the most members.
const MAX_ENTRIES: u64 = 40;

/// The facets of the directory, for one reader and filter. Entries without members are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Disciplines.
    pub disciplines: Vec<(Named, u32)>,
    /// Topics.
    pub topics: Vec<(Named, u32)>,
    /// Groups that the reader sees.
    pub groups: Vec<(Named, u32)>,
    /// Regions of the members' time zones.
    pub regions: Vec<(Region, u32)>,
    /// Members who can be asked to be a mentor.
    pub mentors: u32,
}

/// Counts the entries of each facet. A facet ignores its own filter, so that its other entries can be chosen instead.
/// The number of queries does not depend on the number of members, and each looks at no more than [`MAX_COUNTED`] of
/// them.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn facets(store: &Store, actor: &Actor, filter: &Filter) -> Result<Facets, StoreError> {
    let disciplines = Filter { discipline: None, ..filter.clone() };
    let topics = Filter { topic: None, ..filter.clone() };
    let groups = Filter { group: None, ..filter.clone() };
    let regions = Filter { region: None, ..filter.clone() };
    Ok(Facets {
        disciplines: disciplines_of(store, counted(store, actor, &disciplines, Some(Part::Disciplines)))
            .await?,
        topics: topics_of(store, counted(store, actor, &topics, Some(Part::Topics))).await?,
        groups: match actor.member() {
            Some(_) => groups_of(store, actor, counted(store, actor, &groups, None)).await?,
            // Visitors see no member of a group.
            None => Vec::new(),
        },
        regions: regions_of(store, counted(store, actor, &regions, Some(Part::Zone))).await?,
        mentors: mentors(store, actor, filter).await?,
    })
}

/// The members that a filter finds and whose part the reader may see.
fn counted(store: &Store, actor: &Actor, filter: &Filter, part: Option<Part>) -> SelectStatement {
    let mut find = matching(store, actor, filter).select_only().column(profile::Column::MemberId);
    if let Some(part) = part {
        find = find.filter(shows(part, Viewer::of_others(actor)));
    }
    find.limit(MAX_COUNTED).into_query()
}

type Row = (String, String, i64);

fn named(rows: Vec<Row>) -> Result<Vec<(Named, u32)>, StoreError> {
    let one = |(slug, name, count): Row| {
        let slug =
            Slug::parse(&slug).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {slug}")))?;
        Ok((Named { slug, name }, count_of(count)))
    };
    rows.into_iter().map(one).collect()
}

fn count_of(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

async fn disciplines_of(store: &Store, members: SelectStatement) -> Result<Vec<(Named, u32)>, StoreError> {
    let count = member_discipline::Column::MemberId.count();
    let rows = member_discipline::Entity::find()
        .select_only()
        .column(discipline::Column::Slug)
        .column(discipline::Column::Name)
        .column_as(count.clone(), "members")
        .join(JoinType::InnerJoin, member_discipline::Relation::Discipline.def())
        .filter(member_discipline::Column::MemberId.in_subquery(members))
        .group_by(discipline::Column::Slug)
        .group_by(discipline::Column::Name)
        .order_by_desc(count)
        .order_by_asc(discipline::Column::Name)
        .limit(MAX_ENTRIES)
        .into_tuple()
        .all(store.db())
        .await?;
    named(rows)
}

async fn topics_of(store: &Store, members: SelectStatement) -> Result<Vec<(Named, u32)>, StoreError> {
    let count = member_topic::Column::MemberId.count();
    let rows = member_topic::Entity::find()
        .select_only()
        .column(topic::Column::Slug)
        .column(topic::Column::Name)
        .column_as(count.clone(), "members")
        .join(JoinType::InnerJoin, member_topic::Relation::Topic.def())
        .filter(member_topic::Column::MemberId.in_subquery(members))
        .group_by(topic::Column::Slug)
        .group_by(topic::Column::Name)
        .order_by_desc(count)
        .order_by_asc(topic::Column::Name)
        .limit(MAX_ENTRIES)
        .into_tuple()
        .all(store.db())
        .await?;
    named(rows)
}

async fn groups_of(
    store: &Store,
    actor: &Actor,
    members: SelectStatement,
) -> Result<Vec<(Named, u32)>, StoreError> {
    let count = group_member::Column::MemberId.count();
    let of_group = group_member::Entity::belongs_to(group::Entity)
        .from(group_member::Column::GroupId)
        .to(group::Column::Id)
        .into();
    let rows = group_member::Entity::find()
        .select_only()
        .column(group::Column::Slug)
        .column(group::Column::Name)
        .column_as(count.clone(), "members")
        .join(JoinType::InnerJoin, of_group)
        .filter(groups::seen_by(actor))
        .filter(group_member::Column::MemberId.in_subquery(members))
        .group_by(group::Column::Slug)
        .group_by(group::Column::Name)
        .order_by_desc(count)
        .order_by_asc(group::Column::Name)
        .limit(MAX_ENTRIES)
        .into_tuple()
        .all(store.db())
        .await?;
    named(rows)
}

async fn regions_of(store: &Store, members: SelectStatement) -> Result<Vec<(Region, u32)>, StoreError> {
    let rows: Vec<(String, i64)> = member::Entity::find()
        .select_only()
        .column(member::Column::Zone)
        .column_as(member::Column::Id.count(), "members")
        .filter(member::Column::Id.in_subquery(members))
        .group_by(member::Column::Zone)
        .into_tuple()
        .all(store.db())
        .await?;
    let in_region = |region: &Region| {
        let zones = rows.iter().filter(|(zone, _)| zone.starts_with(region.prefix()));
        count_of(zones.map(|(_, count)| count).sum())
    };
    let regions = Region::ALL.iter().map(|region| (*region, in_region(region)));
    Ok(regions.filter(|(_, count)| *count > 0).collect())
}

async fn mentors(store: &Store, actor: &Actor, filter: &Filter) -> Result<u32, StoreError> {
    let filter = Filter { mentors: true, ..filter.clone() };
    let found = counted(store, actor, &filter, None);
    let count =
        member::Entity::find().filter(member::Column::Id.in_subquery(found)).count(store.db()).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The condition over `members` that somebody's time zone is in a region.
pub(super) fn in_region(region: Region) -> Expr {
    Expr::col((member::Entity, member::Column::Zone)).like(format!("{}%", region.prefix()))
}

/// The name of a group that the reader sees, for a filter by a group that [`Facets`] doesn't list.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn group_name(store: &Store, actor: &Actor, slug: &Slug) -> Result<Option<String>, StoreError> {
    let name = group::Entity::find()
        .select_only()
        .column(group::Column::Name)
        .filter(group::Column::Slug.eq(slug.as_str()))
        .filter(groups::seen_by(actor));
    Ok(name.into_tuple().one(store.db()).await?)
}

/// The ids of the members of a group that the reader sees.
pub(super) fn in_group(actor: &Actor, slug: &Slug) -> SelectStatement {
    let seen = group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(group::Column::Slug.eq(slug.as_str()))
        .filter(groups::seen_by(actor));
    group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.in_subquery(seen.into_query()))
        .into_query()
}
