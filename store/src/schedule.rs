//! Schedules: read into an event with days, rooms, tracks, sessions and speakers (D9's import half).
//!
//! The same file twice changes nothing; a changed file updates by guid.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    Actor, EventId, Slug,
    events::{AttendeeList, Event, EventDetails, EventKind, EventStatus},
    policy::{Action, Permit, Relation, permit},
    schedule::{Schedule, ScheduleDay, ScheduleSession, ScheduleSpeaker},
    text::line,
};
use markup::published;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, event, event_subject, room, schedule, session_speaker, speaker, track},
    events::{self, About},
    search, secrets,
    write::Tx,
};

/// A day of an event's agenda.
#[derive(Clone, Debug)]
pub struct AgendaDay {
    /// 1 for the first.
    pub index: u32,
    /// Its date, in the event's zone; a day may run past midnight.
    pub date: NaiveDate,
    /// Ordered by start, then by the order of rooms.
    pub sessions: Vec<AgendaItem>,
}

/// A session as it stands in an agenda.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// In the address of its page; it stays when the session changes.
    pub id: Uuid,
    /// What its publisher says.
    pub session: ScheduleSession,
    /// What it is about, as the event's hosts say.
    pub about: About,
}

impl AgendaItem {
    fn new(row: &agenda_session::Model, about: &mut HashMap<Uuid, About>) -> Result<Self, StoreError> {
        let about = about.remove(&row.id).unwrap_or_default();
        Ok(Self { id: row.id, session: serde_json::from_str(&row.content)?, about })
    }
}

/// A session with the event it is part of.
#[derive(Clone, Debug)]
pub struct SessionPage {
    /// The event; where to join is left out.
    pub event: Event,
    /// Whether the reader may say what the session is about.
    pub may_edit: bool,
    /// The session.
    pub item: AgendaItem,
}

/// The page of a session.
///
/// # Errors
/// `NotFound` when there is none, or the reader may not see its event.
pub async fn session(store: &Store, actor: &Actor, slug: &Slug, id: Uuid) -> Result<SessionPage, StoreError> {
    let (event, may_edit) = events::seen(store.db(), actor, slug).await?;
    let row = agenda_session::Entity::find_by_id(id)
        .filter(agenda_session::Column::EventId.eq(event.id.0))
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let item = AgendaItem::new(&row, &mut events::about_each(store.db(), event.id.0).await?)?;
    Ok(SessionPage { event, may_edit, item })
}

/// The agenda of an event, for its page: one query; `about` is what its sessions are about.
pub(crate) async fn agenda(
    db: &impl ConnectionTrait,
    event: EventId,
    mut about: HashMap<Uuid, About>,
) -> Result<Vec<AgendaDay>, StoreError> {
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::EventId.eq(event.0))
        .order_by_asc(agenda_session::Column::DayIndex)
        .order_by_asc(agenda_session::Column::StartsAt)
        .order_by_asc(agenda_session::Column::Position)
        .order_by_asc(agenda_session::Column::Id)
        .all(db)
        .await?;
    let mut days: Vec<AgendaDay> = Vec::new();
    for row in rows {
        let index = u32::try_from(row.day_index).unwrap_or(0);
        let session = AgendaItem::new(&row, &mut about)?;
        match days.last_mut().filter(|day| day.index == index) {
            Some(day) => day.sessions.push(session),
            None => days.push(AgendaDay { index, date: row.day_date, sessions: vec![session] }),
        }
    }
    Ok(days)
}

/// What an import did to the sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The event's page.
    pub slug: Slug,
    /// New ones.
    pub added: u32,
    /// Those that say something else now.
    pub changed: u32,
    /// Those that are not in the file any more.
    pub removed: u32,
    /// Those that say the same.
    pub unchanged: u32,
    /// Those that the file has, but in a way that cannot be read. They stay as they were.
    pub kept: u32,
}

