//! The rows of a draft, and how they become a board.

use std::collections::HashMap;

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, Refusal, Slug,
    board::{
        Board, BoardPerson, BoardRoom, BoardSession, Busy, Conflict, MAX_MINUTES, ReleasedSession,
        ReleasedSlot, Slot,
    },
    events::{Event, EventStatus},
    policy::{Permit, events::EditEvent},
    schedule::ScheduleSession,
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{
        agenda_board, agenda_session, agenda_slot, event, room, saved_session, session_speaker, speaker,
        speaker_link,
    },
    events,
    write::Tx,
};

/// The event of a board, locked, for an organiser.
pub(in crate::schedule) async fn lock(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Event, Permit<EditEvent>), StoreError> {
    let (event, _) = events::lock(tx, actor, slug).await?;
    let permit = events::edit_permit(tx, actor, &event).await?;
    Ok((event, permit))
}

/// The event of a board, for a reader who may edit it.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for everybody but the organisers of the event.
pub(in crate::schedule) async fn open(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<Event, StoreError> {
    let (event, may_edit) = events::seen(db, actor, slug).await?;
    if may_edit { Ok(event) } else { Err(Refusal::NotAllowed.into()) }
}

/// How many days before a session its speakers are reminded of slides, where nobody chose (D8).
const SLIDES_DAYS: i32 = domain::sessions::SLIDES_REMINDER_DAYS[0].cast_signed();

/// The board's own row. Revision 0 before the first change.
pub(super) async fn header(
    db: &impl ConnectionTrait,
    event: Uuid,
) -> Result<agenda_board::Model, StoreError> {
    let row = agenda_board::Entity::find_by_id(event).one(db).await?;
    Ok(row.unwrap_or(agenda_board::Model {
        event_id: event,
        revision: 0,
        buffer: 0,
        slides_days: SLIDES_DAYS,
    }))
}

/// Counts a change of the board and returns its number. Called behind the event's lock.
pub(super) async fn count_change(
    tx: &Tx,
    _permit: &Permit<EditEvent>,
    event: Uuid,
) -> Result<i32, StoreError> {
    let before = header(tx.db(), event).await?;
    let row = agenda_board::ActiveModel {
        event_id: Set(event),
        revision: Set(before.revision.saturating_add(1)),
        buffer: Set(before.buffer),
        slides_days: Set(before.slides_days),
    };
    let replace = OnConflict::column(agenda_board::Column::EventId)
        .update_column(agenda_board::Column::Revision)
        .to_owned();
    agenda_board::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
    Ok(before.revision.saturating_add(1))
}

/// Where the draft has a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) slot: Option<Slot>,
    pub(super) minutes: u32,
}

impl Place {
    pub(super) fn released(row: &agenda_session::Model) -> Self {
        Self::of(row.room_id, row.starts_at, row.minutes)
    }

    pub(super) fn drafted(row: &agenda_slot::Model) -> Self {
        Self::of(row.room_id, row.starts_at, row.minutes)
    }

    fn of(room: Option<Uuid>, starts_at: Option<Instant>, minutes: i32) -> Self {
        let slot = room.zip(starts_at).map(|(room, starts_at)| Slot { room, starts_at });
        Self { slot, minutes: u32::try_from(minutes).unwrap_or(0) }
    }
}

