//! Emails to people who have a seat already when hosts begin to ask something that everybody has to answer (B11). Each person
//! gets one, however many questions are new and at however many dates of a series.
//!
//! The email waits some minutes, because hosts add several questions one after the other. Who gets it is decided when it is
//! sent, so nobody is asked who has answered by then.

use std::{
    collections::{BTreeMap, HashSet},
    slice,
};

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, Refusal, Slug,
    emails::{EventFacts, QuestionsAdded},
    events::{Event, EventStatus, moves::notify_at},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _, Func, OnConflict},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    notices::{Notice, next_due, planned},
    notify::facts,
    questions::{missing_answers, needs_answers},
    read::seen,
    rows::{locked, rsvp_from_row},
    visibility::edits,
};
use crate::{
    Store, StoreError,
    entities::{event, event_answer, event_notice, event_question, member, reschedule, rsvp},
    jobs::{self, Due, Job, Next},
    members, outbox,
    write::{Tx, verb},
};

/// The kind of job that tells people of new questions at one event, or at the dates of one series.
pub(crate) const NEW_QUESTIONS: &str = "new_questions";
/// How many members are told in one transaction. It has the locks of the dates, and RSVPs wait for it.
const MEMBERS_AT_ONCE: u64 = 20;
/// How long the email waits after a change of the event that people are told of first.
const AFTER_CHANGE: Duration = Duration::minutes(1);

/// How far a job has come.
#[derive(Serialize, Deserialize)]
struct Position {
    /// What was due until then is told.
    until: Instant,
    /// The member who was told last.
    after: Uuid,
}

/// Plans the email behind the event's lock, if anybody gets it. A further question makes it wait a little longer.
pub(crate) async fn plan(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let is_ahead = event.status == EventStatus::Published && tx.now() < event.starts_at;
    if !is_ahead || count_missing(tx.db(), event).await? == 0 {
        return Ok(());
    }
    let known = event_notice::Entity::find_by_id(Notice::Questions.key(event.id)).one(tx.db()).await?;
    let opened_at = known.map_or(tx.now(), |row| row.opened_at);
    let row = event_notice::ActiveModel {
        event_id: Set(event.id.0),
        kind: Set(Notice::Questions.name().to_owned()),
        opened_at: Set(opened_at),
        due_at: Set(notify_at(opened_at, tx.now())),
    };
    let later = OnConflict::columns([event_notice::Column::EventId, event_notice::Column::Kind])
        .update_column(event_notice::Column::DueAt)
        .to_owned();
    event_notice::Entity::insert(row).on_conflict(later).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// How many people with a seat have not answered all required questions of an event.
async fn count_missing(db: &impl ConnectionTrait, event: &Event) -> Result<u64, StoreError> {
    let Some(missing) = missing_answers(db, slice::from_ref(event)).await? else { return Ok(0) };
    Ok(rsvp::Entity::find().inner_join(member::Entity).filter(missing).count(db).await?)
}

/// Answers that an event still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// How many people with a seat have not answered all required questions.
    pub people: u64,
    /// When they are emailed about it. `None` when no email is planned, because they got it already.
    pub emailed_at: Option<Instant>,
}

/// The answers that an event still needs, for its hosts.
///
/// # Errors
/// `Refused` for others, `NotFound` for hidden and absent events.
pub async fn unanswered(store: &Store, actor: &Actor, slug: &Slug) -> Result<Unanswered, StoreError> {
    let db = store.db();
    let (event, _) = seen(db, actor, slug).await?;
    if !edits(db, actor, &event).await? {
        return Err(Refusal::NotAllowed.into());
    }
    let people = match store.now() < event.starts_at {
        true => count_missing(db, &event).await?,
        false => 0,
    };
    let planned = event_notice::Entity::find_by_id(Notice::Questions.key(event.id)).one(db).await?;
    Ok(Unanswered { people, emailed_at: planned.map(|row| row.due_at) })
}

/// The events and the series with an email that is due. A series waits for the last of its dates.
pub(crate) async fn due_questions(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let column = |column| Expr::col((event::Entity, column));
    let subject = || Expr::from(Func::coalesce([column(event::Column::SeriesId), column(event::Column::Id)]));
    let subjects = planned(Notice::Questions)
        .join(JoinType::InnerJoin, event_notice::Relation::Event.def())
        .select_only()
        .expr_as(subject(), "subject")
        .filter(subject().not_in_subquery(jobs::taken(NEW_QUESTIONS)))
        .group_by(subject())
        .having(event_notice::Column::DueAt.max().lte(now))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    Ok(Due { subjects, next: next_due(&store, Notice::Questions).await? })
}

