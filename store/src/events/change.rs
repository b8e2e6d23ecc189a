//! Creating and changing events: create, edit, publish, cancel, reinstate.

use domain::{
    Actor, EventId, Instant, Problem, Refusal, Slug,
    emails::{self, Email},
    events::{Event, EventDetails, EventStatus},
    policy::{
        Permit,
        events::{CreateEvent, EditEvent, EventRelation},
        permit,
    },
    time::ClockFlag,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::{
    cohosting,
    locked::LockedEvent,
    moved,
    notices::{self, Notice},
    notify::{self, facts},
    rows::{edit_permit, event_from_row, lock, set_details},
    seats, workshops,
};
use crate::{
    Store, StoreError, announcements,
    audit::{self, Changes},
    entities::event,
    groups, search, secrets,
    write::{Tx, create_key},
};

/// Creates a draft event. `key` comes from the form: sending the same key again returns the same event
/// instead of creating a second one.
///
/// # Errors
/// `Refused` when the actor may not create events, `Invalid` when the event would have ended already.
pub async fn create(
    store: &Store,
    actor: &Actor,
    details: EventDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    let args = (*actor, details, key.to_owned());
    store.write(args, |tx, (actor, details, key)| Box::pin(create_in(tx, actor, details, key))).await
}

/// Like [`create`], inside another verb.
pub(crate) async fn create_in(
    tx: &Tx,
    actor: &Actor,
    details: &EventDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    let permit = create_permit(tx, actor, details.group.as_ref()).await?;
    let key = create_key(actor, key);
    if let Some(key) = &key {
        let existing = event::Entity::find().filter(event::Column::CreateKey.eq(key)).one(tx.db()).await?;
        if let Some(existing) = existing {
            return Ok(event_from_row(existing, None)?.slug);
        }
    }
    refuse_past(details, tx.now())?;
    insert(tx, &permit, details, EventStatus::Draft, key, None).await
}

/// The permit to create an event, in a group or without one. Hidden groups are treated like absent ones.
async fn create_permit(
    tx: &Tx,
    actor: &Actor,
    group: Option<&Slug>,
) -> Result<Permit<CreateEvent>, StoreError> {
    let role = match group {
        None => None,
        Some(slug) => {
            let Some(row) = groups::seen(tx.db(), actor, slug).await? else {
                let problem = Problem { field: "group".into(), why: Refusal::BadChoice };
                return Err(StoreError::Invalid(vec![problem]));
            };
            if row.archived_at.is_some() {
                return Err(Refusal::GroupClosed.into());
            }
            Some(groups::role_in(tx.db(), actor, row.id).await?)
        }
    };
    Ok(permit(actor, CreateEvent, EventRelation::of_new(role))?)
}

/// Checks that the actor may move an event to another group. They must be able to create events there, and be
/// the host or organise the event's own group. Co-hosting is not enough.
pub(crate) async fn may_move(
    tx: &Tx,
    actor: &Actor,
    event: &Event,
    group: Option<&Slug>,
) -> Result<(), StoreError> {
    let _permit = create_permit(tx, actor, group).await?;
    let role = match &event.details.group {
        Some(slug) => match groups::id_of(tx.db(), slug).await? {
            Some(id) => groups::role_in(tx.db(), actor, id).await?,
            None => None,
        },
        None => None,
    };
    let hosts = event.host.is_some() && event.host == actor.member();
    let _permit = permit(actor, EditEvent, EventRelation::of(hosts, false, role))?;
    match group {
        Some(slug) => groups::refuse_outsiders(tx, slug, event.id).await,
        None => Ok(()),
    }
}

/// Inserts a new event.
pub(crate) async fn insert(
    tx: &Tx,
    permit: &Permit<CreateEvent>,
    details: &EventDetails,
    status: EventStatus,
    create_key: Option<String>,
    import_key: Option<String>,
) -> Result<Slug, StoreError> {
    let slug = free_slug(tx, &details.title, details.group.as_ref()).await?;
    let id = secrets::new_id();
    let mut row = event::ActiveModel {
        id: Set(id),
        slug: Set(slug.to_string()),
        status: Set(status.name().to_owned()),
        cancel_reason: Set(String::new()),
        host_id: Set(permit.by().map(|member| member.0)),
        going: Set(0),
        waiting: Set(0),
        next_waitlist_seq: Set(1),
        online_going: Set(0),
        online_waiting: Set(0),
        next_seat_seq: Set(1),
        version: Set(1),
        create_key: Set(create_key),
        import_key: Set(import_key),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    set_details(tx, &mut row, details).await?;
    search::event(tx, &row.insert(tx.db()).await?).await?;
    audit::record(tx, permit, "event.create", id).await?;
    Ok(slug)
}

/// A free slug for a title. In a private group it has a random suffix.
pub(super) async fn free_slug(tx: &Tx, title: &str, group: Option<&Slug>) -> Result<Slug, StoreError> {
    // "/events/new" is a page of its own.
    let wanted = match Slug::of_title(title, "event") {
        slug if slug.as_str() == "new" => slug.with_suffix("event"),
        slug => slug,
    };
    // Hidden events get a random suffix, so that a taken slug reveals nothing.
    let hidden = match group {
        Some(group) => groups::is_private(tx.db(), group).await?,
        None => false,
    };
    let mut slug = if hidden { wanted.with_suffix(&secrets::suffix()) } else { wanted.clone() };
    while event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).count(tx.db()).await? > 0 {
        slug = wanted.with_suffix(&secrets::suffix());
    }
    Ok(slug)
}

fn refuse_past(details: &EventDetails, now: Instant) -> Result<(), StoreError> {
    if details.instants().1 <= now {
        let problem = Problem { field: "date".into(), why: Refusal::InThePast };
        return Err(StoreError::Invalid(vec![problem]));
    }
    Ok(())
}

/// The result of an edit.
#[derive(Clone, Debug)]
pub struct Edited {
    /// Slug of the event's page.
    pub slug: Slug,
    /// Whether its time or place changed.
    pub moved: bool,
    /// How many people will be emailed. The emails wait some minutes unless the event starts soon.
    pub notified: u32,
    /// Whether the start falls where the clocks change (B2).
    pub flag: ClockFlag,
}

/// Changes an event. If time, place or link of a published event change, everyone who takes part is emailed.
/// A new title is emailed to people with a seat, because their calendar shows it (C1, C4). More capacity
/// fills seats from the waitlist (A5), less takes no seat away (A4).
///
/// # Errors
/// `Refused(ChangedMeanwhile)` with the current version when `version` is outdated, `Invalid` when the event
/// would move into the past, `NotFound` for hidden and absent events.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    details: EventDetails,
    version: u32,
) -> Result<Edited, StoreError> {
    let args = (*actor, slug.clone(), details, version);
    store
        .write(args, |tx, (actor, slug, details, version)| {
            Box::pin(async move {
                let (edited, was) = edit_in(tx, actor, slug, details, *version).await?;
                if was.details != *details {
                    set_series_changed(tx, was.id, true).await?;
                }
                Ok(edited)
            })
        })
        .await
}

