//! What organisers write to those around an event (C10), and the news that a group has a new event. Both are
//! held for a while, and then go out some at a time.

mod send;

pub(crate) use send::chores;

use std::collections::HashMap;

use chrono::{Duration, NaiveDateTime, NaiveTime};
use domain::{
    Actor, AnnouncementId, EventId, Instant, MemberId, Problem, Refusal, Slug,
    announcements::{
        Announcement, AnnouncementState, MAX_PER_DAY, MAX_TESTS_PER_HOUR, NEW_EVENT_DELAY, SEND_DELAY,
        Segment,
    },
    emails::{Email, Mailing},
    events::{Event, EventStatus},
    policy::{Action, Permit, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{announcement, audit as log, event},
    events::{edit_permit, event_from_row, facts_for_all, lock, relation, visible},
    members, outbox, secrets,
    write::{Tx, create_key},
};

/// What a row is.
mod kind {
    pub(super) const WORDS: &str = "words";
    pub(super) const NEW_EVENT: &str = "new_event";
}

/// How many of an event's announcements are listed, the newest.
const LISTED: u64 = 100;

/// An announcement in the list of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementRow {
    /// Which.
    pub id: AnnouncementId,
    /// What it says and to whom.
    pub content: Announcement,
    /// Where it stands.
    pub state: AnnouncementState,
    /// When it goes out, or went.
    pub due_at: Instant,
    /// How many people it was written to.
    pub told: u32,
    /// Rises with every change of it.
    pub version: u32,
}

/// How many people each segment has.
pub type Counts = Vec<(Segment, u64)>;

/// Everything the page of an event's mails shows.
#[derive(Clone, Debug)]
pub struct AnnouncementsPage {
    /// The event.
    pub event: Event,
    /// Whom one can write to.
    pub counts: Counts,
    /// What was written, newest first.
    pub listed: Vec<AnnouncementRow>,
}

/// The page of an event's mails, for who may change the event.
///
/// # Errors
/// `Refused` for who may not, `NotFound` for hidden and absent events.
pub async fn announcements_page(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<AnnouncementsPage, StoreError> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(store.db()).await?;
    let row = found.ok_or(StoreError::NotFound)?;
    let event = event_from_row(row.clone(), None)?;
    if !visible(store.db(), actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    let _permit = permit(actor, Action::EditEvent, relation(store.db(), actor, &event).await?)?;
    let rows = announcement::Entity::find()
        .filter(announcement::Column::EventId.eq(row.id))
        .filter(announcement::Column::Kind.eq(kind::WORDS))
        .order_by_desc(announcement::Column::Id)
        .limit(LISTED)
        .all(store.db())
        .await?;
    let mut counts = Vec::new();
    for segment in Segment::ALL {
        let is_one = match segment {
            // Without a group nobody is known not to have answered.
            Segment::Unanswered => row.group_id.is_some(),
            Segment::InTheRoom | Segment::Online => event.hybrid(),
            Segment::Going | Segment::Waiting | Segment::NotGoing => true,
        };
        if is_one {
            counts.push((*segment, send::segment(&row, &[*segment]).count(store.db()).await?));
        }
    }
    let listed = rows.into_iter().map(listed).collect::<Result<_, _>>()?;
    Ok(AnnouncementsPage { event, counts, listed })
}

fn listed(row: announcement::Model) -> Result<AnnouncementRow, StoreError> {
    let broken = |what: &str| StoreError::Corrupt(format!("announcement {}: unreadable {what}", row.id));
    Ok(AnnouncementRow {
        id: AnnouncementId(row.id),
        state: row.state.parse().map_err(|()| broken("state"))?,
        due_at: row.due_at,
        told: u32::try_from(row.told).unwrap_or(0),
        version: u32::try_from(row.version).unwrap_or(0),
        content: Announcement {
            segments: segments_of(&row),
            subject: row.subject,
            words: row.words,
            at: row.due_wall,
        },
    })
}

fn segments_of(row: &announcement::Model) -> Vec<Segment> {
    row.segments.split(' ').filter_map(|name| name.parse().ok()).collect()
}

/// Writes an announcement down; it goes out at its time, or in two minutes. `key` comes from the form: the
/// same key again makes no second one.
///
/// # Errors
/// `Refused` for who may not change the event, for drafts and cancelled events, and after five of one day;
/// `Invalid` when its time has passed; `NotFound` for hidden and absent events.
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
    let (event, permit) = open(tx, actor, slug).await?;
    let key = create_key(actor, key);
    if let Some(key) = &key {
        let known = announcement::Entity::find().filter(announcement::Column::CreateKey.eq(key));
        if known.one(tx.db()).await?.is_some() {
            return Ok(());
        }
    }
    let due_at = due_at(tx, &event, content.at)?;
    refuse_too_many(tx, &event, due_at, None).await?;
    let row = announcement::ActiveModel {
        kind: Set(kind::WORDS.to_owned()),
        create_key: Set(key),
        ..fresh(tx, &permit, &event, content, due_at)
    };
    let row = row.insert(tx.db()).await?;
    audit::record(tx, &permit, "announcement.schedule", row.id).await
}

