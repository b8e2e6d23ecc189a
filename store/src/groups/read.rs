//! Reading one group: its page, its members, and the requests and invitations that its organisers see.

use std::collections::HashMap;

use domain::{
    Actor, Instant, MemberId, Refusal, Role, Slug,
    groups::{Charter, GroupDetails, GroupRole, Want, may_ask, may_join},
    members::{Discipline, VisibleProfile},
    policy::{
        events::{CreateEvent, EventRelation},
        groups::{EditGroup, GroupRelation, JoinGroup, TendGroup},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, Order, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    list::{GroupCard, cards},
    visibility::{invitation_of, read_role, role_in, seen},
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{
        discipline, group, group_invitation, group_member, group_request, group_want, member,
        member_discipline,
    },
    members::{self, shown_name},
};

/// Members per page.
const PAGE_SIZE: u64 = 30;
/// Maximum number of requests, and of invitations, listed at once.
const MAX_LISTED: u64 = 100;

/// How many people of a discipline a virtual team wants and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// The discipline that is wanted.
    pub discipline: Discipline,
    /// Number of people wanted.
    pub wanted: u32,
    /// Number of members with this discipline.
    pub filled: u32,
}

/// Everything that the page of a group shows.
#[derive(Clone, Debug)]
pub struct GroupPage {
    /// The group as in lists.
    pub card: GroupCard,
    /// The group's details. People who are only invited to a private group see its name and purpose.
    pub details: GroupDetails,
    /// Rises with every change. A form sends the version that it was filled from.
    pub version: u32,
    /// The reader's role. `None` if they aren't a member.
    pub role: Option<GroupRole>,
    /// Whether the reader has an open invitation.
    pub invited: bool,
    /// Whether the reader sees the group only because of the invitation.
    pub only_invited: bool,
    /// Whether the reader has an open request to join.
    pub has_requested: bool,
    /// Whether the reader may join at once, and if not, why.
    pub may_join: Result<(), Refusal>,
    /// Whether the reader may request to join, and if not, why.
    pub may_ask: Result<(), Refusal>,
    /// Whether the reader may edit the group.
    pub may_edit: bool,
    /// Whether the reader may manage its members.
    pub may_manage: bool,
    /// Whether the reader may create events in it.
    pub may_create_event: bool,
    /// Disciplines that a virtual team wants, in the order that admins set.
    pub vacancies: Vec<Vacancy>,
}

/// The page of a group.
///
/// # Errors
/// `NotFound` for hidden and absent groups.
pub async fn page(store: &Store, actor: &Actor, slug: &Slug) -> Result<GroupPage, StoreError> {
    let db = store.db();
    let (row, only_invited) = match seen(db, actor, slug).await? {
        Some(row) => (row, false),
        None => {
            let hidden = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str()));
            (hidden.one(db).await?.ok_or(StoreError::NotFound)?, true)
        }
    };
    let invited = invitation_of(db, actor, row.id, store.now()).await?.is_some();
    if only_invited && !invited {
        return Err(StoreError::NotFound);
    }
    let role = role_in(db, actor, row.id).await?;
    let relation = GroupRelation::of(role);
    let request = match actor.member() {
        Some(me) => group_request::Entity::find_by_id((row.id, me.0)).one(db).await?,
        None => None,
    };
    let mut vacancies = vacancies(db, row.id).await?;
    let mut details = details_of(&row, &vacancies)?;
    if only_invited {
        details.description.clear();
        details.charter = Charter::default();
        vacancies.clear();
    }
    let card = cards(db, actor, vec![row.clone()]).await?.pop().ok_or(StoreError::NotFound)?;
    let archived = row.archived_at.is_some();
    let declined_at = request.as_ref().and_then(|request| request.declined_at);
    let can_join = permit(actor, JoinGroup, relation).map(drop);
    Ok(GroupPage {
        may_join: can_join.clone().and_then(|()| may_join(details.joining, archived, invited)),
        may_ask: can_join.and_then(|()| may_ask(details.joining, archived, declined_at, store.now())),
        may_edit: permit(actor, EditGroup, relation).is_ok(),
        may_manage: permit(actor, TendGroup, relation).is_ok(),
        may_create_event: !archived && permit(actor, CreateEvent, EventRelation::of_new(Some(role))).is_ok(),
        has_requested: request.is_some_and(|request| request.declined_at.is_none()),
        version: u32::try_from(row.version).unwrap_or(0),
        card,
        details,
        role,
        invited,
        only_invited,
        vacancies,
    })
}

