//! Who comes (F2): shown to whom the event's host lets see it, without those who keep themselves out.

use std::collections::HashMap;

use domain::{
    Actor, Refusal, Slug,
    events::{AttendeeList, Event, ListReader},
    members::{Part, Viewer, VisibleProfile},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    RelationTrait as _, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    rows::{event_from_row, lock, seated},
    visibility::{edits, visible},
};
use crate::{
    Store, StoreError, audit,
    blocks::hidden_from,
    entities::{event, member, profile, rsvp},
    members,
};

/// Attendees on one page.
const PAGE: u64 = 48;

/// Somebody who comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who, as the reader sees them.
    pub person: VisibleProfile,
    /// How many come along.
    pub guests: u8,
}

/// A page of those who come.
#[derive(Clone, Debug)]
pub struct Attendees {
    /// Whom the host lets see the list.
    pub list: AttendeeList,
    /// By name; none when the reader may not see them.
    pub people: Vec<Attendee>,
    /// How many there are on all pages; members, not seats.
    pub shown: u64,
    /// Whether the reader may see the list.
    pub may_see: bool,
    /// Whether the reader keeps themself out of it; none for who has no seat.
    pub hidden: Option<bool>,
    /// Whether another page follows.
    pub more: bool,
}

/// Those who come to an event, a page of them.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub async fn attendees(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    page: u32,
) -> Result<Attendees, StoreError> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(store.db()).await?;
    let found = found.ok_or(StoreError::NotFound)?;
    let event = event_from_row(found, None)?;
    let list = event.details.attendee_list;
    if !visible(store.db(), actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    let mine = match actor.member() {
        Some(me) => going(&event).filter(rsvp::Column::MemberId.eq(me.0)).one(store.db()).await?,
        None => None,
    };
    let reader = ListReader {
        member: permit(actor, Action::Rsvp, Relation::Own).is_ok(),
        attends: mine.is_some(),
        edits: edits(store.db(), actor, &event).await?,
    };
    let mut answer = Attendees {
        list,
        people: Vec::new(),
        shown: 0,
        may_see: list.is_shown_to(reader),
        hidden: mine.map(|mine| mine.hidden),
        more: false,
    };
    if answer.may_see {
        answer.shown = shown(&event, actor, reader).count(store.db()).await?;
        let from = u64::from(page) * PAGE;
        answer.people = people(store.db(), actor, shown(&event, actor, reader), from).await?;
        answer.more = from + (answer.people.len() as u64) < answer.shown;
    }
    Ok(answer)
}

fn going(event: &Event) -> Select<rsvp::Entity> {
    rsvp::Entity::find().filter(rsvp::Column::EventId.eq(event.id.0)).filter(seated())
}

/// Who is on the list: who looks after the event sees those who keep themselves out of it, too. Others see
/// nobody who tells nobody where they go, or whom they have blocked.
fn shown(event: &Event, actor: &Actor, reader: ListReader) -> Select<rsvp::Entity> {
    let named = going(event).filter(rsvp::Column::MemberId.in_subquery(members::findable(Viewer::Member)));
    if reader.edits {
        return named;
    }
    let told = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(members::shows(Part::Events, Viewer::Member))
        .into_query();
    named
        .filter(rsvp::Column::Hidden.eq(false))
        .filter(rsvp::Column::MemberId.in_subquery(told))
        .filter(hidden_from(actor, Expr::col((rsvp::Entity, rsvp::Column::MemberId))))
}

async fn people(
    db: &impl ConnectionTrait,
    actor: &Actor,
    find: Select<rsvp::Entity>,
    from: u64,
) -> Result<Vec<Attendee>, StoreError> {
    let rows: Vec<(Uuid, i32)> = find
        .select_only()
        .column(rsvp::Column::MemberId)
        .column(rsvp::Column::Guests)
        .join(JoinType::InnerJoin, rsvp::Relation::Member.def())
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .offset(from)
        .limit(PAGE)
        .into_tuple()
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let guests: HashMap<Uuid, i32> = rows.into_iter().collect();
    let guests = |person: &VisibleProfile| guests.get(&person.member.0).and_then(|n| u8::try_from(*n).ok());
    let people = members::shown(db, actor, &ids).await?.into_iter();
    Ok(people.map(|person| Attendee { guests: guests(&person).unwrap_or(0), person }).collect())
}

/// Puts the actor on the list of an event they come to, or takes them off it. Saying it twice is saying it
/// once.
///
/// # Errors
/// `NotFound` for hidden and absent events and for who has no seat.
pub async fn set_listed(store: &Store, actor: &Actor, slug: &Slug, shown: bool) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), shown), |tx, (actor, slug, shown)| {
            Box::pin(async move {
                let permit = permit(actor, Action::Rsvp, Relation::Own)?;
                let me = actor.member().ok_or(Refusal::SignInFirst)?;
                let (event, _) = lock(tx, actor, slug).await?;
                let mine = going(&event).filter(rsvp::Column::MemberId.eq(me.0)).one(tx.db()).await?;
                let mine = mine.ok_or(StoreError::NotFound)?;
                if mine.hidden != *shown {
                    return Ok(());
                }
                let change =
                    rsvp::ActiveModel { id: Set(mine.id), hidden: Set(!shown), ..Default::default() };
                change.update(tx.db()).await?;
                audit::record(tx, &permit, if *shown { "rsvp.show" } else { "rsvp.hide" }, mine.id).await
            })
        })
        .await
}
