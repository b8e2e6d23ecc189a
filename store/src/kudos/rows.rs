//! Kudos as pages show them: rows and everything around them, loaded for several cards at once.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, Instant, KudosId, Slug,
    comments::TargetKind,
    kudos::{KudosVisibility, Reaction},
    members::{Discipline, Named, Viewer, VisibleProfile},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::visibility::{shown_giver, shown_recipient};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    comments,
    entities::{
        agenda_session, event, kudos, kudos_giver, kudos_praised_value, kudos_reaction, kudos_recipient,
        kudos_value, profile, team,
    },
    events,
    members::{findable, shown_briefly},
};

/// A value of the community that kudos praise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its key in forms and addresses.
    pub slug: Slug,
    /// Its name on pages.
    pub name: String,
}

/// A giver or recipient, as the reader sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Slug of their page.
    pub slug: Slug,
    /// Their name.
    pub name: String,
    /// The hash that names their picture.
    pub picture: Option<String>,
    /// Their disciplines that the reader may see.
    pub disciplines: Vec<Discipline>,
}

/// The event that kudos are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventLink {
    /// Slug of the event's page.
    pub slug: Slug,
    /// The event's title.
    pub title: String,
}

/// The session of that event that kudos are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLink {
    /// Its id, which is a part of the address of its page.
    pub id: Uuid,
    /// The session's title.
    pub title: String,
}

/// How often members reacted in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReactionCount {
    /// The reaction.
    pub kind: Reaction,
    /// Number of members who gave it.
    pub count: u32,
    /// Whether the reader is one of them.
    pub mine: bool,
}

/// Kudos as a reader sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kudos {
    /// The id, which is also the address of the page.
    pub id: KudosId,
    /// Whether the reader gave them.
    pub mine: bool,
    /// Whether the reader is a recipient, and hides themselves. `None` for everybody else.
    pub hidden_by_me: Option<bool>,
    /// The giver, if the reader may see their name.
    pub from: Option<Person>,
    /// The members who added their thanks and whose names the reader may see, in this order.
    pub added: Vec<Person>,
    /// Number of members who added their thanks, without a name.
    pub added_others: u32,
    /// Whether the reader is one of them.
    pub added_by_me: bool,
    /// The recipients whose names the reader may see.
    pub to: Vec<Person>,
    /// Number of recipients whose names the reader may not see.
    pub to_others: u32,
    /// The team that got them, for members.
    pub team: Option<Named>,
    /// Whether a team got them.
    pub to_team: bool,
    /// The values that they praise, in the community's order.
    pub values: Vec<Value>,
    /// The giver's text, as Markdown.
    pub text: String,
    /// Who can see them.
    pub visibility: KudosVisibility,
    /// The event that they are about, if the reader may see it.
    pub event: Option<EventLink>,
    /// The session that they are about. Everybody who may see the event may see it.
    pub session: Option<SessionLink>,
    /// When they were given.
    pub given_at: Instant,
    /// When they were last changed.
    pub edited_at: Option<Instant>,
    /// Number of comments that the reader sees.
    pub comments: u32,
    /// The reactions, each kind once, in the fixed order. Kinds without any have the count 0.
    pub reactions: Vec<ReactionCount>,
}

/// The values that are offered, in the community's order.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn values(store: &Store) -> Result<Vec<Value>, StoreError> {
    let rows = kudos_value::Entity::find()
        .filter(kudos_value::Column::RetiredAt.is_null())
        .order_by_asc(kudos_value::Column::Position)
        .order_by_asc(kudos_value::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter().map(value).collect()
}

fn value(row: kudos_value::Model) -> Result<Value, StoreError> {
    let slug = Slug::parse(&row.slug)
        .ok_or_else(|| StoreError::Corrupt(format!("value {}: unreadable slug", row.id)))?;
    Ok(Value { slug, name: row.name })
}