/// Records whether a date was changed on its own, so that changes of its series leave it alone (B5). Does nothing at
/// an event without a series.
pub(crate) async fn set_series_changed(tx: &Tx, id: EventId, changed: bool) -> Result<(), StoreError> {
    event::Entity::update_many()
        .set(event::ActiveModel { series_changed: Set(changed), ..Default::default() })
        .filter(event::Column::Id.eq(id.0))
        .filter(event::Column::SeriesId.is_not_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Changes an event inside a verb. Also returns the event as it was.
pub(crate) async fn edit_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    details: &EventDetails,
    version: u32,
) -> Result<(Edited, Event), StoreError> {
    let (was, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &was).await?;
    let flag = details.instants().2;
    if was.details == *details {
        return Ok((Edited { slug: slug.clone(), moved: false, notified: 0, flag }, was));
    }
    if was.version != version {
        return Err(Refusal::ChangedMeanwhile { version: i64::from(was.version) }.into());
    }
    if was.details.group != details.group {
        may_move(tx, actor, &was, details.group.as_ref()).await?;
    }
    let moved = was.details.moved_to(details);
    if moved {
        refuse_past(details, tx.now())?;
    }
    let notified = apply(tx, &permit, &was, &row, details).await?;
    Ok((Edited { slug: slug.clone(), moved, notified, flag }, was))
}

/// Changes an event behind its lock, notifies the people it concerns and fills new seats. Returns how many
/// people will be emailed.
pub(crate) async fn apply(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    was: &Event,
    row: &event::Model,
    details: &EventDetails,
) -> Result<u32, StoreError> {
    let mut change =
        event::ActiveModel { id: Set(row.id), version: Set(row.version + 1), ..Default::default() };
    set_details(tx, &mut change, details).await?;
    let changed = change.update(tx.db()).await?;
    search::event(tx, &changed).await?;
    let event = event_from_row(changed, details.group.clone())?;
    if was.details.group != details.group {
        cohosting::end_own_cohosting(tx, event.id, details.group.as_ref()).await?;
    }
    workshops::follow_details(tx, &event).await?;
    let form = |details: &EventDetails| serde_json::to_value(details.to_form(0));
    let changes = Changes::between(form(&was.details)?, form(details)?);
    audit::record_changes(tx, permit, "event.edit", row.id, changes).await?;
    LockedEvent::at(tx, event.clone(), row).collapse_to_one_mode().await?;
    let notifies = was.details.calendar_differs(details) && event.status != EventStatus::Draft;
    let notified =
        if notifies && tx.now() < event.ends_at { moved::record_change(tx, was, &event).await? } else { 0 };
    seats::settle(tx, &event, row).await?;
    Ok(notified)
}

pub(super) async fn set_status(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    (was, row): (&Event, &event::Model),
    status: EventStatus,
    reason: &str,
    action: &'static str,
) -> Result<Event, StoreError> {
    let change = event::ActiveModel {
        id: Set(row.id),
        status: Set(status.name().to_owned()),
        cancel_reason: Set(reason.to_owned()),
        version: Set(row.version + 1),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    let changed = change.update(tx.db()).await?;
    let facts = Changes::default().and("status", was.status.name(), status.name());
    audit::record_changes(tx, permit, action, row.id, facts).await?;
    event_from_row(changed, was.details.group.clone())
}

/// What to tell the host after publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Only members of the event's private group can see it.
    pub private: bool,
    /// Hosts decide on each request for a seat (A11).
    pub approval: bool,
}

/// Publishes a draft. Publishing again changes nothing.
///
/// # Errors
/// `Refused(EventCancelled)`, `Refused(GroupClosed)`, `Invalid` when the event has ended, `NotFound` for
/// hidden and absent events.
pub async fn publish(store: &Store, actor: &Actor, slug: &Slug) -> Result<Published, StoreError> {
    store
        .write((*actor, slug.clone()), |tx, (actor, slug)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let published = Published {
                    private: !groups::private_ids(tx.db(), row.group_id).await?.is_empty(),
                    approval: event.details.seating.approval,
                };
                match event.status {
                    EventStatus::Published => return Ok(published),
                    EventStatus::Cancelled => return Err(Refusal::EventCancelled.into()),
                    EventStatus::Draft => refuse_past(&event.details, tx.now())?,
                }
                groups::refuse_closed(tx, row.group_id).await?;
                set_status(tx, &permit, (&event, &row), EventStatus::Published, "", "event.publish").await?;
                workshops::follow_status(tx, &permit, event.id, EventStatus::Published, "").await?;
                announcements::new_event(tx, &permit, &event, &row).await?;
                Ok(published)
            })
        })
        .await
}

