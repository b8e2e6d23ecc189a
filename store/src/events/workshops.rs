//! Workshops inside an event, with seats of their own (D7). A workshop is an event with a parent, so that seats, offers,
//! the waitlist, emails and calendar entries are those of every event. It is in no list, and its parent decides who sees
//! and who runs it. A session of the parent's agenda names it.

use std::collections::BTreeSet;

use domain::{
    Actor, EventId, MemberId, Refusal, Slug,
    events::{Event, EventDetails, EventKind, EventStatus, Mode, Rsvp, RsvpRequest, RsvpState, Seating},
    policy::{Own, Permit, events::EditEvent, permit, seats::ManageSeat},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, RelationTrait as _,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

use super::{
    change::{apply, cancel_locked, free_slug, reinstate_locked, set_status},
    locked::count_before,
    questions::OwnAnswers,
    read::EventPage,
    rows::{EventRow, WorkshopSlot, event_from_row, find, locked, rsvp_from_row, set_details, takes_part},
    seats::{leave_in, rsvp_in},
    subjects::About,
    visibility::any_seen_by,
};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, event, rsvp, saved_session},
    secrets,
    write::{Tx, verb},
};

/// The most characters of an event's title.
const MAX_TITLE: usize = 120;

/// The details of a workshop of an event.
fn details(parent: &Event, slot: &WorkshopSlot, seats: u32) -> EventDetails {
    let of = &parent.details;
    let place = if of.place.is_empty() { String::new() } else { format!("{}, {}", slot.room, of.place) };
    EventDetails {
        title: slot.title.chars().take(MAX_TITLE).collect(),
        kind: EventKind::Workshop,
        summary: String::new(),
        description: String::new(),
        group: of.group.clone(),
        // A workshop has one kind of seat: in the room, unless the whole event is online.
        join_url: of.join_url.clone().filter(|_| place.is_empty()),
        place,
        starts: of.zone.wall(slot.starts_at),
        zone: of.zone,
        minutes: slot.minutes,
        capacity: Some(seats),
        guests_max: 0,
        opens: None,
        closes: None,
        attendee_list: of.attendee_list,
        seating: Seating { approval: false, online_capacity: None, ..of.seating },
    }
}

/// Gives a session seats, changes their number, or with `None` takes them away. More seats go to the waitlist, fewer take
/// nobody's seat (A4, A5). Without seats, the workshop is cancelled and its people are told. Returns the workshop.
pub(crate) async fn set_workshop(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    parent: &Event,
    existing: Option<Uuid>,
    slot: &WorkshopSlot,
    seats: Option<u32>,
) -> Result<Option<Uuid>, StoreError> {
    let existing = match existing {
        Some(id) => locked(tx, event::Column::Id.eq(id)).await?,
        None => None,
    };
    match (existing, seats) {
        (None, None) => Ok(None),
        (Some((_, row)), None) => {
            cancel_workshop(tx, permit, row.id).await?;
            Ok(None)
        }
        (Some((was, row)), Some(seats)) => {
            let details = details(parent, slot, seats);
            if was.details != details {
                apply(tx, permit, &was, &row, &details).await?;
            }
            Ok(Some(row.id))
        }
        (None, Some(seats)) => insert(tx, permit, parent, &details(parent, slot, seats)).await.map(Some),
    }
}

