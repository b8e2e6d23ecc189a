//! Reading one group: its page, its people, the desk of who looks after it.

use std::collections::HashMap;

use domain::{
    Actor, Instant, MemberId, Refusal, Role, Slug,
    groups::{Charter, GroupDetails, GroupRole, Want, may_ask, may_join},
    members::{Discipline, VisibleProfile},
    policy::{Action, Relation, permit},
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

/// People on one page of a group.
const PAGE: u64 = 30;
/// Requests and invitations that the desk shows at once.
const WAITING: u64 = 100;

/// How many of a discipline a virtual team wants and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// Which.
    pub discipline: Discipline,
    /// How many it wants.
    pub wanted: u32,
    /// How many of its members do that.
    pub filled: u32,
}

/// Everything the page of a group shows.
#[derive(Clone, Debug)]
pub struct GroupPage {
    /// As in lists.
    pub card: GroupCard,
    /// What is said of it. Who is only invited into what is private sees its name and purpose.
    pub details: GroupDetails,
    /// Rises with every change; a form says which one it saw.
    pub version: u32,
    /// How the reader belongs to it.
    pub role: Option<GroupRole>,
    /// Whether an invitation waits for the reader.
    pub invited: bool,
    /// Whether that is all they may see.
    pub only_invited: bool,
    /// Whether the reader waits for an answer.
    pub asked: bool,
    /// Whether the reader may come in by a click, and if not, why.
    pub may_join: Result<(), Refusal>,
    /// Whether the reader may ask.
    pub may_ask: Result<(), Refusal>,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// Whether the reader looks after its members.
    pub may_tend: bool,
    /// Whether the reader may make its events.
    pub may_hold: bool,
    /// Whom a virtual team wants, in the community's order.
    pub vacancies: Vec<Vacancy>,
}

