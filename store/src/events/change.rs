//! Making and changing events: create, edit, publish, cancel, reinstate.

use domain::{
    Actor, Instant, Problem, Refusal, Slug,
    emails::Email,
    events::{Event, EventDetails, EventStatus},
    policy::{Action, Permit, Relation, permit},
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
    seats,
};
use crate::{
    Store, StoreError, announcements,
    audit::{self, Changes},
    entities::event,
    groups, search, secrets,
    write::{Tx, create_key},
};

/// Makes a draft of an event. `key` comes from the form: the same key again answers with the same
/// event and makes no second one.
///
/// # Errors
/// `Refused` when the actor may not make events, `Invalid` when it would be over already.
pub async fn create(
    store: &Store,
    actor: &Actor,
    details: EventDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    let args = (*actor, details, key.to_owned());
    store.write(args, |tx, (actor, details, key)| Box::pin(create_in(tx, actor, details, key))).await
}

async fn create_in(tx: &Tx, actor: &Actor, details: &EventDetails, key: &str) -> Result<Slug, StoreError> {
    let permit = may_hold(tx, actor, details.group.as_ref()).await?;
    let key = create_key(actor, key);
    if let Some(key) = &key {
        let known = event::Entity::find().filter(event::Column::CreateKey.eq(key)).one(tx.db()).await?;
        if let Some(known) = known {
            return Ok(event_from_row(known, None)?.slug);
        }
    }
    refuse_past(details, tx.now())?;
    insert(tx, &permit, details, EventStatus::Draft, key, None).await
}

/// The permit to make an event for a group, or for none. A hidden group is none of the choices.
async fn may_hold(tx: &Tx, actor: &Actor, group: Option<&Slug>) -> Result<Permit, StoreError> {
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
    Ok(permit(actor, Action::CreateEvent, Relation::to_new_event(role))?)
}

/// Whether the actor may give an event to another group: they make events there, and this one is theirs
/// or its group's, not only held together with them.
async fn may_move(tx: &Tx, actor: &Actor, was: &Event, to: Option<&Slug>) -> Result<(), StoreError> {
    let _permit = may_hold(tx, actor, to).await?;
    let role = match &was.details.group {
        Some(slug) => match groups::id_of(tx.db(), slug).await? {
            Some(group) => groups::role_in(tx.db(), actor, group).await?,
            None => None,
        },
        None => None,
    };
    let hosts = was.host.is_some() && was.host == actor.member();
    let _permit = permit(actor, Action::EditEvent, Relation::to_event(hosts, role))?;
    match to {
        Some(slug) => groups::refuse_outsiders(tx, slug, was.id).await,
        None => Ok(()),
    }
}

/// Writes a new event down. Only who has a permit gets here.
pub(crate) async fn insert(
    tx: &Tx,
    permit: &Permit,
    details: &EventDetails,
    status: EventStatus,
    create_key: Option<String>,
    import_key: Option<String>,
) -> Result<Slug, StoreError> {
    let slug = free_slug(tx, details).await?;
    let id = secrets::new_id();
    let mut row = event::ActiveModel {
        id: Set(id),
        slug: Set(slug.to_string()),
        status: Set(status.name().to_owned()),
        cancel_reason: Set(String::new()),
        host_id: Set(permit.by().map(|member| member.0)),
        going: Set(0),
        waiting: Set(0),
        next_place: Set(1),
        online_going: Set(0),
        online_waiting: Set(0),
        next_seat: Set(1),
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

async fn free_slug(tx: &Tx, details: &EventDetails) -> Result<Slug, StoreError> {
    // These are pages of their own below /events/.
    let wanted = match Slug::of_title(&details.title, "event") {
        slug if slug.as_str() == "new" => slug.with_suffix("event"),
        slug => slug,
    };
    // What is hidden takes no plain name: else who is told that it is taken knows of it.
    let hidden = match &details.group {
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

/// What became of an edit.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The event's page.
    pub slug: Slug,
    /// Whether it has another time or place now.
    pub moved: bool,
    /// How many people are told, in some minutes unless it starts soon.
    pub told: u32,
    /// What the clock does at the start (B2).
    pub flag: ClockFlag,
}

/// Changes an event. Another time, place or link of a published one is told to everyone who takes part, another
/// title to those with a seat, whose calendars show it (C1, C4). More capacity promotes (A5), less evicts nobody
/// (A4).
///
/// # Errors
/// `Refused(ChangedMeanwhile)`, with the version that is the event's now, when `version` is not; `Invalid` when it would be
/// moved into the past; `NotFound` for hidden and absent events.
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
            Box::pin(edit_in(tx, actor, slug, details, *version))
        })
        .await
}