async fn insert(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    parent: &Event,
    details: &EventDetails,
) -> Result<Uuid, StoreError> {
    let slug = free_slug(tx, &details.title, details.group.as_ref()).await?;
    let id = secrets::new_id();
    let mut row = event::ActiveModel {
        id: Set(id),
        slug: Set(slug.to_string()),
        status: Set(parent.status.name().to_owned()),
        cancel_reason: Set(String::new()),
        parent_id: Set(Some(parent.id.0)),
        going: Set(0),
        waiting: Set(0),
        next_waitlist_seq: Set(1),
        online_going: Set(0),
        online_waiting: Set(0),
        next_seat_seq: Set(1),
        version: Set(1),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    set_details(tx, &mut row, details).await?;
    crate::search::event(tx, &row.insert(tx.db()).await?).await?;
    audit::record(tx, permit, "event.add_workshop", id).await?;
    Ok(id)
}

/// Moves a workshop to another slot. Its people are told as of every new time.
pub(crate) async fn move_workshop(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    parent: &Event,
    workshop: Uuid,
    slot: &WorkshopSlot,
) -> Result<(), StoreError> {
    let Some((was, row)) = locked(tx, event::Column::Id.eq(workshop)).await? else { return Ok(()) };
    let details = details(parent, slot, was.details.capacity.unwrap_or(0));
    if was.details != details {
        apply(tx, permit, &was, &row, &details).await?;
    }
    Ok(())
}

/// Cancels a workshop, because its session has no seats or no slot any more. Its people are told, and nobody sees it as a
/// part of the event.
pub(crate) async fn cancel_workshop(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    workshop: Uuid,
) -> Result<(), StoreError> {
    let Some((event, row)) = locked(tx, event::Column::Id.eq(workshop)).await? else { return Ok(()) };
    let unlinked = agenda_session::ActiveModel { workshop_id: Set(None), ..Default::default() };
    agenda_session::Entity::update_many()
        .set(unlinked)
        .filter(agenda_session::Column::WorkshopId.eq(workshop))
        .exec(tx.db())
        .await?;
    if event.status == EventStatus::Published && tx.now() < event.ends_at {
        cancel_locked(tx, permit, (&event, &row), "").await?;
    }
    Ok(())
}

/// Cancels a workshop, because a release takes its session out of the agenda. The session leaves the agendas of the people
/// who take part: they hear of the cancellation, so they need no second email about the session.
pub(crate) async fn remove_workshop(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    workshop: Uuid,
) -> Result<(), StoreError> {
    let session = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::Id)
        .filter(agenda_session::Column::WorkshopId.eq(workshop))
        .into_query();
    let people = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::MemberId)
        .filter(rsvp::Column::EventId.eq(workshop))
        .filter(takes_part())
        .into_query();
    saved_session::Entity::delete_many()
        .filter(saved_session::Column::SessionId.in_subquery(session))
        .filter(saved_session::Column::MemberId.in_subquery(people))
        .exec(tx.db())
        .await?;
    cancel_workshop(tx, permit, workshop).await
}

/// The workshops of an event that its agenda names, by id.
async fn of_event(db: &impl ConnectionTrait, parent: EventId) -> Result<Vec<Uuid>, StoreError> {
    Ok(agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::WorkshopId)
        .filter(agenda_session::Column::EventId.eq(parent.0))
        .filter(agenda_session::Column::WorkshopId.is_not_null())
        .order_by_asc(agenda_session::Column::WorkshopId)
        .into_tuple()
        .all(db)
        .await?)
}

