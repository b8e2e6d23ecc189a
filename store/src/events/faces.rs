//! Some of the people who come, for cards of events. Readers see on a card only whom they see on the attendee list (F2).

use std::collections::HashMap;

use domain::{
    Actor, Role, Slug,
    events::{ListReader, RsvpState},
    members::{Audience, Part, Viewer},
    policy::{Own, permit, seats::ManageSeat},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, RelationTrait as _,
    sea_query::{Alias, Asterisk, Expr, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::rows::EventRow;
use crate::{
    StoreError,
    blocks::hidden_from,
    entities::{member, member_picture, profile, rsvp},
    members::{shown_name, shows},
};

/// The most faces on a card.
const MAX_FACES: usize = 5;
/// How many people of an event are considered. Some of them may be hidden from the reader.
const MAX_CANDIDATES: u64 = 10;

/// Somebody who comes to an event, as the reader sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Slug of their page.
    pub slug: Slug,
    /// Their name.
    pub name: String,
    /// The hash that names their picture, if they have one that the reader may see.
    pub picture: Option<String>,
}

/// Some people who come to each of these events. `is_going` says where the reader has a seat. It takes two queries,
/// however many events there are, and none for visitors, who see no attendee list. The number of attendees doesn't
/// matter: the index gives the first ones of each event.
pub(super) async fn faces(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[EventRow],
    is_going: impl Fn(Uuid) -> bool,
) -> Result<HashMap<Uuid, Vec<Face>>, StoreError> {
    let member = permit(actor, ManageSeat, Own).is_ok();
    let is_shown = |row: &&EventRow| {
        let reader = ListReader { member, attends: is_going(row.row.id), edits: false };
        let list = row.row.attendee_list.parse().ok();
        row.row.going + row.row.online_going > 0
            && list.is_some_and(|list: domain::events::AttendeeList| list.is_shown_to(reader))
    };
    let mut candidates = rows.iter().filter(is_shown).map(|row| first_seats(row.row.id));
    let Some(mut all) = candidates.next() else { return Ok(HashMap::new()) };
    for of_event in candidates {
        all.union(UnionType::All, of_event);
    }
    let mut seats: Vec<(Uuid, Uuid)> = Vec::new();
    for row in db.query_all(&all).await? {
        seats.push((row.try_get("", "event_id")?, row.try_get("", "member_id")?));
    }
    let people = people(db, actor, seats.iter().map(|(_, member)| *member).collect()).await?;
    let mut faces: HashMap<Uuid, Vec<Face>> = HashMap::new();
    for (event, member) in seats {
        let of_event = faces.entry(event).or_default();
        if of_event.len() < MAX_FACES {
            of_event.extend(people.get(&member).cloned());
        }
    }
    Ok(faces)
}

/// The members with the first seats of an event, without those who keep out of its list.
fn first_seats(event: Uuid) -> SelectStatement {
    let first = rsvp::Entity::find()
        .select_only()
        .columns([rsvp::Column::EventId, rsvp::Column::MemberId])
        .filter(rsvp::Column::EventId.eq(event))
        .filter(rsvp::Column::State.eq(RsvpState::Going.name()))
        .filter(rsvp::Column::Hidden.eq(false))
        .order_by(rsvp::Column::SeatSeq, Order::Asc)
        .order_by(rsvp::Column::MemberId, Order::Asc)
        .limit(MAX_CANDIDATES)
        .into_query();
    // SQLite accepts a limit in a part of a union only inside another query.
    Query::select().column(Asterisk).from_subquery(first, Alias::new("first_seats")).take()
}

/// Those of the members whom the reader may see at events.
async fn people(
    db: &impl ConnectionTrait,
    actor: &Actor,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Face>, StoreError> {
    ids.sort_unstable();
    ids.dedup();
    let picture = profile::Entity::belongs_to(member_picture::Entity)
        .from(profile::Column::MemberId)
        .to(member_picture::Column::MemberId)
        .into();
    let rows: Vec<(Uuid, String, String, String, Option<String>)> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .column(profile::Column::Slug)
        .expr_as(shown_name(), "name")
        .column(profile::Column::PictureAudience)
        .column(member_picture::Column::Hash)
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .join(JoinType::LeftJoin, picture)
        .filter(profile::Column::MemberId.is_in(ids))
        .filter(shows(Part::Name, Viewer::Member))
        .filter(shows(Part::Events, Viewer::Member))
        .filter(member::Column::Name.ne(""))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .into_tuple()
        .all(db)
        .await?;
    let face = |(id, slug, name, audience, picture): (Uuid, String, String, String, Option<String>)| {
        let shows_picture =
            audience.parse().is_ok_and(|audience: Audience| Viewer::Member.audiences().contains(&audience));
        let picture = picture.filter(|_| shows_picture);
        Some((id, Face { slug: Slug::parse(&slug)?, name, picture }))
    };
    Ok(rows.into_iter().filter_map(face).collect())
}
