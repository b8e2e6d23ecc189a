//! Announcements that hosts send to people around an event (C10), and the news that a group has a new event.
//! Both wait a while, and are then sent in batches.

mod news;
mod rows;
mod send;

pub(crate) use rows::KINDS;

pub use rows::AnnouncementRow;

pub(crate) use news::{cancel_scheduled, new_event, new_event_of};
pub(crate) use send::{ANNOUNCEMENT, due_announcements, run_announcement};

use std::collections::HashMap;

use chrono::{Duration, NaiveDateTime, NaiveTime};
use domain::{
    Actor, AnnouncementId, Instant, MemberId, Problem, Refusal, Slug,
    announcements::{Announcement, AnnouncementState, MAX_PER_DAY, MAX_TESTS_PER_HOUR, SEND_DELAY, Segment},
    emails::{self, Email, Mailing},
    events::{Event, EventStatus},
    policy::{Permit, events::EditEvent, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use rows::{content_columns, kind, new_row, read_row, set_state};

use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{announcement, audit as log, event},
    events::{edit_permit, event_from_row, facts_for_all, lock, relation, visible},
    members, outbox,
    write::{Tx, create_key},
};

/// Maximum number of announcements listed for an event, the newest ones.
const MAX_LISTED: u64 = 100;

/// Number of people in each segment.
pub type Counts = Vec<(Segment, u64)>;

/// Everything that the page of an event's announcements shows.
#[derive(Clone, Debug)]
pub struct AnnouncementsPage {
    /// The event that the announcements are about.
    pub event: Event,
    /// The segments that the event has, with their sizes.
    pub counts: Counts,
    /// Announcements, the newest first, at most 100.
    pub listed: Vec<AnnouncementRow>,
}

/// The announcements of an event, for people who may edit it.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn announcements_page(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<AnnouncementsPage, StoreError> {
    let row = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(store.db()).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let event = event_from_row(row.clone(), None)?;
    if !visible(store.db(), actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    let _permit = permit(actor, EditEvent, relation(store.db(), actor, &event).await?)?;
    let rows = announcement::Entity::find()
        .filter(announcement::Column::EventId.eq(row.id))
        .filter(announcement::Column::Kind.eq(kind::MESSAGE))
        .order_by_desc(announcement::Column::Id)
        .limit(MAX_LISTED)
        .all(store.db())
        .await?;
    let mut counts = Vec::new();
    for segment in Segment::ALL {
        let applies = match segment {
            // Only members of the group are known not to have replied.
            Segment::Unanswered => row.group_id.is_some(),
            Segment::InTheRoom | Segment::Online => event.is_hybrid(),
            Segment::Going | Segment::Waiting | Segment::NotGoing => true,
        };
        if applies {
            counts.push((*segment, send::segment(&row, &[*segment]).count(store.db()).await?));
        }
    }
    let listed = rows.into_iter().map(read_row).collect::<Result<_, _>>()?;
    Ok(AnnouncementsPage { event, counts, listed })
}

/// Schedules an announcement for its time, or in two minutes. `key` comes from the form: sending the same key
/// again doesn't create a second one.
///
/// # Errors
/// `Refused` when the actor may not edit the event, for drafts and cancelled events, and when five are
/// scheduled for that day. `Invalid` when the time has passed or is after the end. `NotFound` for hidden and
/// absent events.
pub async fn schedule(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    content: Announcement,
    key: &str,
) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), content, key.to_owned());
    store
        .write(args, |tx, (actor, slug, content, key)| Box::pin(schedule_in(tx, actor, slug, content, key)))
        .await
}

async fn schedule_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    content: &Announcement,
    key: &str,
) -> Result<(), StoreError> {
    let (event, permit) = lock_published(tx, actor, slug).await?;
    let key = create_key(actor, key);
    if let Some(key) = &key {
        let existing = announcement::Entity::find().filter(announcement::Column::CreateKey.eq(key));
        if existing.one(tx.db()).await?.is_some() {
            return Ok(());
        }
    }
    let due_at = due_at(tx, &event, content.at)?;
    refuse_too_many(tx, &event, due_at, None).await?;
    let row = announcement::ActiveModel {
        kind: Set(kind::MESSAGE.to_owned()),
        create_key: Set(key),
        ..new_row(tx, permit.by(), &event, content, due_at)
    };
    let row = row.insert(tx.db()).await?;
    audit::record(tx, &permit, "announcement.schedule", row.id).await
}

