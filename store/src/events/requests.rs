//! Emails to the hosts of an event about requests for a seat (A11).

use std::collections::HashSet;

use domain::{
    Instant, MemberId,
    emails::{self, Email},
    events::{Event, RsvpState},
    groups::GroupRole,
    policy::{events::EditEvent, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    notices::{self, Notice},
    visibility::{cohost_people_of, cohosts_of_event, group_of, readers, relation},
};
use crate::{
    StoreError, blocks,
    entities::{group_member, member, rsvp},
    members, outbox,
    write::Tx,
};

/// Maximum number of hosts emailed about one event. The host of the event is always included.
const MAX_HOSTS: u64 = 50;
/// Maximum number of requests counted in one email.
const MAX_REQUESTS: u64 = 500;
/// Maximum number of names in one email.
const MAX_NAMES: usize = 10;

/// Plans the email about a new request. It goes out within minutes, together with other new requests.
pub(super) async fn plan_notice(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    notices::plan(tx, event.id, Notice::Requests).await
}

/// Emails everyone who can decide on requests about the requests since `since`, except withdrawn and decided
/// ones.
pub(super) async fn notify_hosts(tx: &Tx, event: &Event, since: Instant) -> Result<(), StoreError> {
    let requests: Vec<(Uuid, String)> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::MemberId)
        .column(member::Column::Name)
        .inner_join(member::Entity)
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()))
        .filter(rsvp::Column::AnsweredAt.gte(since))
        .order_by_asc(rsvp::Column::AnsweredAt)
        .order_by_asc(rsvp::Column::Id)
        .limit(MAX_REQUESTS)
        .into_tuple()
        .all(tx.db())
        .await?;
    if requests.is_empty() {
        return Ok(());
    }
    for host in hosts(tx, event).await? {
        // Neither side of a block sees the other's name in emails (F3). The page of requests lists everyone.
        let hidden = blocks::hidden(tx.db(), MemberId(host.id)).await?;
        let seen = |request: &&(Uuid, String)| request.0 != host.id && !is_hidden(&hidden, request.0);
        let seen: Vec<_> = requests.iter().filter(seen).collect();
        if seen.is_empty() {
            continue;
        }
        let names = seen.iter().map(|(_, name)| name.clone()).filter(|name| !name.is_empty());
        let email = Email::from(emails::NewRequests {
            slug: event.slug.clone(),
            title: event.details.title.clone(),
            requests: u32::try_from(seen.len()).unwrap_or(u32::MAX),
            names: names.take(MAX_NAMES).collect(),
        });
        post_to(tx, &host, &email).await?;
    }
    Ok(())
}

fn is_hidden(hidden: &HashSet<MemberId>, member: Uuid) -> bool {
    hidden.contains(&MemberId(member))
}

/// Reminds everyone who can decide that requests have waited for three days. Called once per request.
pub(super) async fn remind_hosts(tx: &Tx, event: &Event, requests: u32) -> Result<(), StoreError> {
    let email = Email::from(emails::RequestWaits {
        slug: event.slug.clone(),
        title: event.details.title.clone(),
        requests,
    });
    for host in hosts(tx, event).await? {
        post_to(tx, &host, &email).await?;
    }
    Ok(())
}

async fn post_to(tx: &Tx, member: &member::Model, email: &Email) -> Result<(), StoreError> {
    match members::recipient(member) {
        Some(to) => outbox::post(tx, Some(MemberId(member.id)), &to, email).await,
        None => Ok(()),
    }
}

/// The people who can decide on requests: the event's host and co-hosts, and the organisers of its groups.
async fn hosts(tx: &Tx, event: &Event) -> Result<Vec<member::Model>, StoreError> {
    let roles = [GroupRole::Organiser, GroupRole::CoOrganiser].map(GroupRole::name);
    let organisers = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::Role.is_in(roles))
        .filter(
            Condition::any()
                .add(group_member::Column::GroupId.in_subquery(group_of(event.id)))
                .add(group_member::Column::GroupId.in_subquery(cohosts_of_event(event))),
        )
        .into_query();
    let host = event.host.map_or_else(Uuid::nil, |host| host.0);
    let rows = member::Entity::find()
        .filter(
            Condition::any()
                .add(member::Column::Id.eq(host))
                .add(member::Column::Id.in_subquery(organisers))
                .add(member::Column::Id.in_subquery(cohost_people_of(event.id))),
        )
        .filter(readers(event.id))
        .order_by_desc(Expr::col(member::Column::Id).eq(host))
        .order_by_asc(member::Column::Id)
        .limit(MAX_HOSTS)
        .all(tx.db())
        .await?;
    let mut hosts = Vec::new();
    for row in rows {
        let actor = members::as_actor(row.clone())?;
        let relation = relation(tx.db(), &actor, event).await?;
        if permit(&actor, EditEvent, relation).is_ok() {
            hosts.push(row);
        }
    }
    Ok(hosts)
}
