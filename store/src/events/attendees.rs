//! The attendee list (F2). The host decides who may see it, and attendees can hide themselves.

use std::collections::HashMap;

use domain::{
    Actor, MemberId, Refusal, Slug,
    events::{AttendeeList, Event, ListReader},
    members::{Part, Viewer, VisibleProfile},
    policy::{Own, permit, seats::ManageSeat},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _, Select,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{
    rows::{event_from_row, lock, seated},
    visibility::{edits, visible},
};
use crate::{
    Store, StoreError, audit,
    blocks::hidden_from,
    entities::{event, group_member, member, profile, rsvp},
    groups, members,
};

/// Attendees per page.
const PAGE_SIZE: u64 = 48;

/// A person on the attendee list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Their profile as the reader may see it.
    pub person: VisibleProfile,
    /// Number of guests they bring.
    pub guests: u8,
}

/// A page of the attendee list.
#[derive(Clone, Debug)]
pub struct Attendees {
    /// Who may see the list, as the host set it.
    pub list: AttendeeList,
    /// One page of attendees by name. Empty when the reader may not see the list.
    pub people: Vec<Attendee>,
    /// Number of attendees on all pages. Guests aren't counted.
    pub shown: u64,
    /// How many of them are in one of the reader's groups. The reader isn't counted.
    pub from_groups: u64,
    /// Whether the reader may see the list.
    pub may_see: bool,
    /// Whether the reader hides themselves from the list. `None` when they have no seat.
    pub hidden: Option<bool>,
    /// Whether there is another page.
    pub more: bool,
}

/// The attendee list of an event. Pages count from 0.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub async fn attendees(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    page: u32,
) -> Result<Attendees, StoreError> {
    let row = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(store.db()).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let event = event_from_row(row, None)?;
    let list = event.details.attendee_list;
    if !visible(store.db(), actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    let rsvp = match actor.member() {
        Some(me) => seated_rsvps(&event).filter(rsvp::Column::MemberId.eq(me.0)).one(store.db()).await?,
        None => None,
    };
    let reader = ListReader {
        member: permit(actor, ManageSeat, Own).is_ok(),
        attends: rsvp.is_some(),
        edits: edits(store.db(), actor, &event).await?,
    };
    let mut attendees = Attendees {
        list,
        people: Vec::new(),
        shown: 0,
        from_groups: 0,
        may_see: list.is_shown_to(reader),
        hidden: rsvp.map(|rsvp| rsvp.hidden),
        more: false,
    };
    if attendees.may_see {
        attendees.shown = listed(&event, actor, reader).count(store.db()).await?;
        if let Some(me) = actor.member() {
            let companions =
                listed(&event, actor, reader).filter(rsvp::Column::MemberId.in_subquery(companions(me)));
            attendees.from_groups = companions.count(store.db()).await?;
        }
        let from = u64::from(page) * PAGE_SIZE;
        attendees.people = people(store.db(), actor, listed(&event, actor, reader), from).await?;
        attendees.more = from + (attendees.people.len() as u64) < attendees.shown;
    }
    Ok(attendees)
}

/// Everybody else in a member's groups.
fn companions(me: MemberId) -> SelectStatement {
    group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.in_subquery(groups::of_member(me, &[])))
        .filter(group_member::Column::MemberId.ne(me.0))
        .into_query()
}

fn seated_rsvps(event: &Event) -> Select<rsvp::Entity> {
    rsvp::Entity::find().filter(rsvp::Column::EventId.eq(event.id.0)).filter(seated())
}

/// RSVPs on the list. People who may edit the event see every attendee with a visible profile. Others don't see
/// attendees who hide themselves or their events, or who are in a block with the reader.
fn listed(event: &Event, actor: &Actor, reader: ListReader) -> Select<rsvp::Entity> {
    let findable = seated_rsvps(event).filter(members::findable(rsvp::Column::MemberId, Viewer::Member));
    if reader.edits {
        return findable;
    }
    let shows_events = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(members::shows(Part::Events, Viewer::Member))
        .into_query();
    findable
        .filter(rsvp::Column::Hidden.eq(false))
        .filter(rsvp::Column::MemberId.in_subquery(shows_events))
        .filter(hidden_from(actor, Expr::col((rsvp::Entity, rsvp::Column::MemberId))))
}

async fn people(
    db: &impl ConnectionTrait,
    actor: &Actor,
    query: Select<rsvp::Entity>,
    from: u64,
) -> Result<Vec<Attendee>, StoreError> {
    let rows: Vec<(Uuid, i32)> = query
        .select_only()
        .column(rsvp::Column::MemberId)
        .column(rsvp::Column::Guests)
        .join(JoinType::InnerJoin, rsvp::Relation::Member.def())
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .offset(from)
        .limit(PAGE_SIZE)
        .into_tuple()
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let guests: HashMap<Uuid, i32> = rows.into_iter().collect();
    let guests = |person: &VisibleProfile| guests.get(&person.member.0).and_then(|n| u8::try_from(*n).ok());
    let people = members::shown_briefly(db, actor, &ids).await?.into_iter();
    Ok(people.map(|person| Attendee { guests: guests(&person).unwrap_or(0), person }).collect())
}

/// Shows or hides the actor on the attendee list of an event. Repeating it changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent events, and when the actor has no seat.
pub async fn set_listed(store: &Store, actor: &Actor, slug: &Slug, shown: bool) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), shown), |tx, (actor, slug, shown)| {
            Box::pin(async move {
                let permit = permit(actor, ManageSeat, Own)?;
                let me = actor.member().ok_or(Refusal::SignInFirst)?;
                let (event, _) = lock(tx, actor, slug).await?;
                let rsvp = seated_rsvps(&event).filter(rsvp::Column::MemberId.eq(me.0)).one(tx.db()).await?;
                let rsvp = rsvp.ok_or(StoreError::NotFound)?;
                if rsvp.hidden != *shown {
                    return Ok(());
                }
                let change =
                    rsvp::ActiveModel { id: Set(rsvp.id), hidden: Set(!shown), ..Default::default() };
                change.update(tx.db()).await?;
                audit::record(tx, &permit, if *shown { "rsvp.show" } else { "rsvp.hide" }, rsvp.id).await
            })
        })
        .await
}