/// Locks an event that can have announcements. A draft has no attendees, and attendees of a cancelled event got
/// an email about that.
async fn lock_published(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Event, Permit<EditEvent>), StoreError> {
    let (event, _) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    match event.status {
        EventStatus::Published => Ok((event, permit)),
        EventStatus::Draft => Err(Refusal::NotPublished.into()),
        EventStatus::Cancelled => Err(Refusal::EventCancelled.into()),
    }
}

fn due_at(tx: &Tx, event: &Event, at: Option<NaiveDateTime>) -> Result<Instant, StoreError> {
    let due_at = at.map_or(tx.now() + SEND_DELAY, |at| event.zone().resolve(at).at);
    if due_at < tx.now() {
        let problem = Problem { field: "at".into(), why: Refusal::InThePast };
        return Err(StoreError::Invalid(vec![problem]));
    }
    // Announcements after the event, such as a thank-you, are written after it. Those scheduled before it must
    // go out before its end.
    if at.is_some() && tx.now() < event.ends_at && due_at >= event.ends_at {
        let problem = Problem { field: "at".into(), why: Refusal::AfterTheEnd };
        return Err(StoreError::Invalid(vec![problem]));
    }
    Ok(due_at)
}

/// Refuses when the event has enough announcements on that day, in its own time zone.
async fn refuse_too_many(
    tx: &Tx,
    event: &Event,
    due_at: Instant,
    except: Option<AnnouncementId>,
) -> Result<(), StoreError> {
    let midnight = event.zone().wall(due_at).date().and_time(NaiveTime::MIN);
    let day = (event.zone().resolve(midnight).at, event.zone().resolve(midnight + Duration::days(1)).at);
    let others = announcement::Entity::find()
        .filter(announcement::Column::EventId.eq(event.id.0))
        .filter(announcement::Column::Kind.eq(kind::MESSAGE))
        .filter(announcement::Column::State.ne(AnnouncementState::Cancelled.name()))
        .filter(announcement::Column::DueAt.gte(day.0))
        .filter(announcement::Column::DueAt.lt(day.1))
        .filter(announcement::Column::Id.ne(except.map_or(Uuid::nil(), |id| id.0)))
        .count(tx.db())
        .await?;
    if others >= u64::from(MAX_PER_DAY) {
        return Err(Refusal::TooManyAnnouncements { max: i64::from(MAX_PER_DAY) }.into());
    }
    Ok(())
}

/// Changes a scheduled announcement.
///
/// # Errors
/// As for [`schedule`]. `Refused(ChangedMeanwhile)` when `version` is outdated, `Refused(AnnouncementGone)`
/// when sending has started.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: AnnouncementId,
    content: Announcement,
    version: u32,
) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), id, content, version);
    store
        .write(args, |tx, (actor, slug, id, content, version)| {
            Box::pin(async move {
                let (event, permit) = lock_published(tx, actor, slug).await?;
                let row = find_scheduled(tx, &event, *id).await?;
                if row.version != i32::try_from(*version).unwrap_or(0) {
                    return Err(Refusal::ChangedMeanwhile { version: i64::from(row.version) }.into());
                }
                let due_at = due_at(tx, &event, content.at)?;
                refuse_too_many(tx, &event, due_at, Some(*id)).await?;
                // Replies go to the author. Only they decide whether people see their address.
                let is_author = actor.member().map(|me| me.0) == row.by_id;
                let shares_address = if is_author { content.shares_address } else { row.shares_address };
                let change = announcement::ActiveModel {
                    id: Set(row.id),
                    version: Set(row.version + 1),
                    shares_address: Set(shares_address),
                    ..content_columns(content, due_at)
                };
                let after = change.update(tx.db()).await?;
                audit::record_changes(tx, &permit, "announcement.edit", row.id, changes(&row, &after)).await
            })
        })
        .await
}

/// The changes of an edit for the audit log.
fn changes(before: &announcement::Model, after: &announcement::Model) -> Changes {
    let at = |row: &announcement::Model| row.due_at.format("%Y-%m-%d %H:%M UTC").to_string();
    Changes::default()
        .and("subject", &before.subject, &after.subject)
        .and("message", &before.message, &after.message)
        .and("reply", &before.shares_address.to_string(), &after.shares_address.to_string())
        .and("segments", &before.segments, &after.segments)
        .and("at", &at(before), &at(after))
}

