//! Emails to the people who look after an event about requests to attend it (A11).

use std::collections::HashSet;

use domain::{
    Instant, MemberId,
    emails::Email,
    events::{Event, RsvpState},
    groups::GroupRole,
    policy::{Action, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    notices::{self, Notice},
    visibility::{cohosts_of_event, group_of, readers, relation},
};
use crate::{
    StoreError, blocks,
    entities::{group_member, member, rsvp},
    members, outbox,
    write::Tx,
};

/// People who look after one event and are written to; the host is always one of them.
const MAX_HOSTS: u64 = 50;
/// Requests that one email counts.
const MAX_REQUESTS: u64 = 500;
/// Names in one email.
const MAX_NAMES: usize = 10;

/// Notes a new request: the hosts are told within minutes, together with the next ones.
pub(super) async fn note(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    notices::plan(tx, event.id, Notice::Requests).await
}

/// Tells everyone who may answer the requests that were made since `since` and are still waiting. Requests that
/// were withdrawn or answered in the meantime are not told of.
pub(super) async fn tell_hosts(tx: &Tx, event: &Event, since: Instant) -> Result<(), StoreError> {
    let asked: Vec<(Uuid, String)> = rsvp::Entity::find()
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
    if asked.is_empty() {
        return Ok(());
    }
    for host in hosts(tx, event).await? {
        // Of a blocked pair neither is told about the other (F3). The page of requests lists them all.
        let hidden = blocks::hidden(tx.db(), MemberId(host.id)).await?;
        let seen = |asked: &&(Uuid, String)| asked.0 != host.id && !is_hidden(&hidden, asked.0);
        let seen: Vec<_> = asked.iter().filter(seen).collect();
        if seen.is_empty() {
            continue;
        }
        let names = seen.iter().map(|(_, name)| name.clone()).filter(|name| !name.is_empty());
        let email = Email::NewRequests {
            slug: event.slug.clone(),
            title: event.details.title.clone(),
            requests: u32::try_from(seen.len()).unwrap_or(u32::MAX),
            names: names.take(MAX_NAMES).collect(),
        };
        write_to(tx, &host, &email).await?;
    }
    Ok(())
}

fn is_hidden(hidden: &HashSet<MemberId>, member: Uuid) -> bool {
    hidden.contains(&MemberId(member))
}

/// Reminds everyone who may answer that requests have waited for three days, once for each.
pub(super) async fn remind_hosts(tx: &Tx, event: &Event, requests: u32) -> Result<(), StoreError> {
    let email =
        Email::RequestWaits { slug: event.slug.clone(), title: event.details.title.clone(), requests };
    for host in hosts(tx, event).await? {
        write_to(tx, &host, &email).await?;
    }
    Ok(())
}

async fn write_to(tx: &Tx, member: &member::Model, email: &Email) -> Result<(), StoreError> {
    match members::recipient(member) {
        Some(to) => outbox::post(tx, Some(MemberId(member.id)), &to, email).await,
        None => Ok(()),
    }
}

/// The people who look after an event and may answer requests: its host, and the organisers and co-organisers of
/// the groups that hold it.
async fn hosts(tx: &Tx, event: &Event) -> Result<Vec<member::Model>, StoreError> {
    let roles = [GroupRole::Organiser, GroupRole::CoOrganiser].map(GroupRole::name);
    let tending = group_member::Entity::find()
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
            Condition::any().add(member::Column::Id.eq(host)).add(member::Column::Id.in_subquery(tending)),
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
        if permit(&actor, Action::EditEvent, relation).is_ok() {
            hosts.push(row);
        }
    }
    Ok(hosts)
}