/// An event that one may write about, locked. A draft has nobody to write to, and those of a cancelled one
/// have had their letter.
async fn open(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<(Event, Permit), StoreError> {
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
    // Who wants to thank those who came writes after the event; what is planned before it is for those who
    // are still to come.
    if at.is_some() && tx.now() < event.ends_at && due_at >= event.ends_at {
        let problem = Problem { field: "at".into(), why: Refusal::AfterTheEnd };
        return Err(StoreError::Invalid(vec![problem]));
    }
    Ok(due_at)
}

/// Counts what goes out on the same day, as the event's clock has it.
async fn refuse_too_many(
    tx: &Tx,
    event: &Event,
    due_at: Instant,
    but: Option<AnnouncementId>,
) -> Result<(), StoreError> {
    let midnight = event.zone().wall(due_at).date().and_time(NaiveTime::MIN);
    let day = (event.zone().resolve(midnight).at, event.zone().resolve(midnight + Duration::days(1)).at);
    let others = announcement::Entity::find()
        .filter(announcement::Column::EventId.eq(event.id.0))
        .filter(announcement::Column::Kind.eq(kind::WORDS))
        .filter(announcement::Column::State.ne(AnnouncementState::Cancelled.name()))
        .filter(announcement::Column::DueAt.gte(day.0))
        .filter(announcement::Column::DueAt.lt(day.1))
        .filter(announcement::Column::Id.ne(but.map_or(Uuid::nil(), |id| id.0)))
        .count(tx.db())
        .await?;
    if others >= u64::from(MAX_PER_DAY) {
        return Err(Refusal::TooManyAnnouncements { max: i64::from(MAX_PER_DAY) }.into());
    }
    Ok(())
}

fn fresh(
    tx: &Tx,
    permit: &Permit,
    event: &Event,
    content: &Announcement,
    due_at: Instant,
) -> announcement::ActiveModel {
    announcement::ActiveModel {
        id: Set(secrets::new_id()),
        event_id: Set(event.id.0),
        by_id: Set(permit.by().map(|member| member.0)),
        kind: Set(kind::WORDS.to_owned()),
        state: Set(AnnouncementState::Held.name().to_owned()),
        reached: Set(None),
        told: Set(0),
        version: Set(1),
        create_key: Set(None),
        created_at: Set(tx.now()),
        ..said(content, due_at)
    }
}

fn said(content: &Announcement, due_at: Instant) -> announcement::ActiveModel {
    let segments: Vec<_> = content.segments.iter().map(|segment| segment.name()).collect();
    announcement::ActiveModel {
        subject: Set(content.subject.clone()),
        words: Set(content.words.clone()),
        segments: Set(segments.join(" ")),
        due_wall: Set(content.at),
        due_at: Set(due_at),
        ..Default::default()
    }
}

/// Changes an announcement that is held.
///
/// # Errors
/// As for [`hold`]; `Refused(ChangedMeanwhile)` when `version` is not the one that it has,
/// `Refused(AnnouncementGone)` when it goes out already.
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
                let (event, permit) = open(tx, actor, slug).await?;
                let row = held(tx, &event, *id).await?;
                if row.version != i32::try_from(*version).unwrap_or(0) {
                    return Err(Refusal::ChangedMeanwhile { version: i64::from(row.version) }.into());
                }
                let due_at = due_at(tx, &event, content.at)?;
                refuse_too_many(tx, &event, due_at, Some(*id)).await?;
                let change = announcement::ActiveModel {
                    id: Set(row.id),
                    version: Set(row.version + 1),
                    ..said(content, due_at)
                };
                let now = change.update(tx.db()).await?;
                audit::record_changes(tx, &permit, "announcement.edit", row.id, changes(&row, &now)).await
            })
        })
        .await
}

/// What an edit changed in an announcement, for the audit log.
fn changes(was: &announcement::Model, now: &announcement::Model) -> Changes {
    let at = |row: &announcement::Model| row.due_at.format("%Y-%m-%d %H:%M UTC").to_string();
    Changes::default()
        .and("subject", &was.subject, &now.subject)
        .and("words", &was.words, &now.words)
        .and("segments", &was.segments, &now.segments)
        .and("at", &at(was), &at(now))
}

/// Takes an announcement back that is held; taking it back again changes nothing.
///
/// # Errors
/// `Refused(AnnouncementGone)` when it goes out already; `Refused` for who may not change the event;
/// `NotFound` for hidden and absent events.
pub async fn cancel(store: &Store, actor: &Actor, slug: &Slug, id: AnnouncementId) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), id), |tx, (actor, slug, id)| {
            Box::pin(async move {
                let (event, _) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let row = one(tx, &event, *id).await?;
                if row.state == AnnouncementState::Cancelled.name() {
                    return Ok(());
                }
                let row = held(tx, &event, AnnouncementId(row.id)).await?;
                set_state(tx, &row, AnnouncementState::Cancelled).await?;
                audit::record(tx, &permit, "announcement.cancel", row.id).await
            })
        })
        .await
}

