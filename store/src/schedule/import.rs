//! Importing a schedule: days, rooms, tracks, sessions and speakers of an event (the import part of D9).
//!
//! Importing the same file again changes nothing. A changed file updates sessions by their GUID.

use std::collections::HashMap;

use chrono::Duration;
use domain::{
    Actor, Slug,
    events::{AttendeeList, EventDetails, EventKind, EventStatus},
    policy::{NoRelation, Permit, events::ImportSchedule, permit},
    schedule::{Schedule, ScheduleDay, ScheduleSession, ScheduleSpeaker},
    text::line,
};
use markup::published;
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Func, OnConflict},
};
use uuid::Uuid;

use super::{
    agenda::workshop_slot,
    board::{PROPOSAL_GUID, SESSION_GUID, keep_people, record_import},
    guids::uuid_of,
};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, event, kudos, room, schedule, session_speaker, speaker, track},
    events, search, secrets,
    write::{Tx, verb},
};

/// What an import did to the sessions of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Slug of the event's page.
    pub slug: Slug,
    /// Number of sessions added.
    pub added: u32,
    /// Number of sessions changed.
    pub changed: u32,
    /// Number of sessions removed, because the file no longer has them.
    pub removed: u32,
    /// Number of sessions that stayed the same.
    pub unchanged: u32,
    /// Number of sessions kept as they were, because their new version in the file can't be read.
    pub kept: u32,
}