/// Saves where the draft has a session. `by` is empty for an import by the operator.
pub(super) async fn save_place(
    tx: &Tx,
    _permit: &Permit<EditEvent>,
    session: &agenda_session::Model,
    place: Place,
    revision: i32,
    by: Option<MemberId>,
) -> Result<(), StoreError> {
    let row = agenda_slot::ActiveModel {
        session_id: Set(session.id),
        event_id: Set(session.event_id),
        room_id: Set(place.slot.map(|slot| slot.room)),
        starts_at: Set(place.slot.map(|slot| slot.starts_at)),
        minutes: Set(i32::try_from(place.minutes).unwrap_or(i32::MAX)),
        revision: Set(revision),
        changed_by_id: Set(by.map(|by| by.0)),
        changed_at: Set(tx.now()),
    };
    let replace = OnConflict::column(agenda_slot::Column::SessionId)
        .update_columns([
            agenda_slot::Column::RoomId,
            agenda_slot::Column::StartsAt,
            agenda_slot::Column::Minutes,
            agenda_slot::Column::Revision,
            agenda_slot::Column::ChangedById,
            agenda_slot::Column::ChangedAt,
        ])
        .to_owned();
    agenda_slot::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The sessions of an event and the rows of its draft.
pub(super) struct Draft {
    /// All sessions, by title.
    pub(super) sessions: Vec<agenda_session::Model>,
    /// The rows of the draft by session.
    pub(super) slots: HashMap<Uuid, agenda_slot::Model>,
    /// The rooms, in their order.
    pub(super) rooms: Vec<room::Model>,
}

impl Draft {
    pub(super) async fn load(db: &impl ConnectionTrait, event: Uuid) -> Result<Self, StoreError> {
        let sessions = agenda_session::Entity::find()
            .filter(agenda_session::Column::EventId.eq(event))
            .order_by_asc(agenda_session::Column::Title)
            .order_by_asc(agenda_session::Column::Id)
            .all(db)
            .await?;
        let slots =
            agenda_slot::Entity::find().filter(agenda_slot::Column::EventId.eq(event)).all(db).await?;
        let rooms = room::Entity::find()
            .filter(room::Column::EventId.eq(event))
            .order_by_asc(room::Column::Position)
            .order_by_asc(room::Column::Name)
            .all(db)
            .await?;
        let slots = slots.into_iter().map(|row| (row.session_id, row)).collect();
        Ok(Self { sessions, slots, rooms })
    }

    /// Where the draft has a session.
    pub(super) fn place(&self, session: &agenda_session::Model) -> Place {
        self.slots.get(&session.id).map_or_else(|| Place::released(session), Place::drafted)
    }

    /// The name of a room.
    pub(super) fn room_name(&self, id: Uuid) -> &str {
        self.rooms.iter().find(|room| room.id == id).map_or("", |room| &room.name)
    }

    /// The agenda as the draft has it.
    pub(super) fn drafted(&self) -> Vec<ReleasedSession> {
        let session = |row: &agenda_session::Model| {
            let place = self.place(row);
            let slot = place.slot?;
            Some(ReleasedSession {
                id: row.id,
                title: row.title.clone(),
                at: ReleasedSlot {
                    room: self.room_name(slot.room).to_owned(),
                    starts_at: slot.starts_at,
                    minutes: place.minutes,
                },
            })
        };
        self.sessions.iter().filter_map(session).collect()
    }

    /// The conflicts of the draft that the released agenda has already.
    pub(super) fn known_conflicts(&self, board: &Board) -> Vec<Conflict> {
        let places: HashMap<Uuid, Place> =
            self.sessions.iter().map(|row| (row.id, Place::released(row))).collect();
        let mut released = board.clone();
        for session in &mut released.sessions {
            if let Some(place) = places.get(&session.id) {
                (session.slot, session.minutes) = (place.slot, place.minutes);
            }
        }
        board.known_conflicts(&released)
    }

    /// The agenda as everybody sees it.
    pub(super) fn released(&self) -> Result<Vec<ReleasedSession>, StoreError> {
        released(&self.sessions)
    }
}

/// The agenda as these rows show it to everybody.
pub(super) fn released(rows: &[agenda_session::Model]) -> Result<Vec<ReleasedSession>, StoreError> {
    let session = |row: &agenda_session::Model| {
        let starts_at = row.starts_at?;
        let content = serde_json::from_str::<ScheduleSession>(&row.content);
        Some(content.map(|content| ReleasedSession {
            id: row.id,
            title: row.title.clone(),
            at: ReleasedSlot {
                room: content.room,
                starts_at,
                minutes: u32::try_from(row.minutes).unwrap_or(0),
            },
        }))
    };
    Ok(rows.iter().filter_map(session).collect::<Result<_, _>>()?)
}

/// The board of an event as the draft has it, for an organiser. Their sessions at other events count where the organiser
/// sees these events.
pub(super) async fn load_board(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
    draft: &Draft,
) -> Result<Board, StoreError> {
    let header = header(db, event.id.0).await?;
    let of_event = || {
        agenda_session::Entity::find()
            .select_only()
            .column(agenda_session::Column::Id)
            .filter(agenda_session::Column::EventId.eq(event.id.0))
            .into_query()
    };
    let speaks: Vec<(Uuid, Uuid)> = session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SessionId)
        .column(session_speaker::Column::SpeakerId)
        .filter(session_speaker::Column::SessionId.in_subquery(of_event()))
        .order_by_asc(session_speaker::Column::SessionId)
        .order_by_asc(session_speaker::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let saved: Vec<(Uuid, i64)> = saved_session::Entity::find()
        .select_only()
        .column(saved_session::Column::SessionId)
        .column_as(saved_session::Column::MemberId.count(), "count")
        .filter(saved_session::Column::SessionId.in_subquery(of_event()))
        .group_by(saved_session::Column::SessionId)
        .into_tuple()
        .all(db)
        .await?;
    let saved: HashMap<Uuid, i64> = saved.into_iter().collect();
    let (people, same) = load_people(db, actor, event, draft).await?;
    let mut by_session: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (session, speaker) in speaks {
        let people = by_session.entry(session).or_default();
        let person = same.get(&speaker).copied().unwrap_or(speaker);
        if !people.contains(&person) {
            people.push(person);
        }
    }
    let sessions = draft.sessions.iter().map(|row| {
        let place = draft.place(row);
        BoardSession {
            id: row.id,
            title: row.title.clone(),
            minutes: place.minutes,
            slot: place.slot,
            people: by_session.remove(&row.id).unwrap_or_default(),
            sign_ups: saved.get(&row.id).and_then(|count| u32::try_from(*count).ok()).unwrap_or(0),
            revision: draft.slots.get(&row.id).map_or(0, |slot| slot.revision),
        }
    });
    let rooms = draft.rooms.iter().map(|row| BoardRoom {
        id: row.id,
        name: row.name.clone(),
        capacity: row.capacity.and_then(|capacity| u32::try_from(capacity).ok()),
    });
    Ok(Board {
        sessions: sessions.collect(),
        rooms: rooms.collect(),
        people,
        buffer: u32::try_from(header.buffer).unwrap_or(0),
    })
}

/// Everybody who speaks at an event, and which speakers are the same person: the first speaker who is that member.
async fn load_people(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
    draft: &Draft,
) -> Result<(Vec<BoardPerson>, HashMap<Uuid, Uuid>), StoreError> {
    let rows = speaker::Entity::find()
        .filter(speaker::Column::EventId.eq(event.id.0))
        .order_by_asc(speaker::Column::Position)
        .order_by_asc(speaker::Column::Id)
        .all(db)
        .await?;
    let members = members_of_speakers(db, event.id.0).await?;
    let mut busy = busy_elsewhere(db, actor, event, draft).await?;
    let mut first: HashMap<Uuid, Uuid> = HashMap::new();
    let (mut people, mut same) = (Vec::new(), HashMap::new());
    for row in rows {
        let member = members.get(&row.id).copied();
        if let Some(person) = member.and_then(|member| first.get(&member)) {
            same.insert(row.id, *person);
            continue;
        }
        if let Some(member) = member {
            first.insert(member, row.id);
        }
        people.push(BoardPerson {
            id: row.id,
            name: row.name,
            busy: member.and_then(|member| busy.remove(&member)).unwrap_or_default(),
            available: row.available_from.zip(row.available_until),
        });
    }
    Ok((people, same))
}

fn speakers_of(event: Uuid) -> SelectStatement {
    speaker::Entity::find()
        .select_only()
        .column(speaker::Column::Id)
        .filter(speaker::Column::EventId.eq(event))
        .into_query()
}

/// The members that the speakers of an event are, where both sides said so.
async fn members_of_speakers(
    db: &impl ConnectionTrait,
    event: Uuid,
) -> Result<HashMap<Uuid, Uuid>, StoreError> {
    let links: Vec<(Uuid, Uuid)> = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::SpeakerId)
        .column(speaker_link::Column::MemberId)
        .filter(speaker_link::Column::SpeakerId.in_subquery(speakers_of(event)))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(links.into_iter().collect())
}

