//! Lists of groups: three queries, however many there are.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, Role, Slug,
    groups::{GroupKind, GroupRole, Joining, Visibility},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{of_member, seen_by};
use crate::{
    Store, StoreError,
    entities::{group, group_member, member},
    events::{GroupName, words_over},
};

/// Groups on one page of a list.
const PAGE: u64 = 24;
/// Groups that a box to choose from shows.
const MAX_GROUPS: u64 = 500;

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
    /// Who may know of it.
    pub visibility: Visibility,
    /// How one comes in.
    pub joining: Joining,
    /// Whether it is closed.
    pub archived: bool,
    /// How many belong to it, without the suspended.
    pub members: u32,
    /// Whether the reader does.
    pub mine: bool,
}

/// Which groups: those that everything said here is true of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What they are.
    pub kind: Option<GroupKind>,
    /// Only the reader's own.
    pub mine: bool,
    /// Closed ones instead of open ones.
    pub archived: bool,
    /// Words that name or purpose hold, each of them somewhere; at most eight count.
    pub words: String,
}

/// The open groups that the actor may know of, by name: all, or those that everybody may know of.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn names(store: &Store, actor: &Actor, public: bool) -> Result<Vec<GroupName>, StoreError> {
    let everybodys = public.then(|| group::Column::Visibility.eq(Visibility::Public.name()));
    let wanted = Condition::all().add(group::Column::ArchivedAt.is_null()).add_option(everybodys);
    named(store, by_name(actor).filter(wanted)).await
}

/// A page of groups, and whether there are more.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn find(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
) -> Result<(Vec<GroupCard>, bool), StoreError> {
    let open = match filter.archived {
        true => group::Column::ArchivedAt.is_not_null(),
        false => group::Column::ArchivedAt.is_null(),
    };
    // Nobody belongs to a group as nobody.
    let me = actor.member().unwrap_or(domain::MemberId(Uuid::nil()));
    let named = [group::Column::Name, group::Column::Purpose];
    let named = named.map(|column| Expr::col((group::Entity, column)));
    let wanted = Condition::all()
        .add(open)
        .add_option(filter.kind.map(|kind| group::Column::Kind.eq(kind.name())))
        .add_option(filter.mine.then(|| group::Column::Id.in_subquery(of_member(me, &[]))))
        .add(words_over(&filter.words, &named));
    let mut rows =
        by_name(actor).filter(wanted).offset(u64::from(page) * PAGE).limit(PAGE + 1).all(store.db()).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok((cards(store.db(), actor, rows).await?, more))
}

/// The groups that the actor may make events for, by name.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn mine_to_hold(store: &Store, actor: &Actor) -> Result<Vec<GroupName>, StoreError> {
    let may = |relation| permit(actor, Action::CreateEvent, relation).is_ok();
    let mut rows = by_name(actor).filter(group::Column::ArchivedAt.is_null());
    if !may(Relation::Other) {
        let Some(me) = actor.member().filter(|_| may(Relation::Organises)) else { return Ok(Vec::new()) };
        let tended = of_member(me, &[GroupRole::Organiser, GroupRole::CoOrganiser]);
        rows = rows.filter(group::Column::Id.in_subquery(tended));
    }
    named(store, rows).await
}

async fn named(store: &Store, rows: sea_orm::Select<group::Entity>) -> Result<Vec<GroupName>, StoreError> {
    let rows = rows.limit(MAX_GROUPS).all(store.db()).await?;
    let name = |row: group::Model| Some(GroupName { slug: Slug::parse(&row.slug)?, name: row.name });
    Ok(rows.into_iter().filter_map(name).collect())
}

fn by_name(actor: &Actor) -> sea_orm::Select<group::Entity> {
    group::Entity::find()
        .filter(seen_by(actor))
        .order_by_asc(group::Column::Name)
        .order_by_asc(group::Column::Id)
}

/// Rows with what is counted beside them.
pub(super) async fn cards(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<group::Model>,
) -> Result<Vec<GroupCard>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let sizes = sizes(db, &ids).await?;
    let mine = mine(db, actor, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let broken = |what: &str| StoreError::Corrupt(format!("group {}: unreadable {what}", row.id));
            Ok(GroupCard {
                slug: Slug::parse(&row.slug).ok_or_else(|| broken("slug"))?,
                kind: row.kind.parse().map_err(|()| broken("kind"))?,
                visibility: row.visibility.parse().map_err(|()| broken("visibility"))?,
                joining: row.joining.parse().map_err(|()| broken("joining"))?,
                archived: row.archived_at.is_some(),
                members: sizes.get(&row.id).copied().unwrap_or(0),
                mine: mine.contains(&row.id),
                name: row.name,
                purpose: row.purpose,
            })
        })
        .collect()
}

async fn sizes(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, u32>, StoreError> {
    let rows: Vec<(Uuid, i64)> = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .column_as(group_member::Column::MemberId.count(), "members")
        .join(JoinType::InnerJoin, group_member::Relation::Member.def())
        .filter(group_member::Column::GroupId.is_in(ids.iter().copied()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .group_by(group_member::Column::GroupId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(group, members)| (group, u32::try_from(members).unwrap_or(u32::MAX))).collect())
}

async fn mine(db: &impl ConnectionTrait, actor: &Actor, ids: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    let Some(me) = actor.member() else { return Ok(HashSet::new()) };
    let rows: Vec<Uuid> = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.eq(me.0))
        .filter(group_member::Column::GroupId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
