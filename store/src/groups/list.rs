//! Lists of groups. A list takes three queries, whatever its length.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, Role, Slug,
    events::UploadedCover,
    groups::{GroupKind, GroupRole, Joining, Visibility},
    policy::{
        events::{CreateEvent, EventRelation},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    rows::GroupName,
    visibility::{of_member, seen_by},
};
use crate::{
    Store, StoreError,
    entities::{group, group_member, member},
    events::each_word_in,
};

/// Groups per page.
const PAGE_SIZE: u64 = 24;
/// Maximum number of groups in a list of choices.
const MAX_CHOICES: u64 = 500;

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Slug of the group's page.
    pub slug: Slug,
    /// Display name of the group.
    pub name: String,
    /// Kind of group, such as a virtual team.
    pub kind: GroupKind,
    /// Purpose in one sentence. May be empty.
    pub purpose: String,
    /// Whether it is public or private.
    pub visibility: Visibility,
    /// Whether people join at once, by request or by invitation.
    pub joining: Joining,
    /// Whether the group is archived.
    pub archived: bool,
    /// Number of members, without suspended ones.
    pub members: u32,
    /// Whether the reader is a member.
    pub is_member: bool,
    /// The uploaded cover. Without one, pages show a generated one.
    pub cover: Option<UploadedCover>,
}

/// Which groups to list. All conditions must match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only groups of this kind.
    pub kind: Option<GroupKind>,
    /// Only groups of the reader.
    pub mine: bool,
    /// Archived groups instead of active ones.
    pub archived: bool,
    /// Search words, at most eight. Each must occur in name or purpose.
    pub words: String,
}

/// Names of the active groups that the actor may see, or only of the public ones, at most 500.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn names(store: &Store, actor: &Actor, public: bool) -> Result<Vec<GroupName>, StoreError> {
    let only_public = public.then(|| group::Column::Visibility.eq(Visibility::Public.name()));
    let condition = Condition::all().add(group::Column::ArchivedAt.is_null()).add_option(only_public);
    load_names(store, by_name(actor).filter(condition)).await
}

/// A page of groups by name, counted from 0, and whether there are more.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn find(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
) -> Result<(Vec<GroupCard>, bool), StoreError> {
    let archived = match filter.archived {
        true => group::Column::ArchivedAt.is_not_null(),
        false => group::Column::ArchivedAt.is_null(),
    };
    // No membership has the nil ID, so visitors match none.
    let me = actor.member().unwrap_or(domain::MemberId(Uuid::nil()));
    let searched = [group::Column::Name, group::Column::Purpose];
    let searched = searched.map(|column| Expr::col((group::Entity, column)));
    let condition = Condition::all()
        .add(archived)
        .add_option(filter.kind.map(|kind| group::Column::Kind.eq(kind.name())))
        .add_option(filter.mine.then(|| group::Column::Id.in_subquery(of_member(me, &[]))))
        .add(each_word_in(&filter.words, &searched));
    let mut rows = by_name(actor)
        .filter(condition)
        .offset(u64::from(page) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE_SIZE;
    rows.truncate(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX));
    Ok((cards(store.db(), actor, rows).await?, more))
}

/// The active groups that the actor may create events in, by name, at most 500.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn for_new_event(store: &Store, actor: &Actor) -> Result<Vec<GroupName>, StoreError> {
    let may = |relation| permit(actor, CreateEvent, relation).is_ok();
    let mut rows = by_name(actor).filter(group::Column::ArchivedAt.is_null());
    if !may(EventRelation::Other) {
        let Some(me) = actor.member().filter(|_| may(EventRelation::Organises)) else {
            return Ok(Vec::new());
        };
        let led = of_member(me, &[GroupRole::Organiser, GroupRole::CoOrganiser]);
        rows = rows.filter(group::Column::Id.in_subquery(led));
    }
    load_names(store, rows).await
}

async fn load_names(
    store: &Store,
    rows: sea_orm::Select<group::Entity>,
) -> Result<Vec<GroupName>, StoreError> {
    let rows = rows.limit(MAX_CHOICES).all(store.db()).await?;
    let name = |row: group::Model| Some(GroupName { slug: Slug::parse(&row.slug)?, name: row.name });
    Ok(rows.into_iter().filter_map(name).collect())
}

fn by_name(actor: &Actor) -> sea_orm::Select<group::Entity> {
    group::Entity::find()
        .filter(seen_by(actor))
        .order_by_asc(group::Column::Name)
        .order_by_asc(group::Column::Id)
}

/// Converts rows to cards, with member counts and the reader's membership.
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
    let own_groups = own_groups(db, actor, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = |what: &str| StoreError::Corrupt(format!("group {}: unreadable {what}", row.id));
            Ok(GroupCard {
                slug: Slug::parse(&row.slug).ok_or_else(|| corrupt("slug"))?,
                kind: row.kind.parse().map_err(|()| corrupt("kind"))?,
                visibility: row.visibility.parse().map_err(|()| corrupt("visibility"))?,
                joining: row.joining.parse().map_err(|()| corrupt("joining"))?,
                archived: row.archived_at.is_some(),
                members: sizes.get(&row.id).copied().unwrap_or(0),
                is_member: own_groups.contains(&row.id),
                name: row.name,
                purpose: row.purpose,
                cover: row.cover_name.map(|hash| UploadedCover { hash, alternative: row.cover_alternative }),
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

async fn own_groups(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<HashSet<Uuid>, StoreError> {
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
