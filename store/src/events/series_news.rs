//! Emails about several dates of a series: one for each person, however many of its dates changed or were cancelled
//! (B5, C4, C5).
//!
//! Emails about changes and cancellations of dates wait like those of other events. When they are due, a job of the
//! series sends them in batches of members. Behind the locks of all dates concerned, each batch reads again what is still
//! to tell.

use std::collections::BTreeMap;

use domain::{
    Instant, MemberId, Slug,
    emails::{self, Email, GivenUp, Moved},
    events::{
        Event, EventStatus, Rsvp,
        moves::{History, MERGE},
    },
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    moved::{self, news},
    notices::{self, Notice},
    notify::{facts, next_sequence, participants_among},
    reminders,
    rows::{locked, rsvp_from_row, takes_part},
};
use crate::{
    Store, StoreError, announcements,
    entities::{event, event_notice, member, reschedule, rsvp, series, series_edit},
    jobs::{self, Due, Job, Next},
    members, outbox,
    write::{Tx, verb},
};

/// The kind of job that tells people what changed in one series.
pub(crate) const SERIES_NEWS: &str = "series_news";
/// How many members are told in one transaction. It has the locks of the dates, and RSVPs wait for it.
const MEMBERS_AT_ONCE: usize = 40;

/// How far a job has come.
#[derive(Serialize, Deserialize)]
struct Position {
    /// What was due until then is told.
    until: Instant,
    /// The member who was told last.
    after: Uuid,
}

/// Whether a change of several dates, with this one among them, is being saved. People are told when it is finished.
pub(super) async fn is_gathering(tx: &Tx, event: domain::EventId) -> Result<bool, StoreError> {
    let own = event::Entity::find()
        .select_only()
        .column(event::Column::SeriesId)
        .filter(event::Column::Id.eq(event.0))
        .filter(event::Column::SeriesId.is_not_null())
        .into_query();
    let running = series_edit::Entity::find()
        .filter(series_edit::Column::SeriesId.in_subquery(own))
        .filter(series_edit::Column::FinishedAt.is_null());
    Ok(running.count(tx.db()).await? > 0)
}

/// Plans the emails of a series for one time, so that each person gets one: at once if any of them is urgent, otherwise
/// when the last one is due.
pub(crate) async fn align(tx: &Tx, series: Uuid) -> Result<(), StoreError> {
    let changes = || {
        reschedule::Entity::find()
            .filter(reschedule::Column::EventId.in_subquery(dates_of(series)))
            .filter(reschedule::Column::DueAt.is_not_null())
    };
    let due: Vec<Instant> = changes().all(tx.db()).await?.into_iter().filter_map(|row| row.due_at).collect();
    let (first, last) = (due.iter().min().copied(), due.iter().max().copied());
    if let (Some(first), Some(last)) = (first, last) {
        // A change by the clock rules may be due later than the edits.
        let at = if first <= tx.now() { first } else { last.min(tx.now() + MERGE) };
        reschedule::Entity::update_many()
            .set(reschedule::ActiveModel { due_at: Set(Some(at)), ..Default::default() })
            .filter(reschedule::Column::EventId.in_subquery(dates_of(series)))
            .filter(reschedule::Column::DueAt.is_not_null())
            .exec(tx.db())
            .await?;
    }
    let notices = event_notice::Entity::find()
        .filter(event_notice::Column::EventId.in_subquery(dates_of(series)))
        .filter(event_notice::Column::Kind.eq(Notice::Cancellation.name()));
    let last = notices.all(tx.db()).await?.into_iter().map(|row| row.due_at).max();
    if let Some(last) = last {
        event_notice::Entity::update_many()
            .set(event_notice::ActiveModel { due_at: Set(last), ..Default::default() })
            .filter(event_notice::Column::EventId.in_subquery(dates_of(series)))
            .filter(event_notice::Column::Kind.eq(Notice::Cancellation.name()))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

fn dates_of(series: Uuid) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::SeriesId.eq(series))
        .into_query()
}

