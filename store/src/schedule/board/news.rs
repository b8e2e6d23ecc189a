//! Emails about a release, only to the people whom it affects (D6): the speakers of sessions that moved, and the members
//! who saved them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use domain::{
    EventId, MemberId, Role, Slug,
    board::{ReleaseChange, changes},
    emails::{AgendaChanged, Email, MovedSession, SessionSlot},
    events::{Event, EventStatus},
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query},
};
use serde_json::Value;
use uuid::Uuid;

use super::releases::{content, previous};
use crate::{
    Store, StoreError,
    entities::{
        agenda_release, agenda_session, event, member, rsvp, saved_session, session_removal, session_speaker,
        speaker_link,
    },
    events,
    jobs::{self, Job, NewJob, Next},
    members, outbox,
    write::{Tx, verb},
};

/// The kind of job that emails people about a release.
pub(crate) const AGENDA_NEWS: &str = "agenda_news";

/// Queues the emails about a release, if it affects anybody. Nobody hears of the agenda of an event that is not
/// published.
pub(super) async fn queue(tx: &Tx, event: &Event, release: &agenda_release::Model) -> Result<(), StoreError> {
    let moved = moved(tx, release).await?;
    if event.status != EventStatus::Published {
        return forget(tx, &moved).await;
    }
    if affected(tx, &moved, Uuid::nil()).await?.is_empty() {
        return Ok(());
    }
    jobs::enqueue(tx, NewJob::about(AGENDA_NEWS, release.id, tx.now())).await
}

/// Emails one batch of the people whom a release affects, in the order of their ids.
pub(crate) async fn run_news(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| { next_batch(tx, job).await })
}

async fn next_batch(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let Some(release) = agenda_release::Entity::find_by_id(job.subject()?).one(tx.db()).await? else {
        return Ok(Next::Done);
    };
    let moved = moved(tx, &release).await?;
    let found = event::Entity::find_by_id(release.event_id)
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .one(tx.db())
        .await?;
    let Some(event) = found else {
        forget(tx, &moved).await?;
        return Ok(Next::Done);
    };
    let (after, mut seen): (Uuid, u64) =
        serde_json::from_value::<Option<_>>(job.payload.clone())?.unwrap_or_default();
    let mut affected = affected(tx, &moved, after).await?;
    if let Some(by) = release.released_by_id {
        affected.remove(&by);
    }
    let size = usize::try_from(jobs::BATCH).unwrap_or(usize::MAX);
    let batch: Vec<Uuid> = affected.keys().copied().take(size).collect();
    let last = batch.last().copied().filter(|_| affected.len() > batch.len());
    let readers: BTreeSet<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::Id.is_in(batch.iter().copied()))
        .filter(events::readers(EventId(event.id)))
        .into_tuple::<Uuid>()
        .all(tx.db())
        .await?
        .into_iter()
        .collect();
    let slug = Slug::parse(&event.slug).ok_or(StoreError::NotFound)?;
    for id in &batch {
        seen += 1;
        let Some(sessions) = affected.remove(id).filter(|_| readers.contains(id)) else { continue };
        let sessions = moved.iter().filter(|change| sessions.contains(&change.id)).map(session).collect();
        let email = AgendaChanged { event: slug.clone(), title: event.title.clone(), sessions };
        post(tx, MemberId(*id), &Email::from(email)).await?;
    }
    if last.is_none() {
        forget(tx, &moved).await?;
    }
    let position = last.map_or(Ok(Value::Null), |last| serde_json::to_value((last, seen)))?;
    jobs::checkpoint(tx, job, &position, seen, None).await?;
    Ok(if last.is_some() { Next::More } else { Next::Done })
}

/// Posts an email to a member who is not suspended. There is no limit for each hour: whoever misses the last change stands
/// in the wrong room.
async fn post(tx: &Tx, to: MemberId, email: &Email) -> Result<(), StoreError> {
    let member = members::load(tx.db(), to).await?;
    let active = members::recipient(&member).filter(|_| member.role != Role::Suspended.name());
    let Some(recipient) = active else { return Ok(()) };
    outbox::post(tx, Some(to), &recipient, email).await
}

fn session(change: &ReleaseChange) -> MovedSession {
    let slot = |slot: &domain::board::ReleasedSlot| SessionSlot {
        room: slot.room.clone(),
        starts_at: slot.starts_at,
        minutes: slot.minutes,
    };
    MovedSession {
        id: change.id,
        title: change.title.clone(),
        before: change.before.as_ref().map(slot),
        after: change.after.as_ref().map(slot),
    }
}

/// The sessions that a release moved, without those that are over both before and after.
async fn moved(tx: &Tx, release: &agenda_release::Model) -> Result<Vec<ReleaseChange>, StoreError> {
    let before = match previous(tx.db(), release).await? {
        Some(previous) => content(&previous)?,
        None => Vec::new(),
    };
    let is_ahead = |change: &ReleaseChange| {
        [&change.before, &change.after]
            .into_iter()
            .flatten()
            .any(|slot| slot.starts_at + Duration::minutes(slot.minutes.into()) > tx.now())
    };
    let moved = changes(&before, &content(release)?).into_iter();
    Ok(moved.filter(|change| change.moved() && is_ahead(change)).collect())
}