pub(super) fn details_of(row: &group::Model, vacancies: &[Vacancy]) -> Result<GroupDetails, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("group {}: unreadable {what}", row.id));
    let want =
        |vacancy: &Vacancy| Want { discipline: vacancy.discipline.slug.clone(), count: vacancy.wanted };
    let mut wants: Vec<Want> = vacancies.iter().map(want).collect();
    wants.sort();
    Ok(GroupDetails {
        slug: Slug::parse(&row.slug).ok_or_else(|| corrupt("slug"))?,
        name: row.name.clone(),
        kind: row.kind.parse().map_err(|()| corrupt("kind"))?,
        purpose: row.purpose.clone(),
        description: row.description.clone(),
        visibility: row.visibility.parse().map_err(|()| corrupt("visibility"))?,
        joining: row.joining.parse().map_err(|()| corrupt("joining"))?,
        charter: Charter {
            goal: row.goal.clone(),
            out_of_scope: row.out_of_scope.clone(),
            ends_on: row.ends_on,
            wants,
        },
    })
}

pub(super) async fn vacancies(db: &impl ConnectionTrait, group: Uuid) -> Result<Vec<Vacancy>, StoreError> {
    let wants = group_want::Entity::find()
        .filter(group_want::Column::GroupId.eq(group))
        .find_also_related(discipline::Entity)
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Slug)
        .all(db)
        .await?;
    if wants.is_empty() {
        return Ok(Vec::new());
    }
    let members = sea_orm::QueryTrait::into_query(
        group_member::Entity::find()
            .select_only()
            .column(group_member::Column::MemberId)
            .join(JoinType::InnerJoin, group_member::Relation::Member.def())
            .filter(group_member::Column::GroupId.eq(group))
            .filter(member::Column::Role.ne(Role::Suspended.name())),
    );
    let filled: Vec<(Uuid, i64)> = member_discipline::Entity::find()
        .select_only()
        .column(member_discipline::Column::DisciplineId)
        .column_as(member_discipline::Column::MemberId.count(), "filled")
        .filter(member_discipline::Column::MemberId.in_subquery(members))
        .group_by(member_discipline::Column::DisciplineId)
        .into_tuple()
        .all(db)
        .await?;
    let filled: HashMap<Uuid, i64> = filled.into_iter().collect();
    let mut vacancies = Vec::new();
    for (want, discipline) in wants {
        let Some(row) = discipline else { continue };
        let has = filled.get(&row.id).copied().unwrap_or(0);
        vacancies.push(Vacancy {
            discipline: members::discipline_from_row(row)?,
            wanted: u32::try_from(want.wanted).unwrap_or(0),
            filled: u32::try_from(has).unwrap_or(u32::MAX),
        });
    }
    Ok(vacancies)
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPerson {
    /// ID of the member.
    pub id: MemberId,
    /// Display name. Empty when the member set none or hides it from the reader. People who manage the group
    /// see every name.
    pub name: String,
    /// Their page, if the reader may open it.
    pub page: Option<Slug>,
    /// Hash of their picture, if there is one that the reader may see.
    pub picture: Option<String>,
    /// Headline of their profile. Empty when there is none or the reader may not see it.
    pub headline: String,
    /// Their disciplines, if the reader may see them.
    pub disciplines: Vec<Discipline>,
    /// Their role in the group.
    pub role: GroupRole,
}

