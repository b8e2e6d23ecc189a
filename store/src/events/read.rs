//! Reading one event and its seat counts.

use std::collections::BTreeSet;

use domain::{
    Actor, EventId, SeriesId, Slug,
    events::{Event, Rsvp, RsvpState},
    policy::{
        events::{EditEvent, ManageCohosts},
        permit,
    },
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    cohosting,
    locked::count_before,
    questions::{self, OwnAnswers},
    rows::{EventRow, event_from_row, find, rsvp_from_row},
    subjects::{About, about_each},
    visibility::{any_seen_by, edits, relation, seen_by, visible},
};
use crate::{
    Store, StoreError,
    entities::{event, rsvp},
    groups::GroupName,
    schedule::{self, AgendaDay},
};

/// Everything that the page of an event shows.
#[derive(Clone, Debug)]
pub struct EventPage {
    /// The event. The link to join is removed unless the reader joins online or may edit the event (A12).
    pub event: Event,
    /// The host's name, if the reader may see it.
    pub host: Option<String>,
    /// The name of the host's page in URLs, if the reader may see it.
    pub host_slug: Option<Slug>,
    /// The hash that names the host's picture, if they have one that the reader may see.
    pub host_picture: Option<String>,
    /// The group that the event belongs to.
    pub group: Option<GroupName>,
    /// The groups that co-host it (F6).
    pub cohosts: Vec<GroupName>,
    /// The reader's own RSVP.
    pub rsvp: Option<Rsvp>,
    /// The reader's position on the waitlist, from 1.
    pub position: Option<u32>,
    /// Whether the reader may edit the event.
    pub may_edit: bool,
    /// Whether the reader may also choose co-hosts and delete a draft, which co-hosts may not.
    pub may_manage: bool,
    /// Number of requests that wait for a decision. 0 when the reader can't decide on them.
    pub pending_requests: u32,
    /// Topics, stages and disciplines of the event.
    pub about: About,
    /// The series that it is a date of, and its number in it, from 1.
    pub series: Option<(SeriesId, u32)>,
    /// Whether this date was changed on its own, so that changes of its series leave it alone (B5).
    pub series_changed: bool,
    /// What the hosts ask people who register, and the reader's own answers (B11).
    pub questions: OwnAnswers,
    /// Sessions by day. Empty for most events.
    pub agenda: Vec<AgendaDay>,
    /// Which of them the reader saved for their own agenda.
    pub saved: BTreeSet<Uuid>,
}

/// The page of an event.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub async fn page(store: &Store, actor: &Actor, slug: &Slug) -> Result<EventPage, StoreError> {
    let row = find(actor)
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(seen_by(actor))
        .into_model::<EventRow>()
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let (group, host, host_slug) = (row.group(), row.host(actor), row.host_slug(actor));
    let host_picture = row.host_picture(actor);
    let number = row.row.series_number.and_then(|number| u32::try_from(number).ok());
    let series = row.row.series_id.map(SeriesId).zip(number);
    let series_changed = series.is_some() && row.row.series_changed;
    let mut event = row.event()?;
    let rsvp = match actor.member() {
        Some(me) => rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(event.id.0))
            .filter(rsvp::Column::MemberId.eq(me.0))
            .one(store.db())
            .await?
            .map(rsvp_from_row)
            .transpose()?,
        None => None,
    };
    let position = match rsvp.as_ref().filter(|rsvp| rsvp.is_waiting()) {
        Some(rsvp) => Some(1 + count_before(store.db(), rsvp).await?),
        None => None,
    };
    let relation = relation(store.db(), actor, &event).await?;
    let may_edit = permit(actor, EditEvent, relation).is_ok();
    let may_manage = permit(actor, ManageCohosts, relation).is_ok();
    if !may_edit && !rsvp.as_ref().is_some_and(Rsvp::joins_online) {
        event.details.hide_link();
    }
    let pending_requests = match may_edit {
        true => count_requests(store, event.id).await?,
        false => 0,
    };
    let mut about = about_each(store.db(), event.id.0).await?;
    let about_event = about.remove(&None).unwrap_or_default();
    let agenda = schedule::agenda(store.db(), event.id, about).await?;
    Ok(EventPage {
        cohosts: cohosting::cohosts(store.db(), event.id).await?,
        about: about_event,
        saved: schedule::saved_among(store.db(), actor, &agenda).await?,
        agenda,
        questions: questions::on_page(store.db(), event.id.0, actor).await?,
        host,
        host_slug,
        host_picture,
        group,
        rsvp,
        position,
        may_edit,
        may_manage,
        pending_requests,
        series,
        series_changed,
        event,
    })
}

async fn count_requests(store: &Store, event: EventId) -> Result<u32, StoreError> {
    let requests = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.0))
        .filter(rsvp::Column::State.eq(RsvpState::Pending.name()));
    Ok(u32::try_from(requests.count(store.db()).await?).unwrap_or(u32::MAX))
}

/// Seats of the first pool: on site, or online for an event that is online only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatCount {
    /// Number of seats. `None` means no limit.
    pub capacity: Option<u32>,
    /// Seats taken, including guests.
    pub going: u32,
    /// Seats wanted on the waitlist.
    pub waiting: u32,
}

/// Seat counts of an event, from the columns that `settle` keeps.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub async fn seats(store: &Store, actor: &Actor, slug: &Slug) -> Result<SeatCount, StoreError> {
    let query =
        event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(any_seen_by(actor));
    let event = event_from_row(query.one(store.db()).await?.ok_or(StoreError::NotFound)?, None)?;
    Ok(SeatCount { capacity: event.details.capacity, going: event.going, waiting: event.waiting })
}

/// An event without the link to join, and whether the actor may edit it.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub(crate) async fn seen(
    db: &impl sea_orm::ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Event, bool), StoreError> {
    let query = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let mut event = event_from_row(query.one(db).await?.ok_or(StoreError::NotFound)?, None)?;
    let may_edit = edits(db, actor, &event).await?;
    event.details.hide_link();
    Ok((event, may_edit))
}

/// The ID of an event that the actor may edit.
///
/// # Errors
/// `NotFound` when the actor may not edit it, so that hidden events stay hidden.
pub(crate) async fn may_edit(store: &Store, actor: &Actor, slug: &Slug) -> Result<Uuid, StoreError> {
    let query =
        event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(any_seen_by(actor));
    let row = query.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let id = row.id;
    let event = event_from_row(row, None)?;
    if edits(store.db(), actor, &event).await? { Ok(id) } else { Err(StoreError::NotFound) }
}

/// The ID of an event that the actor may see.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub(crate) async fn visible_id(
    db: &impl sea_orm::ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<Uuid, StoreError> {
    let row = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(db).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let id = row.id;
    if visible(db, actor, &event_from_row(row, None)?).await? { Ok(id) } else { Err(StoreError::NotFound) }
}
