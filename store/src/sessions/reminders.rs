//! Reminders of slides: one some days before a session without slides, and one a day after it (D8).

use chrono::Duration;
use domain::{
    MemberId, Role, Slug,
    emails::{self, Email},
    events::EventStatus,
    sessions::{SLIDES_REMINDER_AFTER, SLIDES_REMINDER_DAYS, SLIDES_REMINDER_LATEST, SlidesReminder},
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::rows::speakers_of;
use crate::{
    Store, StoreError,
    entities::{agenda_board, agenda_session, event, session_slides, slides_reminder, speaker_link},
    events,
    jobs::{self, Due, Job, Next},
    members, outbox, schedule,
    write::{Tx, verb},
};

/// The kind of job that reminds the speakers of one session.
pub(crate) const SLIDES_REMINDERS: &str = "slides_reminder";

/// The events whose organisers chose this number of days.
fn events_with(days: u32) -> SelectStatement {
    agenda_board::Entity::find()
        .select_only()
        .column(agenda_board::Column::EventId)
        .filter(agenda_board::Column::SlidesDays.eq(days))
        .into_query()
}

/// The events whose organisers chose a number of days.
fn events_with_board() -> SelectStatement {
    agenda_board::Entity::find().select_only().column(agenda_board::Column::EventId).into_query()
}

/// The sessions for which this reminder was sent.
fn reminded(kind: SlidesReminder) -> SelectStatement {
    slides_reminder::Entity::find()
        .select_only()
        .column(slides_reminder::Column::SessionId)
        .filter(slides_reminder::Column::Kind.eq(kind.name()))
        .into_query()
}

/// Sessions without slides whose speakers have to be reminded now.
pub(crate) async fn due_reminders(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let starts = agenda_session::Column::StartsAt;
    let mut soon = Condition::any();
    for days in SLIDES_REMINDER_DAYS.into_iter().filter(|days| *days > 0) {
        let mut of_event =
            Condition::any().add(agenda_session::Column::EventId.in_subquery(events_with(days)));
        if days == SLIDES_REMINDER_DAYS[0] {
            of_event = of_event.add(agenda_session::Column::EventId.not_in_subquery(events_with_board()));
        }
        let near = Condition::all().add(starts.gt(now)).add(starts.lte(now + Duration::days(days.into())));
        soon = soon.add(near.add(of_event));
    }
    let before = Condition::all()
        .add(soon)
        .add(agenda_session::Column::Id.not_in_subquery(reminded(SlidesReminder::Before)));
    // A session lasts a day at most, so its start says roughly when it is over. The job looks again.
    let after = Condition::all()
        .add(starts.lte(now - SLIDES_REMINDER_AFTER))
        .add(starts.gt(now - SLIDES_REMINDER_LATEST))
        .add(agenda_session::Column::EventId.not_in_subquery(events_with(0)))
        .add(agenda_session::Column::Id.not_in_subquery(reminded(SlidesReminder::After)));
    let with_slides =
        session_slides::Entity::find().select_only().column(session_slides::Column::SessionId).into_query();
    let published = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .into_query();
    let subjects = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::Id)
        .filter(Condition::any().add(before).add(after))
        .filter(agenda_session::Column::EventId.in_subquery(published))
        .filter(agenda_session::Column::Id.not_in_subquery(with_slides))
        .filter(agenda_session::Column::Id.not_in_subquery(jobs::taken(SLIDES_REMINDERS)))
        .order_by_asc(starts)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    Ok(Due { subjects, next: Some(now + Duration::hours(1)) })
}

/// Reminds the speakers of one session.
pub(crate) async fn run_reminder(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| { remind(tx, job.subject()?).await.map(|()| Next::Done) })
}

/// Reminds the speakers, behind the session's lock. Sessions without confirmed speakers are marked too, because a
/// reminder that comes late helps nobody.
async fn remind(tx: &Tx, session: Uuid) -> Result<(), StoreError> {
    let row = agenda_session::Entity::find_by_id(session).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let Some((row, starts_at)) = row.and_then(|row| row.starts_at.map(|starts_at| (row, starts_at))) else {
        return Ok(());
    };
    let event = event::Entity::find_by_id(row.event_id)
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .one(tx.db())
        .await?;
    let Some(event) = event else { return Ok(()) };
    let kind = if tx.now() < starts_at { SlidesReminder::Before } else { SlidesReminder::After };
    let sent = slides_reminder::Entity::find_by_id((session, kind.name().to_owned()));
    let slides = session_slides::Entity::find()
        .select_only()
        .column(session_slides::Column::Id)
        .filter(session_slides::Column::SessionId.eq(session))
        .into_tuple::<Uuid>();
    let days = schedule::slides_days(tx.db(), event.id).await?;
    if days == 0 || sent.one(tx.db()).await?.is_some() || slides.one(tx.db()).await?.is_some() {
        return Ok(());
    }
    let mark = slides_reminder::ActiveModel {
        session_id: Set(session),
        kind: Set(kind.name().to_owned()),
        sent_at: Set(tx.now()),
    };
    mark.insert(tx.db()).await?;
    let speakers: Vec<Uuid> = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::MemberId)
        .filter(speaker_link::Column::SpeakerId.in_subquery(speakers_of(session)))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .distinct()
        .order_by_asc(speaker_link::Column::MemberId)
        .into_tuple()
        .all(tx.db())
        .await?;
    let slug = Slug::parse(&event.slug).ok_or(StoreError::NotFound)?;
    for speaker in speakers {
        let member = members::load(tx.db(), MemberId(speaker)).await?;
        let active = members::recipient(&member).filter(|_| member.role != Role::Suspended.name());
        let Some(to) = active else { continue };
        // A speaker who left the group of a private event does not hear of it.
        if events::seen(tx.db(), &members::as_actor(member)?, &slug).await.is_err() {
            continue;
        }
        let email = Email::from(emails::SlidesWanted {
            event: slug.clone(),
            session,
            title: row.title.clone(),
            is_over: kind == SlidesReminder::After,
        });
        outbox::post(tx, Some(MemberId(speaker)), &to, &email).await?;
    }
    Ok(())
}