impl Report {
    fn is_change(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

/// Imports a schedule into its event in one transaction. The event is found by the schedule's acronym, or
/// created. `unread` has the GUIDs of sessions in the file that couldn't be read. Their earlier version stays.
///
/// # Errors
/// `Refused` when the actor may not import schedules.
pub async fn import(
    store: &Store,
    actor: &Actor,
    schedule: &Schedule,
    unread: &[String],
) -> Result<Report, StoreError> {
    verb!(store, |tx, actor, schedule, unread| {
        let permit = permit(actor, ImportSchedule, NoRelation)?;
        let (slug, event) = event_of(tx, &permit, schedule).await?;
        let header_changed = save_header(tx, event, schedule).await?;
        let before = agenda_session::Entity::find()
            .filter(agenda_session::Column::EventId.eq(event))
            .all(tx.db())
            .await?;
        // A session of the board that is not in the file stays in the pool or goes there.
        let (own, before_import): (Vec<_>, Vec<_>) = before.iter().cloned().partition(is_own);
        let in_file = |row: &agenda_session::Model| {
            let exported = uuid_of(&row.guid).to_string();
            let mut sessions = schedule.days.iter().flat_map(|day| &day.sessions);
            sessions.any(|session| session.guid == row.guid || session.guid == exported)
        };
        let (own_in_file, own): (Vec<_>, Vec<_>) = own.into_iter().partition(in_file);
        let mut existing: HashMap<String, agenda_session::Model> =
            before_import.into_iter().chain(own_in_file).map(|row| (row.guid.clone(), row)).collect();
        let mut report = Report { slug, added: 0, changed: 0, removed: 0, unchanged: 0, kept: 0 };
        let names = Names::load_or_create(tx, event, schedule).await?;
        // Our own export writes each GUID as a UUID.
        let exported: HashMap<String, String> =
            existing.keys().map(|guid| (uuid_of(guid).to_string(), guid.clone())).collect();
        for day in &schedule.days {
            for session in &day.sessions {
                let mut session = session.clone();
                if !existing.contains_key(&session.guid)
                    && let Some(guid) = exported.get(&session.guid)
                {
                    session.guid.clone_from(guid);
                }
                let session = &session;
                let existing_row = existing.remove(&session.guid);
                let session_row = names.row(event, day, session)?;
                match existing_row {
                    None => {
                        report.added += 1;
                        session_row.insert(tx, session, &names).await?;
                    }
                    Some(row) if session_row.says_the_same_as(&row) => {
                        report.unchanged += 1;
                        session_row.move_to(tx, row).await?;
                    }
                    Some(row) => {
                        report.changed += 1;
                        session_row.update(tx, row, session, &names).await?;
                    }
                }
            }
        }
        report.removed = to_u32(own.iter().filter(|row| row.starts_at.is_some()).count());
        for row in own.into_iter().filter(|row| row.starts_at.is_some()) {
            into_pool(tx, &permit, row).await?;
        }
        report.kept = to_u32(unread.iter().filter_map(|guid| existing.remove(guid)).count());
        report.removed += to_u32(existing.len());
        let removed: Vec<Uuid> = existing.into_values().map(|row| row.id).collect();
        // Nobody needs to hear that a session in the past is gone.
        let is_ahead = |row: &&agenda_session::Model| {
            let ends_at = row.starts_at.map(|starts_at| starts_at + Duration::minutes(row.minutes.into()));
            removed.contains(&row.id) && ends_at.is_some_and(|ends_at| ends_at > tx.now())
        };
        let ahead: Vec<Uuid> = before.iter().filter(is_ahead).map(|row| row.id).collect();
        keep_people(tx, &ahead).await?;
        for row in before.iter().filter(|row| removed.contains(&row.id)) {
            if let Some(workshop) = row.workshop_id {
                events::cancel_workshop(tx, &permit.step(), workshop).await?;
            }
        }
        // Kudos about a session stay. They are still about its event.
        kudos::Entity::update_many()
            .set(kudos::ActiveModel { session_id: Set(None), ..Default::default() })
            .filter(kudos::Column::SessionId.is_in(removed.iter().copied()))
            .exec(tx.db())
            .await?;
        agenda_session::Entity::delete_many()
            .filter(agenda_session::Column::Id.is_in(removed.iter().copied()))
            .exec(tx.db())
            .await?;
        let workshops = agenda_session::Entity::find()
            .filter(agenda_session::Column::EventId.eq(event))
            .filter(agenda_session::Column::WorkshopId.is_not_null())
            .all(tx.db())
            .await?;
        if let Some((locked, _)) =
            events::locked(tx, event::Column::Id.eq(event)).await?.filter(|_| !workshops.is_empty())
        {
            for row in workshops {
                let Some(workshop) = row.workshop_id else { continue };
                match workshop_slot(&row)? {
                    Some(slot) => events::move_workshop(tx, &permit.step(), &locked, workshop, &slot).await?,
                    None => events::remove_workshop(tx, &permit.step(), workshop).await?,
                }
            }
        }
        if report.is_change() {
            let gone: Vec<Uuid> = before.iter().map(|row| row.id).collect();
            search::sessions(tx, event, &gone).await?;
            let found = events::locked(tx, event::Column::Id.eq(event)).await?;
            let (locked, _) = found.ok_or(StoreError::NotFound)?;
            record_import(tx, &permit.step(), &locked, &before).await?;
        }
        if header_changed || report.is_change() {
            audit::record(tx, &permit, "schedule.import", event).await?;
        }
        Ok(report)
    })
}

/// Whether a session was planned here and came from no file.
fn is_own(row: &agenda_session::Model) -> bool {
    row.guid.starts_with(PROPOSAL_GUID) || row.guid.starts_with(SESSION_GUID)
}

/// Takes a session out of the agenda. It waits in the pool, because it may be somebody's proposal.
async fn into_pool(
    tx: &Tx,
    _permit: &Permit<ImportSchedule>,
    row: agenda_session::Model,
) -> Result<(), StoreError> {
    let mut content: ScheduleSession = serde_json::from_str(&row.content)?;
    content.room.clear();
    content.starts_at = domain::Instant::default();
    let waiting = agenda_session::Model {
        day_index: 0,
        day_date: None,
        position: 0,
        room_id: None,
        starts_at: None,
        content: serde_json::to_string(&content)?,
        ..row
    };
    waiting.without_material().update(tx.db()).await?;
    Ok(())
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The schedule's event, created or updated. It is found by the acronym as written, because "C++ Days" and "C#
/// Days" would have the same slug.
async fn event_of(
    tx: &Tx,
    permit: &Permit<ImportSchedule>,
    schedule: &Schedule,
) -> Result<(Slug, Uuid), StoreError> {
    let key = &import_key(tx, &schedule.acronym).await?;
    let find = || event::Entity::find().filter(event::Column::ImportKey.eq(key));
    let Some((before, row)) = events::locked(tx, event::Column::ImportKey.eq(key)).await? else {
        let details = details_of(schedule, None)?;
        let slug =
            events::insert(tx, &permit.step(), &details, EventStatus::Published, None, Some(key.clone()))
                .await?;
        let row = find().one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        return Ok((slug, row.id));
    };
    let details = details_of(schedule, Some(&before.details))?;
    if details != before.details {
        events::apply(tx, &permit.step(), &before, &row, &details).await?;
    }
    Ok((before.slug, row.id))
}

/// The key of the event that an acronym names. Our own export writes acronyms in small letters, so a key that
/// differs in nothing else counts, if there is none as written.
async fn import_key(tx: &Tx, acronym: &str) -> Result<String, StoreError> {
    let keys = || event::Entity::find().select_only().column(event::Column::ImportKey);
    let exact = keys().filter(event::Column::ImportKey.eq(acronym)).into_tuple().one(tx.db()).await?;
    let similar = Expr::expr(Func::lower(Expr::col(event::Column::ImportKey))).eq(acronym);
    Ok(match exact {
        Some(key) => key,
        None => keys().filter(similar).into_tuple().one(tx.db()).await?.unwrap_or_else(|| acronym.to_owned()),
    })
}

/// The event's details from the schedule. What the schedule doesn't have stays as the organisers set it.
fn details_of(schedule: &Schedule, before: Option<&EventDetails>) -> Result<EventDetails, StoreError> {
    let no_dates = || StoreError::Corrupt("the imported schedule has no sessions and no dates".into());
    let (starts_at, ends_at) = schedule.span().ok_or_else(no_dates)?;
    let title = published::line(&schedule.title);
    Ok(EventDetails {
        title: line(&title).chars().take(120).collect(),
        starts: schedule.zone.wall(starts_at),
        zone: schedule.zone,
        minutes: u32::try_from((ends_at - starts_at).num_minutes()).unwrap_or(0),
        kind: before.map_or(EventKind::Talk, |before| before.kind),
        summary: before.map(|before| before.summary.clone()).unwrap_or_default(),
        description: before.map(|before| before.description.clone()).unwrap_or_default(),
        group: before.and_then(|before| before.group.clone()),
        place: before.map(|before| before.place.clone()).unwrap_or_default(),
        join_url: before.and_then(|before| before.join_url.clone()),
        capacity: before.and_then(|before| before.capacity),
        guests_max: before.map_or(0, |before| before.guests_max),
        opens: before.and_then(|before| before.opens),
        closes: before.and_then(|before| before.closes),
        attendee_list: before.map_or(AttendeeList::Attendees, |before| before.attendee_list),
        seating: before.map(|before| before.seating).unwrap_or_default(),
    })
}

/// Saves everything in the file except its sessions, for an export without loss. Returns whether it changed.
async fn save_header(tx: &Tx, event: Uuid, schedule: &Schedule) -> Result<bool, StoreError> {
    let mut header = schedule.clone();
    header.days.iter_mut().for_each(|day| day.sessions.clear());
    let content = serde_json::to_string(&header)?;
    let existing = schedule::Entity::find_by_id(event).one(tx.db()).await?;
    if existing.is_some_and(|existing| existing.content == content) {
        return Ok(false);
    }
    let row = schedule::ActiveModel { event_id: Set(event), content: Set(content) };
    let replace =
        OnConflict::column(schedule::Column::EventId).update_column(schedule::Column::Content).to_owned();
    schedule::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
    Ok(true)
}

/// IDs of an event's rooms, tracks and speakers by name.
struct Names {
    /// ID and position of each room.
    rooms: HashMap<String, (Uuid, i32)>,
    tracks: HashMap<String, Uuid>,
    speakers: HashMap<String, Uuid>,
}

impl Names {
    /// Loads what exists and creates what is missing. Unused rooms, tracks and speakers are harmless and stay.
    async fn load_or_create(tx: &Tx, event: Uuid, schedule: &Schedule) -> Result<Self, StoreError> {
        let sessions = || schedule.days.iter().flat_map(|day| &day.sessions);
        let mut names = Self { rooms: HashMap::new(), tracks: HashMap::new(), speakers: HashMap::new() };
        for row in room::Entity::find().filter(room::Column::EventId.eq(event)).all(tx.db()).await? {
            names.rooms.insert(row.name, (row.id, row.position));
        }
        for row in track::Entity::find().filter(track::Column::EventId.eq(event)).all(tx.db()).await? {
            names.tracks.insert(row.name, row.id);
        }
        let mut speaker_names = HashMap::new();
        for row in speaker::Entity::find().filter(speaker::Column::EventId.eq(event)).all(tx.db()).await? {
            speaker_names.insert(row.code.clone(), row.name);
            names.speakers.insert(row.code, row.id);
        }
        for session in sessions() {
            if !names.rooms.contains_key(&session.room) {
                let (id, position) = (secrets::new_id(), next_position(&names.rooms));
                let name = Set(session.room.clone());
                room::ActiveModel {
                    id: Set(id),
                    event_id: Set(event),
                    name,
                    position: Set(position),
                    capacity: Set(None),
                    screen: Set(0),
                }
                .insert(tx.db())
                .await?;
                names.rooms.insert(session.room.clone(), (id, position));
            }
            if !session.track.is_empty() && !names.tracks.contains_key(&session.track) {
                let (id, position) = (secrets::new_id(), next_position(&names.tracks));
                let name = Set(session.track.clone());
                track::ActiveModel { id: Set(id), event_id: Set(event), name, position: Set(position) }
                    .insert(tx.db())
                    .await?;
                names.tracks.insert(session.track.clone(), id);
            }
        }
        for person in sessions().flat_map(|session| &session.speakers) {
            match speaker_names.get(key_of(person)) {
                Some(name) if *name == person.name => continue,
                Some(_) => names.rename(tx, person).await?,
                None => names.add(tx, event, person).await?,
            }
            speaker_names.insert(key_of(person).to_owned(), person.name.clone());
        }
        Ok(names)
    }

    async fn add(&mut self, tx: &Tx, event: Uuid, person: &ScheduleSpeaker) -> Result<(), StoreError> {
        let (id, position) = (secrets::new_id(), next_position(&self.speakers));
        let row = speaker::ActiveModel {
            id: Set(id),
            event_id: Set(event),
            code: Set(key_of(person).to_owned()),
            name: Set(person.name.clone()),
            position: Set(position),
            ..Default::default()
        };
        row.insert(tx.db()).await?;
        self.speakers.insert(key_of(person).to_owned(), id);
        Ok(())
    }

    async fn rename(&self, tx: &Tx, person: &ScheduleSpeaker) -> Result<(), StoreError> {
        let Some(id) = self.speakers.get(key_of(person)) else { return Ok(()) };
        let row = speaker::ActiveModel { id: Set(*id), name: Set(person.name.clone()), ..Default::default() };
        row.update(tx.db()).await?;
        Ok(())
    }

    /// The row for a session. Its position is that of its room, because the order of sessions in a file means
    /// nothing.
    fn row(
        &self,
        event: Uuid,
        day: &ScheduleDay,
        session: &ScheduleSession,
    ) -> Result<SessionRow, StoreError> {
        let missing = || StoreError::Corrupt("a room is missing after it was created".into());
        let (room_id, position) = *self.rooms.get(&session.room).ok_or_else(missing)?;
        Ok(SessionRow(agenda_session::Model {
            id: Uuid::nil(),
            event_id: event,
            guid: session.guid.clone(),
            day_index: i32::try_from(day.index).unwrap_or(i32::MAX),
            day_date: Some(day.date),
            position,
            room_id: Some(room_id),
            track_id: self.tracks.get(&session.track).copied(),
            starts_at: Some(session.starts_at),
            minutes: i32::try_from(session.minutes).unwrap_or(i32::MAX),
            title: session.title.clone(),
            content: serde_json::to_string(session)?,
            recording: None,
            workshop_id: None,
            no_recording: None,
        }))
    }
}

/// Identifies a speaker: by the publisher's code, or by name if there is none.
fn key_of(person: &ScheduleSpeaker) -> &str {
    if person.code.is_empty() { &person.name } else { &person.code }
}

fn next_position<T>(existing: &HashMap<String, T>) -> i32 {
    i32::try_from(existing.len()).unwrap_or(i32::MAX)
}

impl agenda_session::Model {
    /// This row with what belongs to an existing one and is in no file: its ID, its recording, and who said that it must
    /// not be recorded (D8).
    fn kept(self, row: &Self) -> Self {
        let (recording, no_recording) = (row.recording.clone(), row.no_recording.clone());
        Self { id: row.id, recording, no_recording, workshop_id: row.workshop_id, ..self }
    }

    /// All columns that a file changes. A speaker may say at the same time that the session must not be recorded.
    fn without_material(self) -> agenda_session::ActiveModel {
        agenda_session::ActiveModel {
            recording: NotSet,
            no_recording: NotSet,
            workshop_id: NotSet,
            ..self.into_active_model().reset_all()
        }
    }
}

/// The row that a session should have. Its ID isn't set.
struct SessionRow(agenda_session::Model);

impl SessionRow {
    /// This row with the ID, day and position of an existing one.
    fn in_place_of(&self, row: &agenda_session::Model) -> agenda_session::Model {
        let (day_index, day_date, position) = (row.day_index, row.day_date, row.position);
        agenda_session::Model { day_index, day_date, position, ..self.0.clone().kept(row) }
    }

    /// Whether the content is the same as that of an existing row. Day and position don't count as content.
    fn says_the_same_as(&self, row: &agenda_session::Model) -> bool {
        self.in_place_of(row) == *row
    }

    /// Updates the day and position of an existing row.
    async fn move_to(self, tx: &Tx, row: agenda_session::Model) -> Result<(), StoreError> {
        let updated = self.0.kept(&row);
        if updated != row {
            updated.without_material().update(tx.db()).await?;
        }
        Ok(())
    }

    async fn insert(self, tx: &Tx, session: &ScheduleSession, names: &Names) -> Result<(), StoreError> {
        let id = secrets::new_id();
        let row = agenda_session::Model { id, ..self.0 };
        row.into_active_model().reset_all().insert(tx.db()).await?;
        insert_speakers(tx, id, session, names).await
    }

    async fn update(
        self,
        tx: &Tx,
        row: agenda_session::Model,
        session: &ScheduleSession,
        names: &Names,
    ) -> Result<(), StoreError> {
        self.0.kept(&row).without_material().update(tx.db()).await?;
        session_speaker::Entity::delete_many()
            .filter(session_speaker::Column::SessionId.eq(row.id))
            .exec(tx.db())
            .await?;
        insert_speakers(tx, row.id, session, names).await
    }
}

async fn insert_speakers(
    tx: &Tx,
    id: Uuid,
    session: &ScheduleSession,
    names: &Names,
) -> Result<(), StoreError> {
    let mut inserted = Vec::new();
    for person in &session.speakers {
        let Some(speaker) = names.speakers.get(key_of(person)).filter(|speaker| !inserted.contains(*speaker))
        else {
            continue;
        };
        let row = session_speaker::ActiveModel {
            session_id: Set(id),
            speaker_id: Set(*speaker),
            position: Set(i32::try_from(inserted.len()).unwrap_or(i32::MAX)),
        };
        row.insert(tx.db()).await?;
        inserted.push(*speaker);
    }
    Ok(())
}