async fn edit_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    details: &EventDetails,
    version: u32,
) -> Result<Edited, StoreError> {
    let (was, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &was).await?;
    let flag = details.instants().2;
    if was.details == *details {
        return Ok(Edited { slug: slug.clone(), moved: false, told: 0, flag });
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
    let told = apply(tx, &permit, &was, &row, details).await?;
    Ok(Edited { slug: slug.clone(), moved, told, flag })
}

/// Changes an event behind its lock: tells whom it concerns, promotes whom it makes room for.
/// Answers with how many people are told. Only who has a permit gets here.
pub(crate) async fn apply(
    tx: &Tx,
    permit: &Permit,
    was: &Event,
    row: &event::Model,
    details: &EventDetails,
) -> Result<u32, StoreError> {
    let mut change =
        event::ActiveModel { id: Set(row.id), version: Set(row.version + 1), ..Default::default() };
    set_details(tx, &mut change, details).await?;
    let changed = change.update(tx.db()).await?;
    search::event(tx, &changed).await?;
    let now = event_from_row(changed, details.group.clone())?;
    if was.details.group != details.group {
        cohosting::end_own_cohosting(tx, now.id, details.group.as_ref()).await?;
    }
    let form = |details: &EventDetails| serde_json::to_value(details.to_form(0));
    let facts = Changes::between(form(&was.details)?, form(details)?);
    audit::record_changes(tx, permit, "event.edit", row.id, facts).await?;
    LockedEvent::at(tx, now.clone(), row).collapse_to_one_mode().await?;
    let concerns = was.details.calendar_differs(details) && now.status != EventStatus::Draft;
    let told = if concerns && tx.now() < now.ends_at { moved::note(tx, was, &now).await? } else { 0 };
    seats::settle(tx, &now, row).await?;
    Ok(told)
}

async fn set_status(
    tx: &Tx,
    permit: &Permit,
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

/// Who can see a published event, and what they can do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Only the members of its private group see it.
    pub private: bool,
    /// A host decides on each request for a seat (A11).
    pub approval: bool,
}

/// Shows a draft to everybody; a published event stays as it is.
///
/// # Errors
/// `Refused(EventCancelled)`, `Refused(GroupClosed)`, `Invalid` when it is over already, `NotFound` for
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
                announcements::new_event(tx, &permit, &event, &row).await?;
                Ok(published)
            })
        })
        .await
}

/// Cancels an event. Everyone who has a seat or waits is told two minutes later, unless it is undone before (C2,
/// C5). Answers with how many people that concerns. Cancelling again changes nothing.
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
                let status = EventStatus::Cancelled;
                let event = set_status(tx, &permit, (&event, &row), status, reason, "event.cancel").await?;
                moved::suspend(tx, event.id).await?;
                notices::plan(tx, event.id, Notice::Cancellation).await?;
                notify::count_participants(tx, &event).await
            })
        })
        .await
}

/// Tells everyone of a cancellation that can no longer be undone without a word, behind the event's lock.
pub(super) async fn tell_cancelled(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    announcements::drop_held(tx, event.id).await?;
    // People who have not heard of a change yet know the event as it was before (C4, C5).
    let history = moved::pending(tx, event.id).await?;
    notify::notify_where(tx, event, |answer, sequence| {
        let facts = facts(event, answer);
        let known = history.as_ref().and_then(|history| history.known(answer));
        Some(Email::Cancelled {
            event: known.map_or_else(|| facts.clone(), |known| known.facts(&facts, answer.attends_online())),
            reason: event.cancel_reason.clone(),
            sequence,
        })
    })
    .await?;
    Ok(())
}

/// Takes a cancellation back: everyone keeps their seat or place. Within two minutes nobody has heard of it, and
/// nobody is told. After that everyone is, together with what changed while they thought it was off (C2). Answers
/// with how many people are told.
///
/// # Errors
/// `Refused(EventNotCancelled)`, `Refused(EventOver)`, `Refused(GroupClosed)`, `NotFound` for hidden and absent events.
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
                let status = EventStatus::Published;
                let event = set_status(tx, &permit, (&event, &row), status, "", "event.reinstate").await?;
                LockedEvent::at(tx, event.clone(), &row).resume_timers().await?;
                let told = match notices::drop_waiting(tx, event.id, Notice::Cancellation).await? {
                    true => moved::resume(tx, event.id).await.map(|()| 0)?,
                    false => tell_reinstated(tx, &event).await?,
                };
                seats::settle(tx, &event, &row).await?;
                Ok(told)
            })
        })
        .await
}

async fn tell_reinstated(tx: &Tx, event: &Event) -> Result<u32, StoreError> {
    let history = moved::take(tx, event.id).await?;
    notify::notify_where(tx, event, |answer, sequence| {
        let now = facts(event, answer);
        let known = history.as_ref().and_then(|history| history.known(answer));
        let was = known.map(|known| known.facts(&now, answer.attends_online()));
        Some(Email::Reinstated { was: was.filter(|was| *was != now), event: now, sequence })
    })
    .await
}
