//! Sessions for calendar programs: those of an event, of one of its rooms or tracks (D15), and those that a member saved
//! (D11).

use std::collections::HashMap;

use domain::{
    Actor, EventId, Instant, MemberId, Slug,
    events::{Event, EventStatus},
    schedule::ScheduleSession,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::{
    agenda::{agenda, scheduled},
    saved::saved_by,
};
use crate::{
    Store, StoreError,
    entities::{agenda_release, agenda_session, event},
    events::{self, EventRow},
};

/// A session in a calendar.
#[derive(Clone, Debug)]
pub struct SessionEntry {
    /// Its event, without the link to join.
    pub event: Event,
    /// The session. It is also the UID in calendars, and stays when the session moves.
    pub id: Uuid,
    /// The session as it was released.
    pub session: ScheduleSession,
    /// Rises with each release of the agenda and with each change of the event.
    pub sequence: u32,
    /// When the agenda was last released or the event last changed.
    pub updated_at: Instant,
}

/// The last release of each of these events: its number and time.
async fn last_releases(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, (i32, Instant)>, StoreError> {
    let rows: Vec<(Uuid, i32, Instant)> = agenda_release::Entity::find()
        .select_only()
        .column(agenda_release::Column::EventId)
        .column_as(agenda_release::Column::Number.max(), "number")
        .column_as(agenda_release::Column::ReleasedAt.max(), "released_at")
        .filter(agenda_release::Column::EventId.is_in(events))
        .group_by(agenda_release::Column::EventId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(event, number, at)| (event, (number, at))).collect())
}

/// An event as its sessions have it: its own version, and the one of its agenda.
struct Versioned {
    event: Event,
    sequence: u32,
    updated_at: Instant,
}

impl Versioned {
    fn new(row: EventRow, release: Option<(i32, Instant)>) -> Result<Self, StoreError> {
        let changed_at = row.row.updated_at;
        let mut event = row.event()?;
        // Other people may be able to see a member's calendar.
        event.details.hide_link();
        let (number, released_at) = release.unwrap_or((0, changed_at));
        Ok(Self {
            sequence: event.version.saturating_add(u32::try_from(number).unwrap_or(0)),
            updated_at: changed_at.max(released_at),
            event,
        })
    }

    fn entry(&self, id: Uuid, session: ScheduleSession) -> SessionEntry {
        let (sequence, updated_at) = (self.sequence, self.updated_at);
        SessionEntry { event: self.event.clone(), id, session, sequence, updated_at }
    }
}

/// The sessions that a member saved and that start after an instant, at most `max`, in the order of their starts. Sessions
/// of events that they no longer see, and of drafts, are left out. So are workshops where they take part, which are entries
/// of their own (D7).
pub(crate) async fn saved_entries(
    db: &impl ConnectionTrait,
    actor: &Actor,
    member: MemberId,
    after: Instant,
    max: u64,
) -> Result<Vec<SessionEntry>, StoreError> {
    let sessions = agenda_session::Entity::find()
        .filter(agenda_session::Column::Id.in_subquery(saved_by(member)))
        .filter(
            Condition::any()
                .add(agenda_session::Column::WorkshopId.is_null())
                .add(agenda_session::Column::WorkshopId.not_in_subquery(events::workshops_of(member))),
        )
        .filter(scheduled())
        .filter(agenda_session::Column::StartsAt.gt(after))
        .order_by_asc(agenda_session::Column::StartsAt)
        .order_by_asc(agenda_session::Column::Id)
        .limit(max)
        .all(db)
        .await?;
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    let of = || sessions.iter().map(|session| session.event_id);
    let rows = events::find(actor)
        .filter(events::seen_by(actor))
        .filter(event::Column::Id.is_in(of()))
        .filter(event::Column::Status.ne(EventStatus::Draft.name()))
        .into_model::<EventRow>()
        .all(db)
        .await?;
    let releases = last_releases(db, of()).await?;
    let mut seen: HashMap<Uuid, Versioned> = HashMap::new();
    for row in rows {
        let id = row.row.id;
        seen.insert(id, Versioned::new(row, releases.get(&id).copied())?);
    }
    let mut entries = Vec::with_capacity(sessions.len());
    for session in sessions {
        if let Some(event) = seen.get(&session.event_id) {
            entries.push(event.entry(session.id, serde_json::from_str(&session.content)?));
        }
    }
    Ok(entries)
}

/// The released sessions of an event for a calendar: all of them, or those of one room or track. Returns the event and the
/// name of the room or track.
///
/// # Errors
/// `NotFound` for hidden and absent events, and for rooms and tracks without a session.
pub async fn calendar(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    room: Option<Uuid>,
    track: Option<Uuid>,
) -> Result<(Event, Option<String>, Vec<SessionEntry>), StoreError> {
    let db = store.db();
    let row = events::find(actor)
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(events::seen_by(actor))
        .into_model::<EventRow>()
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let id = row.row.id;
    let release = last_releases(db, [id]).await?.remove(&id);
    let event = Versioned::new(row, release)?;
    let days = agenda(db, EventId(id), HashMap::new()).await?;
    let mut items: Vec<_> = days.into_iter().flat_map(|day| day.sessions).collect();
    items.retain(|item| room.is_none_or(|room| item.room == Some(room)));
    items.retain(|item| track.is_none_or(|track| item.track == Some(track)));
    let first = items.first().ok_or(StoreError::NotFound)?;
    let names = [room.map(|_| first.session.room.clone()), track.map(|_| first.session.track.clone())];
    let names: Vec<String> = names.into_iter().flatten().collect();
    let name = Some(names.join(" · ")).filter(|name| !name.is_empty());
    let entries = items.into_iter().map(|item| event.entry(item.id, item.session)).collect();
    Ok((event.event, name, entries))
}
