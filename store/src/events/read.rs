//! Reading one event for its page.

use domain::{
    Actor, EventId, Refusal, Slug,
    events::{Event, Rsvp, RsvpState},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{
    cohosting,
    list::GroupName,
    locked::before,
    rows::{EventRow, event_from_row, find, rsvp_from_row},
    subjects::{About, about_each},
    visibility::{edits, seen_by, visible},
};
use crate::{
    Store, StoreError,
    entities::{event, rsvp},
    schedule::{self, AgendaDay},
};

/// Everything the page of an event shows.
#[derive(Clone, Debug)]
pub struct EventPage {
    /// The event; where to join is hidden from who does not come online and may not edit (A12).
    pub event: Event,
    /// What its host is called, if the reader may know.
    pub host: Option<String>,
    /// The group that holds it.
    pub group: Option<GroupName>,
    /// The groups that hold it together with that one (F6).
    pub with: Vec<GroupName>,
    /// The reader's own answer.
    pub mine: Option<Rsvp>,
    /// The reader's position on the waitlist; 1 is next.
    pub position: Option<u32>,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// How many people wait for a host's answer; none for who does not answer.
    pub asking: u32,
    /// Whether a seat can be asked for now, and if not, why.
    pub may_rsvp: Result<(), Refusal>,
    /// What it is about.
    pub about: About,
    /// Its sessions by day; empty for most events.
    pub agenda: Vec<AgendaDay>,
}

/// The page of an event.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub async fn page(store: &Store, actor: &Actor, slug: &Slug) -> Result<EventPage, StoreError> {
    let found = find(actor)
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(seen_by(actor))
        .into_model::<EventRow>()
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let (group, host) = (found.group(), found.host(actor));
    let mut event = found.event()?;
    let mine = match actor.member() {
        Some(me) => rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(event.id.0))
            .filter(rsvp::Column::MemberId.eq(me.0))
            .one(store.db())
            .await?
            .map(rsvp_from_row)
            .transpose()?,
        None => None,
    };
    let position = match mine.as_ref().filter(|mine| mine.is_waiting()) {
        Some(mine) => Some(1 + before(store.db(), mine).await?),
        None => None,
    };
    let may_edit = edits(store.db(), actor, &event).await?;
    if !may_edit && !mine.as_ref().is_some_and(Rsvp::joins_online) {
        event.details.hide_link();
    }
    let asking = match may_edit {
        true => asking(store, event.id).await?,
        false => 0,
    };
    let mut about = about_each(store.db(), event.id.0).await?;
    Ok(EventPage {
        may_rsvp: event.registration(store.now()),
        with: cohosting::cohosts(store.db(), event.id).await?,
        about: about.remove(&uuid::Uuid::nil()).unwrap_or_default(),
        agenda: schedule::agenda(store.db(), event.id, about).await?,
        host,
        group,
        mine,
        position,
        may_edit,
        asking,
        event,
    })
}

async fn asking(store: &Store, event: EventId) -> Result<u32, StoreError> {
    let asking = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.0))
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()));
    Ok(u32::try_from(asking.count(store.db()).await?).unwrap_or(u32::MAX))
}

/// How many seats there are and are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatCount {
    /// Seats; `None` for no limit.
    pub capacity: Option<u32>,
    /// Seats taken.
    pub going: u32,
    /// Seats asked for on the waitlist.
    pub waiting: u32,
}

/// How many seats there are and are taken, as the columns say.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub async fn seats(store: &Store, actor: &Actor, slug: &Slug) -> Result<SeatCount, StoreError> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let event = event_from_row(found.one(store.db()).await?.ok_or(StoreError::NotFound)?, None)?;
    Ok(SeatCount { capacity: event.details.capacity, going: event.going, waiting: event.waiting })
}

/// An event without the way to join it, and whether the actor may change it.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub(crate) async fn seen(
    db: &impl sea_orm::ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Event, bool), StoreError> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let mut event = event_from_row(found.one(db).await?.ok_or(StoreError::NotFound)?, None)?;
    let may_edit = edits(db, actor, &event).await?;
    event.details.hide_link();
    Ok((event, may_edit))
}

/// The id of an event that the actor may change.
///
/// # Errors
/// `NotFound` for whoever may not, as for events that are not there.
pub(crate) async fn may_edit(store: &Store, actor: &Actor, slug: &Slug) -> Result<uuid::Uuid, StoreError> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = found.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let id = row.id;
    let event = event_from_row(row, None)?;
    if edits(store.db(), actor, &event).await? { Ok(id) } else { Err(StoreError::NotFound) }
}

/// The id of an event that the actor may see.
///
/// # Errors
/// `NotFound` for hidden and absent events alike.
pub(crate) async fn visible_id(
    db: &impl sea_orm::ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<uuid::Uuid, StoreError> {
    let row = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(db).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let id = row.id;
    if visible(db, actor, &event_from_row(row, None)?).await? { Ok(id) } else { Err(StoreError::NotFound) }
}