impl Report {
    fn is_change(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

/// Reads a schedule into its event, which is found by the schedule's acronym as written, or made. All or
/// nothing. `unread` are the guids of sessions that the file has and that could not be read: an earlier
/// version of them stays.
///
/// # Errors
/// `Refused` when the actor may not import.
pub async fn import(
    store: &Store,
    actor: &Actor,
    schedule: &Schedule,
    unread: &[String],
) -> Result<Report, StoreError> {
    store
        .write((*actor, schedule.clone(), unread.to_vec()), |tx, (actor, schedule, unread)| {
            Box::pin(import_in(tx, actor, schedule, unread))
        })
        .await
}

async fn import_in(
    tx: &Tx,
    actor: &Actor,
    schedule: &Schedule,
    unread: &[String],
) -> Result<Report, StoreError> {
    let permit = permit(actor, Action::ImportSchedule, Relation::Other)?;
    let (slug, event) = event_of(tx, &permit, schedule).await?;
    let header = keep_header(tx, event, schedule).await?;
    let mut existing: HashMap<String, agenda_session::Model> = agenda_session::Entity::find()
        .filter(agenda_session::Column::EventId.eq(event))
        .all(tx.db())
        .await?
        .into_iter()
        .map(|row| (row.guid.clone(), row))
        .collect();
    let mut report = Report { slug, added: 0, changed: 0, removed: 0, unchanged: 0, kept: 0 };
    let names = Names::keep(tx, event, schedule).await?;
    for day in &schedule.days {
        for session in &day.sessions {
            let known = existing.remove(&session.guid);
            let wanted = names.row(event, day, session)?;
            match known {
                None => {
                    report.added += 1;
                    wanted.insert(tx, session, &names).await?;
                }
                Some(row) if wanted.says_the_same_as(&row) => {
                    report.unchanged += 1;
                    wanted.move_to(tx, row).await?;
                }
                Some(row) => {
                    report.changed += 1;
                    wanted.update(tx, row, session, &names).await?;
                }
            }
        }
    }
    report.kept = counted(unread.iter().filter_map(|guid| existing.remove(guid)).count());
    report.removed = counted(existing.len());
    let gone: Vec<Uuid> = existing.into_values().map(|row| row.id).collect();
    agenda_session::Entity::delete_many()
        .filter(agenda_session::Column::Id.is_in(gone.iter().copied()))
        .exec(tx.db())
        .await?;
    event_subject::Entity::delete_many()
        .filter(event_subject::Column::SessionId.is_in(gone.iter().copied()))
        .exec(tx.db())
        .await?;
    if report.is_change() {
        search::sessions(tx, event, &gone).await?;
    }
    if header || report.is_change() {
        audit::record(tx, &permit, "schedule.import", event).await?;
    }
    Ok(report)
}

fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The schedule's event, made or brought up to date. Identity is the acronym as written: a slug of it would
/// be the same for "C++ Days" and "C# Days".
async fn event_of(tx: &Tx, permit: &Permit, schedule: &Schedule) -> Result<(Slug, Uuid), StoreError> {
    let key = &schedule.acronym;
    let find = || event::Entity::find().filter(event::Column::ImportKey.eq(key));
    let Some((was, row)) = events::locked(tx, event::Column::ImportKey.eq(key)).await? else {
        let details = details_of(schedule, None)?;
        let slug =
            events::insert(tx, permit, &details, EventStatus::Published, None, Some(key.clone())).await?;
        let row = find().one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        return Ok((slug, row.id));
    };
    let details = details_of(schedule, Some(&was.details))?;
    if details != was.details {
        events::apply(tx, permit, &was, &row, &details).await?;
    }
    Ok((was.slug, row.id))
}

/// What the schedule says of its event; what it does not say stays as its organisers left it.
fn details_of(schedule: &Schedule, was: Option<&EventDetails>) -> Result<EventDetails, StoreError> {
    let no_dates = || StoreError::Corrupt("a schedule without sessions and dates was to be imported".into());
    let (starts_at, ends_at) = schedule.span().ok_or_else(no_dates)?;
    let title = published::line(&schedule.title);
    Ok(EventDetails {
        title: line(&title).chars().take(120).collect(),
        starts: schedule.zone.wall(starts_at),
        zone: schedule.zone,
        minutes: u32::try_from((ends_at - starts_at).num_minutes()).unwrap_or(0),
        kind: was.map_or(EventKind::Talk, |was| was.kind),
        summary: was.map(|was| was.summary.clone()).unwrap_or_default(),
        description: was.map(|was| was.description.clone()).unwrap_or_default(),
        group: was.and_then(|was| was.group.clone()),
        place: was.map(|was| was.place.clone()).unwrap_or_default(),
        join_url: was.and_then(|was| was.join_url.clone()),
        capacity: was.and_then(|was| was.capacity),
        guests_most: was.map_or(0, |was| was.guests_most),
        opens: was.and_then(|was| was.opens),
        closes: was.and_then(|was| was.closes),
        attendee_list: was.map_or(AttendeeList::Attendees, |was| was.attendee_list),
        seating: was.map(|was| was.seating).unwrap_or_default(),
    })
}

/// Keeps what the file says besides its sessions, for an export without loss. Whether it is new.
async fn keep_header(tx: &Tx, event: Uuid, schedule: &Schedule) -> Result<bool, StoreError> {
    let mut header = schedule.clone();
    header.days.iter_mut().for_each(|day| day.sessions.clear());
    let content = serde_json::to_string(&header)?;
    let known = schedule::Entity::find_by_id(event).one(tx.db()).await?;
    if known.is_some_and(|known| known.content == content) {
        return Ok(false);
    }
    let row = schedule::ActiveModel { event_id: Set(event), content: Set(content) };
    let replace =
        OnConflict::column(schedule::Column::EventId).update_column(schedule::Column::Content).to_owned();
    schedule::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
    Ok(true)
}

/// The ids of an event's rooms, tracks and speakers by their names.
struct Names {
    /// With their positions.
    rooms: HashMap<String, (Uuid, i32)>,
    tracks: HashMap<String, Uuid>,
    speakers: HashMap<String, Uuid>,
}

impl Names {
    /// Makes those that are missing; what nobody uses any more does no harm and stays.
    async fn keep(tx: &Tx, event: Uuid, schedule: &Schedule) -> Result<Self, StoreError> {
        let sessions = || schedule.days.iter().flat_map(|day| &day.sessions);
        let mut names = Self { rooms: HashMap::new(), tracks: HashMap::new(), speakers: HashMap::new() };
        for row in room::Entity::find().filter(room::Column::EventId.eq(event)).all(tx.db()).await? {
            names.rooms.insert(row.name, (row.id, row.position));
        }
        for row in track::Entity::find().filter(track::Column::EventId.eq(event)).all(tx.db()).await? {
            names.tracks.insert(row.name, row.id);
        }
        let mut spoken = HashMap::new();
        for row in speaker::Entity::find().filter(speaker::Column::EventId.eq(event)).all(tx.db()).await? {
            spoken.insert(row.code.clone(), row.name);
            names.speakers.insert(row.code, row.id);
        }
        for session in sessions() {
            if !names.rooms.contains_key(&session.room) {
                let (id, position) = (secrets::new_id(), next(&names.rooms));
                let name = Set(session.room.clone());
                room::ActiveModel { id: Set(id), event_id: Set(event), name, position: Set(position) }
                    .insert(tx.db())
                    .await?;
                names.rooms.insert(session.room.clone(), (id, position));
            }
            if !session.track.is_empty() && !names.tracks.contains_key(&session.track) {
                let (id, position) = (secrets::new_id(), next(&names.tracks));
                let name = Set(session.track.clone());
                track::ActiveModel { id: Set(id), event_id: Set(event), name, position: Set(position) }
                    .insert(tx.db())
                    .await?;
                names.tracks.insert(session.track.clone(), id);
            }
        }
        for person in sessions().flat_map(|session| &session.speakers) {
            match spoken.get(key_of(person)) {
                Some(name) if *name == person.name => continue,
                Some(_) => names.rename(tx, person).await?,
                None => names.add(tx, event, person).await?,
            }
            spoken.insert(key_of(person).to_owned(), person.name.clone());
        }
        Ok(names)
    }

    async fn add(&mut self, tx: &Tx, event: Uuid, person: &ScheduleSpeaker) -> Result<(), StoreError> {
        let (id, position) = (secrets::new_id(), next(&self.speakers));
        let row = speaker::ActiveModel {
            id: Set(id),
            event_id: Set(event),
            code: Set(key_of(person).to_owned()),
            name: Set(person.name.clone()),
            position: Set(position),
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

    /// The row that a session should have. Its position is that of its room: the order of the sessions in a
    /// file says nothing.
    fn row(&self, event: Uuid, day: &ScheduleDay, session: &ScheduleSession) -> Result<Wanted, StoreError> {
        let missing = || StoreError::Corrupt("a room is missing after it was made".into());
        let (room_id, position) = *self.rooms.get(&session.room).ok_or_else(missing)?;
        Ok(Wanted(agenda_session::Model {
            id: Uuid::nil(),
            event_id: event,
            guid: session.guid.clone(),
            day_index: i32::try_from(day.index).unwrap_or(i32::MAX),
            day_date: day.date,
            position,
            room_id,
            track_id: self.tracks.get(&session.track).copied(),
            starts_at: session.starts_at,
            minutes: i32::try_from(session.minutes).unwrap_or(i32::MAX),
            title: session.title.clone(),
            content: serde_json::to_string(session)?,
        }))
    }
}

/// What a speaker goes by: the publisher's number, or the name where there is none.
fn key_of(person: &ScheduleSpeaker) -> &str {
    if person.code.is_empty() { &person.name } else { &person.code }
}

fn next<T>(known: &HashMap<String, T>) -> i32 {
    i32::try_from(known.len()).unwrap_or(i32::MAX)
}

/// A session's row as it should be, without its id.
struct Wanted(agenda_session::Model);

impl Wanted {
    /// The row of the same session, at the day and position that it had.
    fn in_place_of(&self, row: &agenda_session::Model) -> agenda_session::Model {
        let (day_index, day_date, position) = (row.day_index, row.day_date, row.position);
        agenda_session::Model { id: row.id, day_index, day_date, position, ..self.0.clone() }
    }

    /// Whether the row says the same. A day's number and the position of a room are not content.
    fn says_the_same_as(&self, row: &agenda_session::Model) -> bool {
        self.in_place_of(row) == *row
    }

    /// Brings day and position up to date.
    async fn move_to(self, tx: &Tx, row: agenda_session::Model) -> Result<(), StoreError> {
        let moved = agenda_session::Model { id: row.id, ..self.0 };
        if moved != row {
            moved.into_active_model().reset_all().update(tx.db()).await?;
        }
        Ok(())
    }

    async fn insert(self, tx: &Tx, session: &ScheduleSession, names: &Names) -> Result<(), StoreError> {
        let id = secrets::new_id();
        let row = agenda_session::Model { id, ..self.0 };
        row.into_active_model().reset_all().insert(tx.db()).await?;
        speakers(tx, id, session, names).await
    }

    async fn update(
        self,
        tx: &Tx,
        row: agenda_session::Model,
        session: &ScheduleSession,
        names: &Names,
    ) -> Result<(), StoreError> {
        let changed = agenda_session::Model { id: row.id, ..self.0 };
        changed.into_active_model().reset_all().update(tx.db()).await?;
        session_speaker::Entity::delete_many()
            .filter(session_speaker::Column::SessionId.eq(row.id))
            .exec(tx.db())
            .await?;
        speakers(tx, row.id, session, names).await
    }
}

async fn speakers(tx: &Tx, id: Uuid, session: &ScheduleSession, names: &Names) -> Result<(), StoreError> {
    let mut seen = Vec::new();
    for person in &session.speakers {
        let Some(speaker) = names.speakers.get(key_of(person)).filter(|speaker| !seen.contains(*speaker))
        else {
            continue;
        };
        let row = session_speaker::ActiveModel {
            session_id: Set(id),
            speaker_id: Set(*speaker),
            position: Set(i32::try_from(seen.len()).unwrap_or(i32::MAX)),
        };
        row.insert(tx.db()).await?;
        seen.push(*speaker);
    }
    Ok(())
}