/// The series with a change or a cancellation that is due. Series whose dates are being changed wait.
pub(crate) async fn due_news(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let changed = reschedule::Entity::find()
        .select_only()
        .column(reschedule::Column::EventId)
        .filter(reschedule::Column::DueAt.lte(now))
        .into_query();
    let kinds = [Notice::Cancellation, Notice::SeriesCancellation].map(Notice::name);
    let cancelled = event_notice::Entity::find()
        .select_only()
        .column(event_notice::Column::EventId)
        .filter(event_notice::Column::Kind.is_in(kinds))
        .filter(event_notice::Column::DueAt.lte(now))
        .into_query();
    let running = series_edit::Entity::find()
        .select_only()
        .column(series_edit::Column::SeriesId)
        .filter(series_edit::Column::FinishedAt.is_null())
        .into_query();
    let is_due = Condition::any()
        .add(event::Column::Id.in_subquery(changed))
        .add(event::Column::Id.in_subquery(cancelled));
    let subjects = event::Entity::find()
        .select_only()
        .column(event::Column::SeriesId)
        .distinct()
        .filter(is_due)
        .filter(event::Column::SeriesId.is_not_null())
        .filter(event::Column::SeriesId.not_in_subquery(running))
        .filter(event::Column::SeriesId.not_in_subquery(jobs::taken(SERIES_NEWS)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next_change = reschedule::Entity::find()
        .filter(reschedule::Column::DueAt.gt(now))
        .order_by_asc(reschedule::Column::DueAt)
        .one(store.db())
        .await?
        .and_then(|row| row.due_at);
    let next_notice = event_notice::Entity::find()
        .filter(event_notice::Column::DueAt.gt(now))
        .order_by_asc(event_notice::Column::DueAt)
        .one(store.db())
        .await?
        .map(|row| row.due_at);
    Ok(Due { subjects, next: next_change.into_iter().chain(next_notice).min() })
}

/// A date that people are told about.
struct Date {
    event: Event,
    /// What people knew before. Without one, they know the event as it is.
    history: Option<History>,
}

/// What one member is told.
#[derive(Default)]
struct News {
    to: Option<member::Model>,
    moved: Vec<Moved>,
    cancelled: Vec<(GivenUp, String)>,
}

/// Tells the next batch of members.
pub(crate) async fn run_news(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| {
        let id = job.subject()?;
        let Some(series) = series::Entity::find_by_id(id).one(tx.db()).await? else { return Ok(Next::Done) };
        let slug = Slug::parse(&series.slug)
            .ok_or_else(|| StoreError::Corrupt(format!("series {id}: unreadable slug")))?;
        let position: Option<Position> = serde_json::from_value(job.payload.clone()).unwrap_or(None);
        let is_first = position.is_none();
        let position = position.unwrap_or(Position { until: tx.now(), after: Uuid::nil() });
        let dates = event::Entity::find()
            .filter(event::Column::SeriesId.eq(id))
            .filter(concerned(position.until))
            .order_by_asc(event::Column::Id)
            .all(tx.db())
            .await?;
        if let ([date], true) = (dates.as_slice(), is_first) {
            tell_about_one(tx, date.id).await?;
            return Ok(Next::Done);
        }
        let (mut changed, mut cancelled) = (Vec::new(), Vec::new());
        // Sorted, so that two jobs lock events in the same order.
        for date in dates {
            let Some((event, _)) = locked(tx, event::Column::Id.eq(date.id)).await? else { continue };
            let row = reschedule::Entity::find_by_id(date.id).one(tx.db()).await?;
            let is_due = row.as_ref().is_some_and(|row| row.due_at.is_some_and(|due| due <= position.until));
            let history = row.map(|row| serde_json::from_str::<History>(&row.history)).transpose()?;
            match event.status {
                EventStatus::Cancelled => {
                    if announces(tx, &event, position.until).await? {
                        cancelled.push(Date { event, history });
                    }
                }
                EventStatus::Published if is_due && tx.now() < event.ends_at => {
                    changed.push(Date { event, history });
                }
                EventStatus::Published | EventStatus::Draft => {}
            }
        }
        if is_first {
            for date in &changed {
                if date.history.as_ref().is_some_and(History::has_new_start) {
                    reminders::skip_passed(tx, &date.event).await?;
                }
            }
            for date in &cancelled {
                announcements::cancel_scheduled(tx, date.event.id).await?;
            }
        }
        let members = next_members(tx, (&changed, &cancelled), position.after).await?;
        let mut all = BTreeMap::new();
        for date in &mut changed {
            gather_moved(tx, date, &members, &mut all).await?;
        }
        for date in &cancelled {
            gather_cancelled(tx, date, &members, &mut all).await?;
        }
        for (member, news) in all {
            tell(tx, &slug, MemberId(member), news).await?;
        }
        if let (Some(last), true) = (members.last(), members.len() == MEMBERS_AT_ONCE) {
            for date in &changed {
                keep_history(tx, date).await?;
            }
            let position = Position { until: position.until, after: *last };
            jobs::checkpoint(tx, job, &serde_json::to_value(position)?, 0, None).await?;
            return Ok(Next::More);
        }
        finish(tx, id, position.until).await?;
        Ok(Next::Done)
    })
}

/// The dates with a change or a cancellation that was due at some time.
fn concerned(until: Instant) -> Condition {
    let changed = reschedule::Entity::find()
        .select_only()
        .column(reschedule::Column::EventId)
        .filter(reschedule::Column::DueAt.lte(until))
        .into_query();
    let kinds = [Notice::Cancellation, Notice::SeriesCancellation].map(Notice::name);
    let cancelled = event_notice::Entity::find()
        .select_only()
        .column(event_notice::Column::EventId)
        .filter(event_notice::Column::Kind.is_in(kinds))
        .filter(event_notice::Column::DueAt.lte(until))
        .into_query();
    Condition::any().add(event::Column::Id.in_subquery(changed)).add(event::Column::Id.in_subquery(cancelled))
}

/// One date is told like every other event.
async fn tell_about_one(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    // The rest of a longer announcement that was interrupted.
    event_notice::Entity::update_many()
        .set(event_notice::ActiveModel {
            kind: Set(Notice::Cancellation.name().to_owned()),
            ..Default::default()
        })
        .filter(event_notice::Column::EventId.eq(id))
        .filter(event_notice::Column::Kind.eq(Notice::SeriesCancellation.name()))
        .exec(tx.db())
        .await?;
    notices::send(tx, domain::EventId(id), Notice::Cancellation).await?;
    if let Some((event, _)) = locked(tx, event::Column::Id.eq(id)).await? {
        moved::send_if_due(tx, &event).await?;
    }
    Ok(())
}

/// Whether the cancellation of this date is due. From now on, its announcement can't be taken back.
async fn announces(tx: &Tx, event: &Event, until: Instant) -> Result<bool, StoreError> {
    let begun = Notice::SeriesCancellation;
    let find = |notice: Notice| {
        event_notice::Entity::find()
            .filter(event_notice::Column::EventId.eq(event.id.0))
            .filter(event_notice::Column::Kind.eq(notice.name()))
            .filter(event_notice::Column::DueAt.lte(until))
    };
    if find(begun).count(tx.db()).await? > 0 {
        return Ok(true);
    }
    if find(Notice::Cancellation).count(tx.db()).await? == 0 {
        return Ok(false);
    }
    notices::cancel_planned(tx, event.id, Notice::Cancellation).await?;
    let row = event_notice::ActiveModel {
        event_id: Set(event.id.0),
        kind: Set(begun.name().to_owned()),
        opened_at: Set(tx.now()),
        due_at: Set(until),
    };
    row.insert(tx.db()).await?;
    Ok(true)
}

/// The members who are told next, in the order of their ids.
async fn next_members(
    tx: &Tx,
    (changed, cancelled): (&[Date], &[Date]),
    after: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let ids = changed.iter().chain(cancelled).map(|date| date.event.id.0);
    Ok(rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::MemberId)
        .distinct()
        .filter(rsvp::Column::EventId.is_in(ids))
        .filter(rsvp::Column::MemberId.gt(after))
        .filter(takes_part())
        .order_by_asc(rsvp::Column::MemberId)
        .limit(MEMBERS_AT_ONCE as u64)
        .into_tuple()
        .all(tx.db())
        .await?)
}

