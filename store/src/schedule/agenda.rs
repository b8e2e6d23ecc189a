//! The agenda of an event: its sessions by day.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::{Actor, EventId, schedule::ScheduleSession, sessions::NoRecording};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{agenda_session, saved_session},
    events::{About, WorkshopSlot},
};

/// A day of an event's agenda.
#[derive(Clone, Debug)]
pub struct AgendaDay {
    /// Number of the day, from 1.
    pub index: u32,
    /// Date in the event's time zone. Sessions may run past midnight.
    pub date: NaiveDate,
    /// Sessions by start, then in the order of rooms.
    pub sessions: Vec<AgendaItem>,
}

/// A session in an agenda.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// ID in the address of the session's page. It stays when the session changes.
    pub id: Uuid,
    /// The session as published in the schedule.
    pub session: ScheduleSession,
    /// Topics, stages and disciplines, as set by the event's hosts.
    pub about: About,
    /// The link to the recording that speakers or hosts added. None while the session must not be recorded (D8).
    pub recording: Option<String>,
    /// Who said here that the session must not be recorded. A file may say so too, in `session`.
    pub no_recording: Option<NoRecording>,
    /// The id of its room, for the calendar of the room.
    pub room: Option<Uuid>,
    /// The id of its track, if it has one.
    pub track: Option<Uuid>,
    /// The event with the seats of this workshop (D7). None for a session without seats of its own.
    pub workshop: Option<Uuid>,
}

impl AgendaItem {
    pub(super) fn new(
        row: &agenda_session::Model,
        about: &mut HashMap<Option<Uuid>, About>,
    ) -> Result<Self, StoreError> {
        let about = about.remove(&Some(row.id)).unwrap_or_default();
        let mut session: ScheduleSession = serde_json::from_str(&row.content)?;
        let corrupt = |()| StoreError::Corrupt(format!("session {}: unreadable recording", row.id));
        let no_recording =
            row.no_recording.as_deref().map(str::parse::<NoRecording>).transpose().map_err(corrupt)?;
        session.do_not_record |= no_recording.is_some();
        if session.do_not_record {
            // It overrides every other word about a recording, also those of a file.
            session.video_url.clear();
            session.recording_url.clear();
            session.recording_link.clear();
        }
        let recording = row.recording.clone().filter(|_| !session.do_not_record);
        if let Some(link) = &recording
            && session.recording_link.is_empty()
        {
            session.recording_link.clone_from(link);
        }
        Ok(Self {
            id: row.id,
            session,
            about,
            recording,
            no_recording,
            room: row.room_id,
            track: row.track_id,
            workshop: row.workshop_id,
        })
    }
}

/// Whether a session must not be recorded, as a file or somebody here said (D8).
pub(crate) fn must_not_be_recorded(row: &agenda_session::Model) -> Result<bool, StoreError> {
    let content: ScheduleSession = serde_json::from_str(&row.content)?;
    Ok(content.do_not_record || row.no_recording.is_some())
}

/// Where and when the workshop of a session takes place (D7). `None` for a session without a slot.
pub(crate) fn workshop_slot(row: &agenda_session::Model) -> Result<Option<WorkshopSlot>, StoreError> {
    let content: ScheduleSession = serde_json::from_str(&row.content)?;
    let slot = |starts_at| WorkshopSlot {
        title: markup::published::line(&row.title),
        room: content.room,
        starts_at,
        minutes: u32::try_from(row.minutes).unwrap_or(0),
    };
    Ok(row.starts_at.map(slot))
}

/// The sessions with a start and a room. Those in the pool have neither, and only hosts see them.
pub(crate) fn scheduled() -> Expr {
    agenda_session::Column::StartsAt.is_not_null()
}

/// The agenda of an event, in one query. `about` has the topics, stages and disciplines by session.
pub(crate) async fn agenda(
    db: &impl ConnectionTrait,
    event: EventId,
    mut about: HashMap<Option<Uuid>, About>,
) -> Result<Vec<AgendaDay>, StoreError> {
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::EventId.eq(event.0))
        .filter(scheduled())
        .order_by_asc(agenda_session::Column::DayIndex)
        .order_by_asc(agenda_session::Column::StartsAt)
        .order_by_asc(agenda_session::Column::Position)
        .order_by_asc(agenda_session::Column::Id)
        .all(db)
        .await?;
    let mut days: Vec<AgendaDay> = Vec::new();
    for row in rows {
        let Some(date) = row.day_date else { continue };
        let index = u32::try_from(row.day_index).unwrap_or(0);
        let session = AgendaItem::new(&row, &mut about)?;
        match days.last_mut().filter(|day| day.index == index) {
            Some(day) => day.sessions.push(session),
            None => days.push(AgendaDay { index, date, sessions: vec![session] }),
        }
    }
    Ok(days)
}

/// Which of these days' sessions the actor saved. Empty for visitors.
pub(crate) async fn saved_among(
    db: &impl ConnectionTrait,
    actor: &Actor,
    days: &[AgendaDay],
) -> Result<BTreeSet<Uuid>, StoreError> {
    let Some(me) = actor.member().filter(|_| !days.is_empty()) else { return Ok(BTreeSet::new()) };
    let ids = days.iter().flat_map(|day| &day.sessions).map(|item| item.id);
    let saved: Vec<Uuid> = saved_session::Entity::find()
        .select_only()
        .column(saved_session::Column::SessionId)
        .filter(saved_session::Column::MemberId.eq(me.0))
        .filter(saved_session::Column::SessionId.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(saved.into_iter().collect())
}