/// Cancels an event. Everyone with a seat, offer, request or waitlist position is emailed two minutes later,
/// unless the event is reinstated before (C2, C5). Returns how many people that is. Cancelling again
/// changes nothing.
///
/// # Errors
/// `Refused(NotPublished)` for a draft, `Refused(EventOver)`, `NotFound` for hidden and absent events.
pub async fn cancel(store: &Store, actor: &Actor, slug: &Slug, reason: &str) -> Result<u32, StoreError> {
    let args = (*actor, slug.clone(), reason.to_owned());
    store
        .write(args, |tx, (actor, slug, reason)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                match event.status {
                    EventStatus::Cancelled => return Ok(0),
                    EventStatus::Draft => return Err(Refusal::NotPublished.into()),
                    EventStatus::Published if tx.now() >= event.ends_at => {
                        return Err(Refusal::EventOver.into());
                    }
                    EventStatus::Published => {}
                }
                let event = cancel_locked(tx, &permit, (&event, &row), reason).await?;
                workshops::follow_status(tx, &permit, event.id, EventStatus::Cancelled, reason).await?;
                notify::count_participants(tx, &event).await
            })
        })
        .await
}

/// Cancels a published event behind its lock, and plans the emails about it.
pub(crate) async fn cancel_locked(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    event: (&Event, &event::Model),
    reason: &str,
) -> Result<Event, StoreError> {
    let event = set_status(tx, permit, event, EventStatus::Cancelled, reason, "event.cancel").await?;
    moved::suspend(tx, event.id).await?;
    notices::plan(tx, event.id, Notice::Cancellation).await?;
    Ok(event)
}