async fn gather_moved(
    tx: &Tx,
    date: &mut Date,
    members: &[Uuid],
    all: &mut BTreeMap<Uuid, News>,
) -> Result<(), StoreError> {
    let Some(history) = &mut date.history else { return Ok(()) };
    for (row, to) in participants_among(tx, &date.event, members).await? {
        let mut rsvp = rsvp_from_row(row)?;
        let Some((was, event)) = news(tx, &date.event, history, &rsvp) else { continue };
        let sequence = take_sequence(tx, &mut rsvp).await?;
        history.record_notified(rsvp.id);
        let news = all.entry(rsvp.member.0).or_default();
        news.moved.push(Moved { event, was, sequence });
        news.to = to;
    }
    Ok(())
}

async fn gather_cancelled(
    tx: &Tx,
    date: &Date,
    members: &[Uuid],
    all: &mut BTreeMap<Uuid, News>,
) -> Result<(), StoreError> {
    for (row, to) in participants_among(tx, &date.event, members).await? {
        let mut rsvp = rsvp_from_row(row)?;
        let sequence = take_sequence(tx, &mut rsvp).await?;
        // People who weren't told of a change yet know the date as it was before.
        let now = facts(&date.event, &rsvp);
        let known = date.history.as_ref().and_then(|history| history.known(&rsvp));
        let event = known.map_or_else(|| now.clone(), |known| known.facts(&now, rsvp.attends_online()));
        let news = all.entry(rsvp.member.0).or_default();
        news.cancelled.push((GivenUp { event, sequence }, date.event.cancel_reason.clone()));
        news.to = to;
    }
    Ok(())
}