/// After an event was published, cancelled or reinstated, its workshops follow.
pub(super) async fn follow_status(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    parent: EventId,
    status: EventStatus,
    reason: &str,
) -> Result<(), StoreError> {
    for id in of_event(tx.db(), parent).await? {
        let Some((event, row)) = locked(tx, event::Column::Id.eq(id)).await? else { continue };
        match (event.status, status) {
            (EventStatus::Draft, EventStatus::Published) => {
                set_status(tx, permit, (&event, &row), status, "", "event.publish").await?;
            }
            (EventStatus::Published, EventStatus::Cancelled) if tx.now() < event.ends_at => {
                cancel_locked(tx, permit, (&event, &row), reason).await?;
            }
            (EventStatus::Cancelled, EventStatus::Published) if tx.now() < event.ends_at => {
                reinstate_locked(tx, permit, (&event, &row)).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// After an event was changed, its workshops belong to the same group, so that the same people see them.
pub(super) async fn follow_details(tx: &Tx, parent: &Event) -> Result<(), StoreError> {
    if parent.parent.is_some() {
        return Ok(());
    }
    let row = event::Entity::find_by_id(parent.id.0).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    event::Entity::update_many()
        .set(event::ActiveModel {
            group_id: Set(row.group_id),
            attendee_list: Set(row.attendee_list),
            ..Default::default()
        })
        .filter(event::Column::ParentId.eq(parent.id.0))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The workshops at which a member has a seat, an offer or a waitlist position, by id, as a subquery.
pub(crate) fn workshops_of(member: MemberId) -> SelectStatement {
    rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .join(sea_orm::JoinType::InnerJoin, rsvp::Relation::Event.def())
        .filter(event::Column::ParentId.is_not_null())
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part())
        .into_query()
}

/// The session of a workshop is in the agenda of everybody who takes part in it, and leaves it with them.
pub(super) async fn save_session(
    tx: &Tx,
    workshop: EventId,
    member: MemberId,
    takes_part: bool,
) -> Result<(), StoreError> {
    let session: Option<Uuid> = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::Id)
        .filter(agenda_session::Column::WorkshopId.eq(workshop.0))
        .into_tuple()
        .one(tx.db())
        .await?;
    let Some(session) = session else { return Ok(()) };
    if !takes_part {
        saved_session::Entity::delete_by_id((session, member.0)).exec(tx.db()).await?;
        return Ok(());
    }
    let row = saved_session::ActiveModel {
        session_id: Set(session),
        member_id: Set(member.0),
        saved_at: Set(tx.now()),
    };
    let keep = OnConflict::columns([saved_session::Column::SessionId, saved_session::Column::MemberId])
        .do_nothing()
        .to_owned();
    saved_session::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// A member who is about to take a seat at a workshop, behind the lock of their seat at its event.
pub(super) struct Booking {
    member: MemberId,
    parent: Uuid,
    has_seat: bool,
}

/// Locks the member's seat at the event of a workshop. `None` for an event of its own. The lock comes before that of the
/// workshop, as it does when the seat is given up.
pub(super) async fn booking(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<Option<Booking>, StoreError> {
    let parent: Option<Uuid> = event::Entity::find()
        .select_only()
        .column(event::Column::ParentId)
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(event::Column::ParentId.is_not_null())
        .into_tuple()
        .one(tx.db())
        .await?;
    let (Some(parent), Some(member)) = (parent, actor.member()) else { return Ok(None) };
    let seat = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(parent))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .lock_exclusive()
        .one(tx.db())
        .await?;
    let has_seat = seat.is_some_and(|seat| seat.state == RsvpState::Going.name());
    Ok(Some(Booking { member, parent, has_seat }))
}

impl Booking {
    /// Refuses a seat at a workshop without one at its event, and while another workshop there overlaps.
    pub(super) async fn check(&self, tx: &Tx, workshop: &Event) -> Result<(), StoreError> {
        if !self.has_seat {
            return Err(Refusal::WorkshopNeedsSeat.into());
        }
        if overlapping(tx.db(), self.member, self.parent, workshop).await?.is_empty() {
            return Ok(());
        }
        Err(Refusal::WorkshopOverlaps.into())
    }
}

/// The other workshops of the same event at which a member has a seat or waits at the same time, by id.
async fn overlapping(
    db: &impl ConnectionTrait,
    member: MemberId,
    parent: Uuid,
    workshop: &Event,
) -> Result<Vec<event::Model>, StoreError> {
    Ok(event::Entity::find()
        .join(sea_orm::JoinType::InnerJoin, event::Relation::Rsvp.def())
        .filter(event::Column::ParentId.eq(parent))
        .filter(event::Column::Id.ne(workshop.id.0))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::StartsAt.lt(workshop.ends_at))
        .filter(event::Column::EndsAt.gt(workshop.starts_at))
        .filter(rsvp::Column::MemberId.eq(member.0))
        .filter(takes_part())
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?)
}

/// Swaps the workshops that overlap this one for it, in one step. The old seats are given up only if there is a free seat
/// here. Returns the RSVP.
///
/// # Errors
/// `Refused(WorkshopFull)` without a free seat, and as for taking a seat. `NotFound` for hidden and absent workshops.
pub async fn swap_workshop(store: &Store, actor: &Actor, slug: &Slug) -> Result<Rsvp, StoreError> {
    verb!(store, |tx, actor, slug| {
        let _permit: Permit<ManageSeat> = permit(actor, ManageSeat, Own)?;
        let booking = booking(tx, actor, slug).await?.ok_or(StoreError::NotFound)?;
        let row = event::Entity::find()
            .filter(event::Column::Slug.eq(slug.as_str()))
            .filter(any_seen_by(actor))
            .one(tx.db())
            .await?;
        let wanted = event_from_row(row.ok_or(StoreError::NotFound)?, None)?;
        let old = overlapping(tx.db(), booking.member, booking.parent, &wanted).await?;
        // All of them are locked in the order of their ids, so that two people who swap with each other don't wait for
        // each other.
        let mut ids: Vec<Uuid> = old.iter().map(|row| row.id).chain([wanted.id.0]).collect();
        ids.sort_unstable();
        for id in ids {
            locked(tx, event::Column::Id.eq(id)).await?;
        }
        for row in old {
            let slug = Slug::parse(&row.slug).ok_or(StoreError::NotFound)?;
            leave_in(tx, actor, &slug).await?;
        }
        let rsvp = rsvp_in(tx, actor, slug, RsvpRequest { guests: 0, mode: Mode::OnSite }).await?;
        // An error undoes everything, also the emails.
        if rsvp.state == RsvpState::Going { Ok(rsvp) } else { Err(Refusal::WorkshopFull.into()) }
    })
}

/// A workshop as a reader sees it on the page of its session.
#[derive(Clone, Debug)]
pub struct Workshop {
    /// The workshop and the reader's seat.
    pub page: EventPage,
    /// Whether the reader has a seat at the event.
    pub has_event_seat: bool,
    /// Whether somebody can take a seat, now or later.
    pub is_open: bool,
    /// The titles of workshops at the same time at which the reader has a seat or waits.
    pub overlaps: Vec<String>,
}

/// The workshop of a session that the reader sees.
///
/// # Errors
/// `NotFound` for hidden and absent workshops.
pub async fn workshop(store: &Store, actor: &Actor, id: Uuid) -> Result<Workshop, StoreError> {
    let db = store.db();
    let row = find(actor)
        .filter(event::Column::Id.eq(id))
        .filter(any_seen_by(actor))
        .into_model::<EventRow>()
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let mut event = row.event()?;
    let parent = event.parent.ok_or(StoreError::NotFound)?;
    let mut own = Vec::new();
    if let Some(me) = actor.member() {
        let rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.is_in([id, parent.0]))
            .filter(rsvp::Column::MemberId.eq(me.0))
            .all(db)
            .await?;
        own = rows.into_iter().map(rsvp_from_row).collect::<Result<Vec<_>, _>>()?;
    }
    let has_event_seat = own.iter().any(|rsvp| rsvp.event == parent && rsvp.state == RsvpState::Going);
    let rsvp = own.into_iter().find(|rsvp| rsvp.event == event.id);
    let position = match rsvp.as_ref().filter(|rsvp| rsvp.is_waiting()) {
        Some(rsvp) => Some(1 + count_before(db, rsvp).await?),
        None => None,
    };
    let overlaps = match actor.member() {
        Some(me) => overlapping(db, me, parent.0, &event).await?,
        None => Vec::new(),
    };
    if !rsvp.as_ref().is_some_and(Rsvp::joins_online) {
        event.details.hide_link();
    }
    let page = EventPage {
        event,
        host: None,
        host_slug: None,
        host_picture: None,
        group: None,
        cohosts: Vec::new(),
        rsvp,
        position,
        may_edit: false,
        may_manage: false,
        pending_requests: 0,
        about: About::default(),
        series: None,
        series_changed: false,
        questions: OwnAnswers::default(),
        agenda: Vec::new(),
        saved: BTreeSet::new(),
    };
    let is_open = page.event.status == EventStatus::Published && store.now() < page.event.ends_at;
    Ok(Workshop {
        page,
        has_event_seat,
        is_open,
        overlaps: overlaps.into_iter().map(|row| row.title).collect(),
    })
}

/// Where a workshop is: the event's slug and the session. Links in emails lead to the workshop. The session is `None` when
/// it has no seats of its own any more, or is no longer in the agenda.
///
/// # Errors
/// `NotFound` for hidden and absent workshops.
pub async fn workshop_session(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Slug, Option<Uuid>), StoreError> {
    let row = event::Entity::find()
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(event::Column::ParentId.is_not_null())
        .filter(any_seen_by(actor))
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let session: Option<Uuid> = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::Id)
        .filter(agenda_session::Column::WorkshopId.eq(row.id))
        .into_tuple()
        .one(store.db())
        .await?;
    let parent = event::Entity::find_by_id(row.parent_id.unwrap_or_default()).one(store.db()).await?;
    let slug = parent.and_then(|parent| Slug::parse(&parent.slug)).ok_or(StoreError::NotFound)?;
    Ok((slug, session))
}