/// A page of a group's members, counted from 0, and whether there are more. Organisers come first, then members
/// by name. Needs a signed-in reader, who sees what each member shows them and nobody in a block with them.
/// People who manage the group see everyone. The number of queries doesn't depend on the number of members.
///
/// # Errors
/// `Refused(SignInFirst)`, `NotFound` for hidden and absent groups.
pub async fn people(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    page: u32,
) -> Result<(Vec<GroupPerson>, bool), StoreError> {
    let group = seen(store.db(), actor, slug).await?.ok_or(StoreError::NotFound)?;
    if actor == &Actor::Anonymous {
        return Err(Refusal::SignInFirst.into());
    }
    let role = role_in(store.db(), actor, group.id).await?;
    let manages = permit(actor, TendGroup, GroupRelation::of(role)).is_ok();
    let not_blocked = (!manages).then(|| hidden_from(actor, Expr::col((member::Entity, member::Column::Id))));
    let rank: Expr = Expr::case(group_member::Column::Role.eq(GroupRole::Organiser.name()), 0)
        .case(group_member::Column::Role.eq(GroupRole::CoOrganiser.name()), 1)
        .finally(2)
        .into();
    let mut rows: Vec<(Uuid, String, String)> = group_member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .expr_as(shown_name(), "shown_name")
        .column_as(group_member::Column::Role, "standing")
        .join(JoinType::InnerJoin, group_member::Relation::Member.def())
        .filter(group_member::Column::GroupId.eq(group.id))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .filter(Condition::all().add_option(not_blocked))
        .order_by(rank, Order::Asc)
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .offset(u64::from(page) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
        .into_tuple()
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE_SIZE;
    rows.truncate(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX));
    let mut profiles = shown_by_id(store.db(), actor, rows.iter().map(|row| row.0)).await?;
    let mut people = Vec::with_capacity(rows.len());
    for (id, name, role) in rows {
        let role = read_role(&role, group.id)?;
        let hidden_person = GroupPerson {
            id: MemberId(id),
            name: if manages { name } else { String::new() },
            page: None,
            picture: None,
            headline: String::new(),
            disciplines: Vec::new(),
            role,
        };
        people.push(match profiles.remove(&id) {
            Some(VisibleProfile { name, slug, picture, headline, disciplines, .. }) => {
                GroupPerson { name, page: Some(slug), picture, headline, disciplines, ..hidden_person }
            }
            None => hidden_person,
        });
    }
    Ok((people, more))
}

/// The profiles of some members as the reader may see them.
async fn shown_by_id(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, VisibleProfile>, StoreError> {
    let ids: Vec<Uuid> = ids.collect();
    let profiles = members::shown(db, actor, &ids).await?;
    Ok(profiles.into_iter().map(|profile| (profile.member.0, profile)).collect())
}

/// A request to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// ID of the member.
    pub member: MemberId,
    /// Name of the member.
    pub name: String,
    /// Headline of their profile. Empty when there is none or the reader may not see it.
    pub headline: String,
    /// Their message. May be empty.
    pub message: String,
    /// When the request was sent.
    pub requested_at: Instant,
}

/// An open invitation to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// ID of the invitation.
    pub id: Uuid,
    /// The address it was sent to, or the name of the invited member if the reader may see it.
    pub to: Option<String>,
    /// When it was sent.
    pub invited_at: Instant,
}

/// Open requests and invitations of a group, for people who manage it.
#[derive(Clone, Debug, Default)]
pub struct GroupInbox {
    /// Requests to join, the oldest first, at most 100.
    pub requests: Vec<Request>,
    /// Invitations, the newest first, at most 100.
    pub invitations: Vec<Invitation>,
}

/// The open requests and invitations of a group.
///
/// # Errors
/// `Refused` when the actor may not manage the group, `NotFound` for hidden and absent groups.
pub async fn inbox(store: &Store, actor: &Actor, slug: &Slug) -> Result<GroupInbox, StoreError> {
    let db = store.db();
    let group = seen(db, actor, slug).await?.ok_or(StoreError::NotFound)?;
    let role = role_in(db, actor, group.id).await?;
    let _permit = permit(actor, TendGroup, GroupRelation::of(role))?;
    let requests = group_request::Entity::find()
        .filter(group_request::Column::GroupId.eq(group.id))
        .filter(group_request::Column::DeclinedAt.is_null())
        .find_also_related(member::Entity)
        .order_by_asc(group_request::Column::RequestedAt)
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    let mut profiles = shown_by_id(db, actor, requests.iter().map(|(row, _)| row.member_id)).await?;
    let request = |(row, member): (group_request::Model, Option<member::Model>)| {
        let member = member?;
        Some(Request {
            member: MemberId(member.id),
            name: member.clone().shown_name(),
            headline: profiles.remove(&member.id).map(|profiles| profiles.headline).unwrap_or_default(),
            message: row.message,
            requested_at: row.requested_at,
        })
    };
    let invitations = group_invitation::Entity::find()
        .filter(group_invitation::Column::GroupId.eq(group.id))
        .filter(group_invitation::Column::ExpiresAt.gt(store.now()))
        .order_by_desc(group_invitation::Column::InvitedAt)
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    let names = members::names(db, actor, invitations.iter().filter_map(|row| row.member_id)).await?;
    let invitation = |row: group_invitation::Model| Invitation {
        id: row.id,
        to: row.address.or_else(|| names.get(&row.member_id?).cloned()),
        invited_at: row.invited_at,
    };
    Ok(GroupInbox {
        requests: requests.into_iter().filter_map(request).collect(),
        invitations: invitations.into_iter().map(invitation).collect(),
    })
}