/// The SEQUENCE of the next calendar part, which only people with a seat have.
async fn take_sequence(tx: &Tx, rsvp: &mut Rsvp) -> Result<Option<u32>, StoreError> {
    if !rsvp.is_seated() {
        return Ok(None);
    }
    let sequence = next_sequence(rsvp);
    let row = rsvp::ActiveModel {
        id: Set(rsvp.id.0),
        sequence: Set(i32::try_from(rsvp.sequence).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(Some(sequence))
}

async fn tell(tx: &Tx, series: &Slug, member: MemberId, mut news: News) -> Result<(), StoreError> {
    let Some(to) = news.to.as_ref().and_then(members::recipient) else { return Ok(()) };
    news.moved.sort_by_key(|moved| moved.event.starts_at);
    news.cancelled.sort_by_key(|(date, _)| date.event.starts_at);
    let mut emails: Vec<Email> = Vec::new();
    if news.moved.len() > 1 {
        emails.push(emails::SeriesRescheduled { series: series.clone(), dates: news.moved }.into());
    } else {
        emails.extend(news.moved.pop().map(|one| {
            let Moved { event, was, sequence } = one;
            Email::from(emails::Rescheduled { event, was, sequence })
        }));
    }
    if news.cancelled.len() > 1 {
        let reason = news.cancelled.iter().map(|(_, reason)| reason).find(|reason| !reason.is_empty());
        let reason = reason.cloned().unwrap_or_default();
        let dates = news.cancelled.into_iter().map(|(date, _)| date).collect();
        emails.push(emails::SeriesCancelled { series: series.clone(), dates, reason }.into());
    } else {
        emails.extend(news.cancelled.pop().map(|(date, reason)| {
            Email::from(emails::Cancelled { event: date.event, reason, sequence: date.sequence })
        }));
    }
    for email in emails {
        outbox::post(tx, Some(member), &to, &email).await?;
    }
    Ok(())
}

/// Keeps who was told of a change, for the next batch and for other emails about the date.
async fn keep_history(tx: &Tx, date: &Date) -> Result<(), StoreError> {
    let Some(history) = &date.history else { return Ok(()) };
    let text = serde_json::to_string(history)?;
    reschedule::Entity::update_many()
        .col_expr(reschedule::Column::History, Expr::value(text))
        .filter(reschedule::Column::EventId.eq(date.event.id.0))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Everyone was told of what was due.
async fn finish(tx: &Tx, series: Uuid, until: Instant) -> Result<(), StoreError> {
    reschedule::Entity::delete_many()
        .filter(reschedule::Column::EventId.in_subquery(dates_of(series)))
        .filter(reschedule::Column::DueAt.lte(until))
        .exec(tx.db())
        .await?;
    event_notice::Entity::delete_many()
        .filter(event_notice::Column::EventId.in_subquery(dates_of(series)))
        .filter(
            event_notice::Column::Kind
                .is_in([Notice::Cancellation, Notice::SeriesCancellation].map(Notice::name)),
        )
        .filter(event_notice::Column::DueAt.lte(until))
        .exec(tx.db())
        .await?;
    Ok(())
}