async fn one(tx: &Tx, event: &Event, id: AnnouncementId) -> Result<announcement::Model, StoreError> {
    announcement::Entity::find_by_id(id.0)
        .filter(announcement::Column::EventId.eq(event.id.0))
        .filter(announcement::Column::Kind.eq(kind::WORDS))
        .lock_exclusive()
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)
}

async fn held(tx: &Tx, event: &Event, id: AnnouncementId) -> Result<announcement::Model, StoreError> {
    let row = one(tx, event, id).await?;
    if row.state != AnnouncementState::Held.name() {
        return Err(Refusal::AnnouncementGone.into());
    }
    Ok(row)
}

async fn set_state(tx: &Tx, row: &announcement::Model, state: AnnouncementState) -> Result<(), StoreError> {
    let change = announcement::ActiveModel {
        id: Set(row.id),
        state: Set(state.name().to_owned()),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// The audit name of a test email, by which they are counted.
const TRIAL: &str = "announcement.test";

/// Sends an announcement to its writer alone, to see what it will look like.
///
/// # Errors
/// As for [`hold`]; `SlowDown` after [`MAX_TESTS_PER_HOUR`] within an hour.
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
                // Locked, so that trials of two events at once are both counted.
                let writer = members::lock(tx, member).await?;
                let Some(to) = members::recipient(&writer) else { return Ok(()) };
                may_try(tx, member).await?;
                audit::record(tx, &permit, TRIAL, event.id.0).await?;
                let email = Email::Announcement {
                    id: None,
                    event: facts_for_all(&event),
                    from: writer.clone().shown_name(),
                    subject: content.subject.clone(),
                    words: content.words.clone(),
                    trial: true,
                    mailing: Mailing { member, group: None },
                };
                outbox::post(tx, Some(member), &to, &email).await
            })
        })
        .await
}

/// Whether a member may send one more test email now.
async fn may_try(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let recent: Vec<Instant> = log::Entity::find()
        .select_only()
        .column(log::Column::At)
        .filter(log::Column::MemberId.eq(member.0))
        .filter(log::Column::Action.eq(TRIAL))
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

/// Whose words some announcements are.
pub(crate) async fn writers(
    tx: &Tx,
    announcements: impl IntoIterator<Item = AnnouncementId>,
) -> Result<HashMap<AnnouncementId, MemberId>, StoreError> {
    let ids = announcements.into_iter().map(|id| id.0);
    let rows = announcement::Entity::find().filter(announcement::Column::Id.is_in(ids)).all(tx.db()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((AnnouncementId(row.id), MemberId(row.by_id?)))).collect())
}

/// Plans the news that a group has a new event, behind the event's lock.
pub(crate) async fn new_event(
    tx: &Tx,
    permit: &Permit,
    event: &Event,
    row: &event::Model,
) -> Result<(), StoreError> {
    match row.group_id {
        Some(_) => plan(tx, permit, event, news_key(event.id, None)).await,
        None => Ok(()),
    }
}

/// The same for the members of one more group, which takes on an event that is published already (F6).
pub(crate) async fn new_event_of(
    tx: &Tx,
    permit: &Permit,
    event: &Event,
    group: Uuid,
) -> Result<(), StoreError> {
    match event.status {
        EventStatus::Published => plan(tx, permit, event, news_key(event.id, Some(group))).await,
        EventStatus::Draft | EventStatus::Cancelled => Ok(()),
    }
}

/// There is one row of news for each event, and one for each group that took it on later: the key says so.
fn news_key(event: EventId, late: Option<Uuid>) -> String {
    let late = late.map_or_else(String::new, |group| format!(":{group}"));
    format!("new-event:{event}{late}")
}

/// The group that took an event on later, by the key of its news.
fn late_group(key: &str) -> Option<Uuid> {
    key.strip_prefix("new-event:")?.split_once(':')?.1.parse().ok()
}

async fn plan(tx: &Tx, permit: &Permit, event: &Event, key: String) -> Result<(), StoreError> {
    let nothing =
        Announcement { subject: String::new(), words: String::new(), segments: Vec::new(), at: None };
    let known = announcement::Entity::find().filter(announcement::Column::CreateKey.eq(&key));
    if known.one(tx.db()).await?.is_some() {
        return Ok(());
    }
    let plan = announcement::ActiveModel {
        kind: Set(kind::NEW_EVENT.to_owned()),
        segments: Set(Segment::Unanswered.name().to_owned()),
        create_key: Set(Some(key)),
        ..fresh(tx, permit, event, &nothing, tx.now() + NEW_EVENT_DELAY)
    };
    plan.insert(tx.db()).await?;
    Ok(())
}

/// The event is cancelled: what was to be written about it is not.
pub(crate) async fn drop_held(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    announcement::Entity::update_many()
        .col_expr(announcement::Column::State, Expr::value(AnnouncementState::Cancelled.name()))
        .filter(announcement::Column::EventId.eq(event.0))
        .filter(announcement::Column::State.eq(AnnouncementState::Held.name()))
        .exec(tx.db())
        .await?;
    Ok(())
}