/// Keeps who spoke in sessions or saved them, because an import is about to remove the sessions.
pub(in crate::schedule) async fn keep_people(tx: &Tx, sessions: &[Uuid]) -> Result<(), StoreError> {
    let savers = saved(sessions.iter().copied())
        .select_only()
        .columns([saved_session::Column::SessionId, saved_session::Column::MemberId])
        .into_query();
    let mut speakers = Query::select();
    speakers
        .column((session_speaker::Entity, session_speaker::Column::SessionId))
        .column((speaker_link::Entity, speaker_link::Column::MemberId))
        .from(session_speaker::Entity)
        .inner_join(
            speaker_link::Entity,
            Expr::col((speaker_link::Entity, speaker_link::Column::SpeakerId))
                .equals((session_speaker::Entity, session_speaker::Column::SpeakerId)),
        )
        .and_where(
            Expr::col((session_speaker::Entity, session_speaker::Column::SessionId))
                .is_in(sessions.iter().copied()),
        )
        .and_where(
            Expr::col((speaker_link::Entity, speaker_link::Column::State))
                .eq(SpeakerLinkState::Confirmed.name()),
        );
    for people in [savers, speakers] {
        let keep =
            OnConflict::columns([session_removal::Column::SessionId, session_removal::Column::MemberId])
                .do_nothing()
                .to_owned();
        let mut insert = Query::insert();
        insert
            .into_table(session_removal::Entity)
            .columns([session_removal::Column::SessionId, session_removal::Column::MemberId])
            .on_conflict(keep);
        let insert = insert.select_from(people).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        tx.db().execute(insert).await?;
    }
    Ok(())
}

/// Everybody was told about the sessions that an import removed.
async fn forget(tx: &Tx, moved: &[ReleaseChange]) -> Result<(), StoreError> {
    session_removal::Entity::delete_many()
        .filter(session_removal::Column::SessionId.is_in(moved.iter().map(|change| change.id)))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Who saved these sessions. People of a workshop get the email of every event about its new time instead (D7).
fn saved(sessions: impl Iterator<Item = Uuid>) -> Select<saved_session::Entity> {
    let mut seat = Query::select();
    seat.expr(Expr::val(1))
        .from(rsvp::Entity)
        .inner_join(
            agenda_session::Entity,
            Expr::col((agenda_session::Entity, agenda_session::Column::WorkshopId))
                .equals((rsvp::Entity, rsvp::Column::EventId)),
        )
        .and_where(
            Expr::col((agenda_session::Entity, agenda_session::Column::Id))
                .equals((saved_session::Entity, saved_session::Column::SessionId)),
        )
        .and_where(
            Expr::col((rsvp::Entity, rsvp::Column::MemberId))
                .equals((saved_session::Entity, saved_session::Column::MemberId)),
        )
        .and_where(events::takes_part());
    saved_session::Entity::find()
        .filter(saved_session::Column::SessionId.is_in(sessions))
        .filter(Expr::exists(seat).not())
}

/// The members with an id above `after` whom these changes affect, with their sessions.
async fn affected(
    tx: &Tx,
    moved: &[ReleaseChange],
    after: Uuid,
) -> Result<BTreeMap<Uuid, BTreeSet<Uuid>>, StoreError> {
    let ids = || moved.iter().map(|change| change.id);
    let limit = jobs::BATCH + 1;
    let speakers = session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SpeakerId)
        .filter(session_speaker::Column::SessionId.is_in(ids()))
        .into_query();
    let first_speakers: Vec<Uuid> = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::MemberId)
        .filter(speaker_link::Column::SpeakerId.in_subquery(speakers))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .filter(speaker_link::Column::MemberId.gt(after))
        .distinct()
        .order_by_asc(speaker_link::Column::MemberId)
        .limit(limit)
        .into_tuple()
        .all(tx.db())
        .await?;
    let first_savers: Vec<Uuid> = saved(ids())
        .select_only()
        .column(saved_session::Column::MemberId)
        .filter(saved_session::Column::MemberId.gt(after))
        .distinct()
        .order_by_asc(saved_session::Column::MemberId)
        .limit(limit)
        .into_tuple()
        .all(tx.db())
        .await?;
    let first_removed: Vec<Uuid> = session_removal::Entity::find()
        .select_only()
        .column(session_removal::Column::MemberId)
        .filter(session_removal::Column::SessionId.is_in(ids()))
        .filter(session_removal::Column::MemberId.gt(after))
        .distinct()
        .order_by_asc(session_removal::Column::MemberId)
        .limit(limit)
        .into_tuple()
        .all(tx.db())
        .await?;
    // One more than a batch, so that the caller knows whether there is another.
    let people: BTreeSet<Uuid> =
        first_speakers.into_iter().chain(first_savers).chain(first_removed).collect();
    let people: BTreeSet<Uuid> =
        people.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
    let mut affected: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    let links: Vec<(Uuid, Uuid)> = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::SpeakerId)
        .column(speaker_link::Column::MemberId)
        .filter(speaker_link::Column::MemberId.is_in(people.iter().copied()))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .into_tuple()
        .all(tx.db())
        .await?;
    let speaks = session_speaker::Entity::find()
        .filter(session_speaker::Column::SessionId.is_in(ids()))
        .all(tx.db())
        .await?;
    for (speaker, member) in links {
        for row in speaks.iter().filter(|row| row.speaker_id == speaker) {
            affected.entry(member).or_default().insert(row.session_id);
        }
    }
    let saved = saved(ids())
        .filter(saved_session::Column::MemberId.is_in(people.iter().copied()))
        .all(tx.db())
        .await?;
    for row in saved {
        affected.entry(row.member_id).or_default().insert(row.session_id);
    }
    let removed = session_removal::Entity::find()
        .filter(session_removal::Column::SessionId.is_in(ids()))
        .filter(session_removal::Column::MemberId.is_in(people.iter().copied()))
        .all(tx.db())
        .await?;
    for row in removed {
        affected.entry(row.member_id).or_default().insert(row.session_id);
    }
    Ok(affected)
}