/// Tells the next members.
pub(crate) async fn run_questions(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| {
        let subject = job.subject()?;
        let position: Option<Position> = serde_json::from_value(job.payload.clone()).unwrap_or(None);
        let Position { until, after } = position.unwrap_or(Position { until: tx.now(), after: Uuid::nil() });
        let planned = planned_dates(tx, subject, until).await?;
        let mut dates = Vec::new();
        // Sorted, so that two jobs lock events in the same order.
        for date in &planned {
            let Some((event, _)) = locked(tx, event::Column::Id.eq(*date)).await? else { continue };
            if event.status == EventStatus::Published && tx.now() < event.starts_at {
                dates.push(event);
            }
        }
        // Emails about changes go out before other emails about the same event.
        if let Some(at) = change_due(tx, &planned).await? {
            return Ok(Next::At(Ord::max(at, tx.now()) + AFTER_CHANGE));
        }
        dates.sort_by_key(|date| date.starts_at);
        let members = tell_members(tx, subject, &dates, after).await?;
        if let (Some(last), true) = (members.last(), members.len() as u64 == MEMBERS_AT_ONCE) {
            let position = Position { until, after: *last };
            jobs::checkpoint(tx, job, &serde_json::to_value(position)?, 0, None).await?;
            return Ok(Next::More);
        }
        event_notice::Entity::delete_many()
            .filter(event_notice::Column::EventId.is_in(planned))
            .filter(event_notice::Column::Kind.eq(Notice::Questions.name()))
            .filter(event_notice::Column::DueAt.lte(until))
            .exec(tx.db())
            .await?;
        Ok(Next::Done)
    })
}

/// The event, or the dates of the series, with an email that was due at some time.
async fn planned_dates(tx: &Tx, subject: Uuid, until: Instant) -> Result<Vec<Uuid>, StoreError> {
    let due = event_notice::Entity::find()
        .select_only()
        .column(event_notice::Column::EventId)
        .filter(event_notice::Column::Kind.eq(Notice::Questions.name()))
        .filter(event_notice::Column::DueAt.lte(until))
        .into_query();
    Ok(event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(Condition::any().add(event::Column::Id.eq(subject)).add(event::Column::SeriesId.eq(subject)))
        .filter(event::Column::Id.in_subquery(due))
        .order_by_asc(event::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?)
}

/// When people are told of a change of one of these events, if there is one that they don't know of.
async fn change_due(tx: &Tx, events: &[Uuid]) -> Result<Option<Instant>, StoreError> {
    let last = reschedule::Entity::find()
        .filter(reschedule::Column::EventId.is_in(events.iter().copied()))
        .filter(reschedule::Column::DueAt.is_not_null())
        .order_by_desc(reschedule::Column::DueAt)
        .one(tx.db())
        .await?;
    Ok(last.and_then(|row| row.due_at))
}

/// What one member is told.
#[derive(Default)]
struct News {
    to: Option<member::Model>,
    dates: Vec<EventFacts>,
}

/// Emails the next members in the order of their ids, and returns them.
async fn tell_members(tx: &Tx, subject: Uuid, dates: &[Event], after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let Some(missing) = missing_answers(tx.db(), dates).await? else { return Ok(Vec::new()) };
    let members: Vec<Uuid> = rsvp::Entity::find()
        .inner_join(member::Entity)
        .select_only()
        .column(rsvp::Column::MemberId)
        .distinct()
        .filter(missing.clone())
        .filter(rsvp::Column::MemberId.gt(after))
        .order_by_asc(rsvp::Column::MemberId)
        .limit(MEMBERS_AT_ONCE)
        .into_tuple()
        .all(tx.db())
        .await?;
    let known = answered_elsewhere(tx, subject, dates, &members).await?;
    let rows = rsvp::Entity::find()
        .find_also_related(member::Entity)
        .filter(missing)
        .filter(rsvp::Column::MemberId.is_in(members.iter().copied()))
        .all(tx.db())
        .await?;
    let mut all: BTreeMap<Uuid, News> = BTreeMap::new();
    for (row, to) in rows {
        let rsvp = rsvp_from_row(row)?;
        let Some(event) = dates.iter().find(|date| date.id == rsvp.event) else { continue };
        if known.contains(&rsvp.member.0) && !needs_answers(tx, event.id.0, rsvp.member).await? {
            continue;
        }
        let news = all.entry(rsvp.member.0).or_default();
        news.dates.push(facts(event, &rsvp));
        news.to = to;
    }
    for (member, mut news) in all {
        let Some(to) = news.to.as_ref().and_then(members::recipient) else { continue };
        news.dates.sort_by_key(|date| date.starts_at);
        let email = QuestionsAdded { dates: news.dates }.into();
        outbox::post(tx, Some(MemberId(member)), &to, &email).await?;
    }
    Ok(members)
}

/// Those of these members who answered one of the questions at another date of the series. Their answers count, and are copied.
async fn answered_elsewhere(
    tx: &Tx,
    series: Uuid,
    dates: &[Event],
    members: &[Uuid],
) -> Result<HashSet<Uuid>, StoreError> {
    let texts = event_question::Entity::find()
        .select_only()
        .column(event_question::Column::Text)
        .filter(event_question::Column::EventId.is_in(dates.iter().map(|date| date.id.0)))
        .into_query();
    let of_series = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::SeriesId.eq(series))
        .into_query();
    let rows: Vec<Uuid> = event_answer::Entity::find()
        .select_only()
        .column(event_answer::Column::MemberId)
        .distinct()
        .filter(event_answer::Column::MemberId.is_in(members.iter().copied()))
        .filter(event_answer::Column::EventId.in_subquery(of_series))
        .filter(event_answer::Column::Question.in_subquery(texts))
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().collect())
}