/// Cancels a scheduled announcement. Cancelling again changes nothing.
///
/// # Errors
/// `Refused(AnnouncementGone)` when sending has started, `Refused` when the actor may not edit the event,
/// `NotFound` for hidden and absent events.
pub async fn cancel(store: &Store, actor: &Actor, slug: &Slug, id: AnnouncementId) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), id), |tx, (actor, slug, id)| {
            Box::pin(async move {
                let (event, _) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let row = find_and_lock(tx, &event, *id).await?;
                if row.state == AnnouncementState::Cancelled.name() {
                    return Ok(());
                }
                let row = find_scheduled(tx, &event, AnnouncementId(row.id)).await?;
                set_state(tx, &row, AnnouncementState::Cancelled).await?;
                audit::record(tx, &permit, "announcement.cancel", row.id).await
            })
        })
        .await
}

async fn find_and_lock(
    tx: &Tx,
    event: &Event,
    id: AnnouncementId,
) -> Result<announcement::Model, StoreError> {
    announcement::Entity::find_by_id(id.0)
        .filter(announcement::Column::EventId.eq(event.id.0))
        .filter(announcement::Column::Kind.eq(kind::MESSAGE))
        .lock_exclusive()
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)
}

async fn find_scheduled(
    tx: &Tx,
    event: &Event,
    id: AnnouncementId,
) -> Result<announcement::Model, StoreError> {
    let row = find_and_lock(tx, event, id).await?;
    if row.state != AnnouncementState::Held.name() {
        return Err(Refusal::AnnouncementGone.into());
    }
    Ok(row)
}

/// Audit action of a test email. Recent tests are counted by it.
const SEND_TEST: &str = "announcement.test";

/// Sends an announcement as a test to its author only.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `SlowDown` after [`MAX_TESTS_PER_HOUR`] within an hour,
/// `NotFound` for hidden and absent events.
pub async fn send_test(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    content: Announcement,
) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), content), |tx, (actor, slug, content)| {
            Box::pin(async move {
                let (event, _) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let Some(member) = permit.by() else { return Ok(()) };
                // Locked, so that tests for two events at once are both counted.
                let writer = members::lock(tx, member).await?;
                let Some(to) = members::recipient(&writer) else { return Ok(()) };
                check_test_limit(tx, member).await?;
                audit::record(tx, &permit, SEND_TEST, event.id.0).await?;
                let email = Email::from(emails::Announcement {
                    id: None,
                    event: facts_for_all(&event),
                    from: writer.clone().shown_name(),
                    subject: content.subject.clone(),
                    words: content.message.clone(),
                    trial: true,
                    reply_to: content.shares_address.then(|| (member, to.address.clone())),
                    mailing: Mailing { member, group: None },
                });
                outbox::post(tx, Some(member), &to, &email).await
            })
        })
        .await
}

/// Refuses when the member has sent the maximum number of tests within an hour.
async fn check_test_limit(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let recent: Vec<Instant> = log::Entity::find()
        .select_only()
        .column(log::Column::At)
        .filter(log::Column::MemberId.eq(member.0))
        .filter(log::Column::Action.eq(SEND_TEST))
        .filter(log::Column::At.gt(tx.now() - Duration::hours(1)))
        .order_by_desc(log::Column::At)
        .limit(MAX_TESTS_PER_HOUR)
        .into_tuple()
        .all(tx.db())
        .await?;
    match recent.last().filter(|_| recent.len() as u64 == MAX_TESTS_PER_HOUR) {
        Some(oldest) => {
            let seconds = (*oldest + Duration::hours(1) - tx.now()).num_seconds().max(1);
            Err(Refusal::SlowDown { seconds }.into())
        }
        None => Ok(()),
    }
}

/// The authors of some announcements.
pub(crate) async fn writers(
    tx: &Tx,
    announcements: impl IntoIterator<Item = AnnouncementId>,
) -> Result<HashMap<AnnouncementId, MemberId>, StoreError> {
    let ids = announcements.into_iter().map(|id| id.0);
    let rows = announcement::Entity::find().filter(announcement::Column::Id.is_in(ids)).all(tx.db()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((AnnouncementId(row.id), MemberId(row.by_id?)))).collect())
}