/// Completes rows that the reader may see, in their order. The number of queries does not depend on the number of
/// rows.
pub(super) async fn complete(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<kudos::Model>,
) -> Result<Vec<Kudos>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut recipients = recipients(db, actor, &ids).await?;
    let mut givers = givers(db, actor, &ids).await?;
    let mut people: Vec<Uuid> = rows.iter().map(|row| row.from_id).collect();
    people.extend(recipients.values().flatten().map(|recipient| recipient.member_id));
    people.extend(givers.values().flatten());
    let people: Vec<Uuid> = people.into_iter().collect::<HashSet<_>>().into_iter().collect();
    let people: HashMap<Uuid, Person> =
        shown_briefly(db, actor, &people).await?.into_iter().map(person).collect();
    let mut values = praised(db, &ids).await?;
    let teams = teams(db, actor, rows.iter().filter_map(|row| row.team_id)).await?;
    let events = event_links(db, actor, rows.iter().filter_map(|row| row.event_id)).await?;
    let sessions = session_links(db, rows.iter().filter_map(|row| row.session_id)).await?;
    let mut reactions = reactions(db, actor, &ids).await?;
    let comments = comments::counts(db, actor, TargetKind::Kudos, &ids).await?;
    let me = actor.member().map(|me| me.0);
    rows.into_iter()
        .map(|row| {
            let to = recipients.remove(&row.id).unwrap_or_default();
            let own = to.iter().find(|recipient| Some(recipient.member_id) == me);
            let mut named: Vec<Person> =
                to.iter().filter_map(|recipient| people.get(&recipient.member_id).cloned()).collect();
            // Rows have no order of their own, and a card looks the same each time.
            named.sort_by(|one, other| (&one.name, &one.slug).cmp(&(&other.name, &other.slug)));
            let givers = givers.remove(&row.id).unwrap_or_default();
            let added: Vec<Person> = givers.iter().filter_map(|giver| people.get(giver).cloned()).collect();
            Ok(Kudos {
                id: KudosId(row.id),
                mine: me == Some(row.from_id),
                hidden_by_me: own.map(|own| own.hidden_at.is_some()),
                from: people.get(&row.from_id).cloned(),
                added_others: u32::try_from(givers.len() - added.len()).unwrap_or(u32::MAX),
                added_by_me: givers.iter().any(|giver| Some(*giver) == me),
                added,
                to_others: u32::try_from(to.len() - named.len()).unwrap_or(u32::MAX),
                to: named,
                to_team: row.team_id.is_some(),
                team: row.team_id.and_then(|team| teams.get(&team).cloned()),
                values: values.remove(&row.id).unwrap_or_default(),
                visibility: row
                    .visibility
                    .parse()
                    .map_err(|_| StoreError::Corrupt(format!("kudos {}: unknown visibility", row.id)))?,
                event: row.event_id.and_then(|event| events.get(&event).cloned()),
                session: row
                    .session_id
                    .filter(|_| row.event_id.is_some_and(|event| events.contains_key(&event)))
                    .and_then(|session| sessions.get(&session).cloned()),
                text: row.text,
                given_at: row.given_at,
                edited_at: row.edited_at,
                comments: comments.get(&row.id).copied().unwrap_or(0),
                reactions: reactions.remove(&row.id).unwrap_or_else(no_reactions),
            })
        })
        .collect()
}

fn person(shown: VisibleProfile) -> (Uuid, Person) {
    let VisibleProfile { member, slug, name, picture, disciplines, .. } = shown;
    (member.0, Person { slug, name, picture, disciplines })
}

impl From<VisibleProfile> for Person {
    fn from(shown: VisibleProfile) -> Self {
        person(shown).1
    }
}

/// The people with these slugs, in this order. People whom the reader may not find are left out.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn people(store: &Store, actor: &Actor, slugs: &[Slug]) -> Result<Vec<Person>, StoreError> {
    let ids: Vec<Uuid> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::Slug.is_in(slugs.iter().map(Slug::as_str)))
        .filter(findable(profile::Column::MemberId, Viewer::of_others(actor)))
        // Otherwise the form would tell members who has blocked them.
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .into_tuple()
        .all(store.db())
        .await?;
    let mut people: Vec<Person> =
        shown_briefly(store.db(), actor, &ids).await?.into_iter().map(Person::from).collect();
    people.sort_by_key(|person| slugs.iter().position(|slug| *slug == person.slug));
    Ok(people)
}

/// The recipients on each card, as the reader sees it.
async fn recipients(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<kudos_recipient::Model>>, StoreError> {
    let rows = kudos_recipient::Entity::find()
        .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def())
        .filter(kudos_recipient::Column::KudosId.is_in(ids.iter().copied()))
        .filter(shown_recipient(actor))
        .order_by_asc(kudos_recipient::Column::MemberId)
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        of.entry(row.kudos_id).or_default().push(row);
    }
    Ok(of)
}