/// Emails everyone about a cancellation once the two minutes to undo it are over. Runs behind the event's lock.
pub(super) async fn notify_cancelled(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    announcements::cancel_scheduled(tx, event.id).await?;
    // People who weren't told of a change yet know the event as it was before (C4, C5).
    let history = moved::pending(tx, event.id).await?;
    notify::notify_where(tx, event, |rsvp, sequence| {
        let facts = facts(event, rsvp);
        let known = history.as_ref().and_then(|history| history.known(rsvp));
        Some(Email::from(emails::Cancelled {
            event: known.map_or_else(|| facts.clone(), |known| known.facts(&facts, rsvp.attends_online())),
            reason: event.cancel_reason.clone(),
            sequence,
        }))
    })
    .await?;
    Ok(())
}

/// Reinstates a cancelled event. Everyone keeps their seat or waitlist position. Within two minutes the
/// cancellation wasn't announced, so no email is sent. Later, everyone is emailed, also about what changed
/// since (C2). Returns how many people are emailed.
///
/// # Errors
/// `Refused(EventNotCancelled)`, `Refused(EventOver)`, `Refused(GroupClosed)`, `NotFound` for hidden and
/// absent events.
pub async fn reinstate(store: &Store, actor: &Actor, slug: &Slug) -> Result<u32, StoreError> {
    store
        .write((*actor, slug.clone()), |tx, (actor, slug)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                if event.status != EventStatus::Cancelled {
                    return Err(Refusal::EventNotCancelled.into());
                }
                if tx.now() >= event.ends_at {
                    return Err(Refusal::EventOver.into());
                }
                groups::refuse_closed(tx, row.group_id).await?;
                let notified = reinstate_locked(tx, &permit, (&event, &row)).await?;
                workshops::follow_status(tx, &permit, event.id, EventStatus::Published, "").await?;
                Ok(notified)
            })
        })
        .await
}

/// Reinstates a cancelled event behind its lock. Returns how many people are emailed.
pub(super) async fn reinstate_locked(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    (event, row): (&Event, &event::Model),
) -> Result<u32, StoreError> {
    let status = EventStatus::Published;
    let event = set_status(tx, permit, (event, row), status, "", "event.reinstate").await?;
    LockedEvent::at(tx, event.clone(), row).resume_timers().await?;
    let notified = match notices::cancel_planned(tx, event.id, Notice::Cancellation).await? {
        true => moved::resume(tx, event.id).await.map(|()| 0)?,
        false => notify_reinstated(tx, &event).await?,
    };
    seats::settle(tx, &event, row).await?;
    Ok(notified)
}

async fn notify_reinstated(tx: &Tx, event: &Event) -> Result<u32, StoreError> {
    let history = moved::take_pending(tx, event.id).await?;
    notify::notify_where(tx, event, |rsvp, sequence| {
        let now = facts(event, rsvp);
        let known = history.as_ref().and_then(|history| history.known(rsvp));
        let was = known.map(|known| known.facts(&now, rsvp.attends_online()));
        Some(Email::from(emails::Reinstated { was: was.filter(|was| *was != now), event: now, sequence }))
    })
    .await
}