/// The page of a group.
///
/// # Errors
/// `NotFound` for hidden and absent groups alike.
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
    let relation = Relation::to_group(role);
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
    let own = permit(actor, Action::JoinGroup, relation).map(drop);
    Ok(GroupPage {
        may_join: own.clone().and_then(|()| may_join(details.joining, archived, invited)),
        may_ask: own.and_then(|()| may_ask(details.joining, archived, declined_at, store.now())),
        may_edit: permit(actor, Action::EditGroup, relation).is_ok(),
        may_tend: permit(actor, Action::TendGroup, relation).is_ok(),
        may_hold: !archived && permit(actor, Action::CreateEvent, Relation::to_new_event(Some(role))).is_ok(),
        asked: request.is_some_and(|request| request.declined_at.is_none()),
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
    let broken = |what: &str| StoreError::Corrupt(format!("group {}: unreadable {what}", row.id));
    let want = |one: &Vacancy| Want { discipline: one.discipline.slug.clone(), count: one.wanted };
    let mut wants: Vec<Want> = vacancies.iter().map(want).collect();
    wants.sort();
    Ok(GroupDetails {
        slug: Slug::parse(&row.slug).ok_or_else(|| broken("slug"))?,
        name: row.name.clone(),
        kind: row.kind.parse().map_err(|()| broken("kind"))?,
        purpose: row.purpose.clone(),
        description: row.description.clone(),
        visibility: row.visibility.parse().map_err(|()| broken("visibility"))?,
        joining: row.joining.parse().map_err(|()| broken("joining"))?,
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
    let inside = sea_orm::QueryTrait::into_query(
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
        .filter(member_discipline::Column::MemberId.in_subquery(inside))
        .group_by(member_discipline::Column::DisciplineId)
        .into_tuple()
        .all(db)
        .await?;
    let filled: HashMap<Uuid, i64> = filled.into_iter().collect();
    let mut all = Vec::new();
    for (want, discipline) in wants {
        let Some(row) = discipline else { continue };
        let has = filled.get(&row.id).copied().unwrap_or(0);
        all.push(Vacancy {
            discipline: members::discipline_from_row(row)?,
            wanted: u32::try_from(want.wanted).unwrap_or(0),
            filled: u32::try_from(has).unwrap_or(u32::MAX),
        });
    }
    Ok(all)
}

/// Somebody in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPerson {
    /// Who.
    pub id: MemberId,
    /// What they are called; empty when they have not said, or not to the reader. Who looks after the group
    /// knows all its people.
    pub name: String,
    /// What they say of themselves to the reader; may be empty.
    pub headline: String,
    /// What they do, as far as the reader may know.
    pub disciplines: Vec<Discipline>,
    /// How they belong to it.
    pub role: GroupRole,
}

/// A page of the people of a group, who looks after it first, then by name; and whether there are more.
/// For signed-in members, who see of each what that one shows them, and nobody of a blocked pair; who looks
/// after it sees everybody. As many queries for many as for one.
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
    let manages = permit(actor, Action::TendGroup, Relation::to_group(role)).is_ok();
    let met = (!manages).then(|| hidden_from(actor, Expr::col((member::Entity, member::Column::Id))));
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
        .filter(Condition::all().add_option(met))
        .order_by(rank, Order::Asc)
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .into_tuple()
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let mut shown = shown_by_id(store.db(), actor, rows.iter().map(|row| row.0)).await?;
    let mut people = Vec::with_capacity(rows.len());
    for (id, name, role) in rows {
        let role = read_role(&role, group.id)?;
        let nobody = GroupPerson {
            id: MemberId(id),
            name: if manages { name } else { String::new() },
            headline: String::new(),
            disciplines: Vec::new(),
            role,
        };
        people.push(match shown.remove(&id) {
            Some(VisibleProfile { name, headline, disciplines, .. }) => {
                GroupPerson { name, headline, disciplines, ..nobody }
            }
            None => nobody,
        });
    }
    Ok((people, more))
}

/// What a reader sees of some members.
async fn shown_by_id(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, VisibleProfile>, StoreError> {
    let ids: Vec<Uuid> = ids.collect();
    let shown = members::shown(db, actor, &ids).await?;
    Ok(shown.into_iter().map(|shown| (shown.member.0, shown)).collect())
}

/// Somebody who asks to come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub member: MemberId,
    /// What they are called.
    pub name: String,
    /// What they say of themselves to the reader; may be empty.
    pub headline: String,
    /// Their words; may be empty.
    pub words: String,
    /// When they asked.
    pub asked_at: Instant,
}

/// An invitation that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub id: Uuid,
    /// The address it went to, or the name of the member if they show it to the reader.
    pub to: Option<String>,
    /// When it went out.
    pub invited_at: Instant,
}

/// What waits on the desk of who looks after a group.
#[derive(Clone, Debug, Default)]
pub struct GroupInbox {
    /// Who asks, the oldest first.
    pub requests: Vec<Request>,
    /// Who was invited, the newest first.
    pub invitations: Vec<Invitation>,
}

/// What waits for who looks after a group.
///
/// # Errors
/// `Refused` when the actor does not, `NotFound` for hidden and absent groups.
pub async fn inbox(store: &Store, actor: &Actor, slug: &Slug) -> Result<GroupInbox, StoreError> {
    let db = store.db();
    let group = seen(db, actor, slug).await?.ok_or(StoreError::NotFound)?;
    let role = role_in(db, actor, group.id).await?;
    let _permit = permit(actor, Action::TendGroup, Relation::to_group(role))?;
    let requests = group_request::Entity::find()
        .filter(group_request::Column::GroupId.eq(group.id))
        .filter(group_request::Column::DeclinedAt.is_null())
        .find_also_related(member::Entity)
        .order_by_asc(group_request::Column::AskedAt)
        .limit(WAITING)
        .all(db)
        .await?;
    let mut shown = shown_by_id(db, actor, requests.iter().map(|(row, _)| row.member_id)).await?;
    let request = |(row, member): (group_request::Model, Option<member::Model>)| {
        let member = member?;
        Some(Request {
            member: MemberId(member.id),
            name: member.clone().shown_name(),
            headline: shown.remove(&member.id).map(|shown| shown.headline).unwrap_or_default(),
            words: row.words,
            asked_at: row.asked_at,
        })
    };
    let invitations = group_invitation::Entity::find()
        .filter(group_invitation::Column::GroupId.eq(group.id))
        .filter(group_invitation::Column::ExpiresAt.gt(store.now()))
        .order_by_desc(group_invitation::Column::InvitedAt)
        .limit(WAITING)
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