/// The members who added their thanks to each card, in their order.
async fn givers(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Uuid>>, StoreError> {
    let rows = kudos_giver::Entity::find()
        .filter(kudos_giver::Column::KudosId.is_in(ids.iter().copied()))
        .filter(shown_giver(actor))
        .order_by_asc(kudos_giver::Column::AddedAt)
        .order_by_asc(kudos_giver::Column::MemberId)
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in rows {
        of.entry(row.kudos_id).or_default().push(row.member_id);
    }
    Ok(of)
}

async fn praised(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Value>>, StoreError> {
    let rows: Vec<(Uuid, String, String)> = kudos_praised_value::Entity::find()
        .select_only()
        .column(kudos_praised_value::Column::KudosId)
        .columns([kudos_value::Column::Slug, kudos_value::Column::Name])
        .join(JoinType::InnerJoin, kudos_praised_value::Relation::Value.def())
        .filter(kudos_praised_value::Column::KudosId.is_in(ids.iter().copied()))
        .order_by_asc(kudos_value::Column::Position)
        .order_by_asc(kudos_value::Column::Slug)
        .into_tuple()
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<Value>> = HashMap::new();
    for (kudos, slug, name) in rows {
        let slug = Slug::parse(&slug)
            .ok_or_else(|| StoreError::Corrupt(format!("value {slug}: unreadable slug")))?;
        of.entry(kudos).or_default().push(Value { slug, name });
    }
    Ok(of)
}

/// The names of teams. Visitors get none, because the structure of the organisation is for members.
async fn teams(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Named>, StoreError> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() || *actor == Actor::Anonymous {
        return Ok(HashMap::new());
    }
    let rows = team::Entity::find().filter(team::Column::Id.is_in(ids)).all(db).await?;
    let named = |row: team::Model| Some((row.id, Named { slug: Slug::parse(&row.slug)?, name: row.name }));
    Ok(rows.into_iter().filter_map(named).collect())
}

/// The events that the reader may see.
async fn event_links(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, EventLink>, StoreError> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = event::Entity::find()
        .filter(event::Column::Id.is_in(ids))
        .filter(events::seen_by(actor))
        .all(db)
        .await?;
    let link =
        |row: event::Model| Some((row.id, EventLink { slug: Slug::parse(&row.slug)?, title: row.title }));
    Ok(rows.into_iter().filter_map(link).collect())
}

/// The sessions. The caller shows only those whose events the reader may see.
async fn session_links(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, SessionLink>, StoreError> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = agenda_session::Entity::find().filter(agenda_session::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, SessionLink { id: row.id, title: row.title })).collect())
}

fn no_reactions() -> Vec<ReactionCount> {
    Reaction::ALL.iter().map(|kind| ReactionCount { kind: *kind, count: 0, mine: false }).collect()
}

/// The reactions to several kudos, counted by the database.
async fn reactions(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ReactionCount>>, StoreError> {
    let rows: Vec<(Uuid, String, i64)> = kudos_reaction::Entity::find()
        .select_only()
        .columns([kudos_reaction::Column::KudosId, kudos_reaction::Column::Kind])
        .column_as(kudos_reaction::Column::MemberId.count(), "count")
        .filter(kudos_reaction::Column::KudosId.is_in(ids.iter().copied()))
        .group_by(kudos_reaction::Column::KudosId)
        .group_by(kudos_reaction::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<ReactionCount>> = HashMap::new();
    for (kudos, kind, count) in rows {
        let counts = of.entry(kudos).or_insert_with(no_reactions);
        if let Some(counted) = counts.iter_mut().find(|counted| counted.kind.name() == kind) {
            counted.count = u32::try_from(count).unwrap_or(u32::MAX);
        }
    }
    let Some(me) = actor.member().filter(|_| !of.is_empty()) else { return Ok(of) };
    let own: Vec<(Uuid, String)> = kudos_reaction::Entity::find()
        .select_only()
        .columns([kudos_reaction::Column::KudosId, kudos_reaction::Column::Kind])
        .filter(kudos_reaction::Column::KudosId.is_in(ids.iter().copied()))
        .filter(kudos_reaction::Column::MemberId.eq(me.0))
        .into_tuple()
        .all(db)
        .await?;
    for (kudos, kind) in own {
        let counts = of.entry(kudos).or_insert_with(no_reactions);
        counts
            .iter_mut()
            .filter(|counted| counted.kind.name() == kind)
            .for_each(|counted| counted.mine = true);
    }
    Ok(of)
}
