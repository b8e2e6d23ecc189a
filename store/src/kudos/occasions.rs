//! Whom a member may want to thank: people they worked with lately (K14), and occasions to give kudos.

use std::collections::HashMap;

use chrono::{Duration, Months};
use domain::{Actor, Instant, MemberId, Slug, events::EventStatus, members::Viewer};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, RelationTrait as _,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{
    rows::Person,
    visibility::{received, team_of},
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{event, group_member, kudos, kudos_recipient, member, profile, rsvp},
    events::{seated, seen_by},
    members::{findable, shown_briefly},
};

/// How long events and kudos make two people work together.
const LATELY: Duration = Duration::days(60);
/// How long an occasion lasts.
const OCCASION: Duration = Duration::days(14);
/// The most rows that are looked at for each reason.
const MAX_ROWS: u64 = 50;
/// The most occasions of each kind.
const MAX_EACH: u64 = 2;

/// A reason to give kudos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The reader attended an event.
    Attended {
        /// Slug of the event.
        slug: Slug,
        /// Title of the event.
        title: String,
    },
    /// Somebody hosted their first event, and the reader attended it.
    FirstEvent {
        /// The host.
        host: Person,
        /// Title of the event.
        title: String,
    },
    /// Somebody in a group of the reader joined the community a year ago.
    OneYear(Person),
}

/// Active members whom the reader worked with lately: their team, hosts of events that they attended, and people with
/// whom they exchanged kudos. Those with the most reasons come first. Who else attended an event is left out, because
/// attendees decide who sees that.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn worked_with(store: &Store, actor: &Actor, max: usize) -> Result<Vec<Person>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let (db, since) = (store.db(), store.now() - LATELY);
    let mut reasons: HashMap<Uuid, usize> = HashMap::new();
    let team_mates: Vec<Uuid> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::TeamId.in_subquery(team_of(me)))
        .order_by_asc(profile::Column::MemberId)
        .limit(MAX_ROWS)
        .into_tuple()
        .all(db)
        .await?;
    let hosts: Vec<Option<Uuid>> = attended(actor, me, since, store.now())
        .select_only()
        .column(event::Column::HostId)
        .limit(MAX_ROWS)
        .into_tuple()
        .all(db)
        .await?;
    let thanked: Vec<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def())
        .filter(kudos::Column::FromId.eq(me.0))
        .filter(kudos::Column::GivenAt.gt(since))
        .filter(kudos::Column::RetractedAt.is_null())
        .order_by_desc(kudos::Column::GivenAt)
        .limit(MAX_ROWS)
        .into_tuple()
        .all(db)
        .await?;
    let givers: Vec<Uuid> = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::FromId)
        .filter(kudos::Column::Id.in_subquery(received(me)))
        .filter(kudos::Column::GivenAt.gt(since))
        .filter(kudos::Column::RetractedAt.is_null())
        .filter(kudos::Column::HiddenAt.is_null())
        .order_by_desc(kudos::Column::GivenAt)
        .limit(MAX_ROWS)
        .into_tuple()
        .all(db)
        .await?;
    for id in team_mates.into_iter().chain(hosts.into_iter().flatten()).chain(thanked).chain(givers) {
        *reasons.entry(id).or_default() += 1;
    }
    reasons.remove(&me.0);
    let mut found = offered(store, actor, reasons.keys().copied().collect()).await?;
    found.sort_by_key(|(id, slug)| (std::cmp::Reverse(reasons.get(id).copied()), slug.clone()));
    let ids: Vec<Uuid> = found.into_iter().map(|(id, _)| id).take(max).collect();
    Ok(shown_briefly(db, actor, &ids).await?.into_iter().map(Person::from).collect())
}

/// Those of some members whom the form offers to the reader, with the slugs of their pages.
async fn offered(store: &Store, actor: &Actor, ids: Vec<Uuid>) -> Result<Vec<(Uuid, String)>, StoreError> {
    let known = profile::Entity::find()
        .select_only()
        .columns([profile::Column::MemberId])
        .column(profile::Column::Slug)
        .filter(profile::Column::MemberId.is_in(ids))
        .filter(findable(profile::Column::MemberId, Viewer::Member))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))));
    Ok(known.into_tuple().all(store.db()).await?)
}

/// Published events in a period with a seat of the member, which have ended, the latest first.
fn attended(actor: &Actor, me: MemberId, since: Instant, now: Instant) -> sea_orm::Select<event::Entity> {
    let seats = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(me.0))
        .filter(seated());
    event::Entity::find()
        .filter(event::Column::Id.in_subquery(seats.into_query()))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::EndsAt.gt(since))
        .filter(event::Column::EndsAt.lte(now))
        .filter(seen_by(actor))
        .order_by_desc(event::Column::EndsAt)
        .order_by_asc(event::Column::Id)
}

/// Reasons to give kudos, for the form before anybody is chosen.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn occasions(store: &Store, actor: &Actor) -> Result<Vec<Occasion>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let (db, now) = (store.db(), store.now());
    let not_mine = Condition::any().add(event::Column::HostId.is_null()).add(event::Column::HostId.ne(me.0));
    let events = attended(actor, me, now - OCCASION, now).filter(not_mine).limit(MAX_EACH).all(db).await?;
    let mut found = Vec::new();
    for row in events {
        if let Some(host) = first_time_host(store, actor, &row).await? {
            found.push(Occasion::FirstEvent { host, title: row.title.clone() });
        }
        if let Some(slug) = Slug::parse(&row.slug) {
            found.push(Occasion::Attended { slug, title: row.title });
        }
    }
    let year = now.checked_sub_months(Months::new(12)).unwrap_or(now);
    let newcomers: Vec<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::JoinedAt.gt(year - OCCASION))
        .filter(member::Column::JoinedAt.lte(year))
        .filter(member::Column::Id.ne(me.0))
        .filter(member::Column::Id.in_subquery(in_groups_of(me)))
        .order_by_desc(member::Column::JoinedAt)
        .order_by_asc(member::Column::Id)
        .limit(MAX_ROWS)
        .into_tuple()
        .all(db)
        .await?;
    let mut newcomers = offered(store, actor, newcomers).await?;
    newcomers.sort_by(|one, other| one.1.cmp(&other.1));
    newcomers.truncate(usize::try_from(MAX_EACH).unwrap_or(1));
    let newcomers: Vec<Uuid> = newcomers.into_iter().map(|(id, _)| id).collect();
    let people = shown_briefly(db, actor, &newcomers).await?;
    found.extend(people.into_iter().map(|person| Occasion::OneYear(person.into())));
    Ok(found)
}

/// The members of the groups of a member, as a subquery.
fn in_groups_of(me: MemberId) -> SelectStatement {
    let own = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.eq(me.0));
    group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.in_subquery(own.into_query()))
        .into_query()
}

/// The host of an event, if it was the first that they hosted.
async fn first_time_host(
    store: &Store,
    actor: &Actor,
    row: &event::Model,
) -> Result<Option<Person>, StoreError> {
    let Some(host) = row.host_id else { return Ok(None) };
    let earlier = event::Entity::find()
        .filter(event::Column::HostId.eq(host))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::StartsAt.lt(row.starts_at))
        .one(store.db())
        .await?;
    if earlier.is_some() || offered(store, actor, vec![host]).await?.is_empty() {
        return Ok(None);
    }
    Ok(shown_briefly(store.db(), actor, &[host]).await?.pop().map(Person::from))
}