/// When the members who speak at an event speak at others that the reader sees, during the days of this agenda.
async fn busy_elsewhere(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
    draft: &Draft,
) -> Result<HashMap<Uuid, Vec<Busy>>, StoreError> {
    let starts = || draft.sessions.iter().filter_map(|row| draft.place(row).slot).map(|slot| slot.starts_at);
    let longest = Duration::minutes(MAX_MINUTES.into());
    // The longest session before the first one, and the longest one that starts last.
    let from = starts().min().unwrap_or(event.starts_at).min(event.starts_at) - longest;
    let until = starts().max().unwrap_or(event.ends_at).max(event.ends_at) + longest;
    let members = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::MemberId)
        .filter(speaker_link::Column::SpeakerId.in_subquery(speakers_of(event.id.0)))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .into_query();
    let links: Vec<(Uuid, Uuid)> = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::SpeakerId)
        .column(speaker_link::Column::MemberId)
        .filter(speaker_link::Column::MemberId.in_subquery(members))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .filter(speaker_link::Column::SpeakerId.not_in_subquery(speakers_of(event.id.0)))
        .into_tuple()
        .all(db)
        .await?;
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let events_of_them = speaker::Entity::find()
        .select_only()
        .column(speaker::Column::EventId)
        .filter(speaker::Column::Id.is_in(links.iter().map(|(speaker, _)| *speaker)))
        .into_query();
    let seen: HashMap<Uuid, String> = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .column(event::Column::Title)
        .filter(events::seen_by(actor))
        .filter(event::Column::Id.in_subquery(events_of_them))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::StartsAt.lt(until))
        .filter(event::Column::EndsAt.gt(from))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let sessions = session_speaker::Entity::find()
        .filter(session_speaker::Column::SpeakerId.is_in(links.iter().map(|(speaker, _)| *speaker)))
        .all(db)
        .await?;
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::Id.is_in(sessions.iter().map(|row| row.session_id)))
        .filter(agenda_session::Column::StartsAt.between(from, until))
        .filter(agenda_session::Column::RoomId.is_not_null())
        .all(db)
        .await?;
    let mut busy: HashMap<Uuid, Vec<Busy>> = HashMap::new();
    for row in rows {
        let (Some(starts_at), Some(title)) = (row.starts_at, seen.get(&row.event_id)) else { continue };
        let ends_at = starts_at + Duration::minutes(row.minutes.into());
        for speaks in sessions.iter().filter(|speaks| speaks.session_id == row.id) {
            let member = links.iter().find(|(speaker, _)| *speaker == speaks.speaker_id);
            if let Some((_, member)) = member {
                let entry = Busy { event: title.clone(), starts_at, ends_at };
                busy.entry(*member).or_default().push(entry);
            }
        }
    }
    Ok(busy)
}

/// A room of an event. `None` when the event has no such room.
pub(in crate::schedule) async fn room_of(
    db: &impl ConnectionTrait,
    event: Uuid,
    id: Uuid,
) -> Result<Option<room::Model>, StoreError> {
    Ok(room::Entity::find_by_id(id).filter(room::Column::EventId.eq(event)).one(db).await?)
}

/// A session of an event. `None` when the event has no such session.
pub(super) async fn session_of(
    db: &impl ConnectionTrait,
    event: Uuid,
    id: Uuid,
) -> Result<Option<agenda_session::Model>, StoreError> {
    let found = agenda_session::Entity::find_by_id(id).filter(agenda_session::Column::EventId.eq(event));
    Ok(found.one(db).await?)
}
