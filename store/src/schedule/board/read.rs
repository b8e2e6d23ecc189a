//! The board as its organisers see it.

use chrono::{Duration, NaiveDate};
use domain::{
    Actor, Instant, Slug, Zone,
    board::{AgendaClock, Board, BoardSession, Conflict, SessionDetails, Slot, changes},
    events::Event,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    details::{details_of, tracks},
    releases,
    rows::{Draft, Place, header, load_board, open, session_of},
};
use crate::{
    Store, StoreError,
    entities::{agenda_slot, session_speaker, speaker, submission},
    members,
};

/// The most days of an event that the board offers when no session is on them.
const MAX_DAYS: usize = 14;

/// The draft of an agenda.
#[derive(Clone, Debug)]
pub struct BoardPage {
    /// The event.
    pub event: Event,
    /// The rooms, the sessions and the people.
    pub board: Board,
    /// What is wrong, first what blocks a release.
    pub conflicts: Vec<Conflict>,
    /// Those of the conflicts that the released agenda has already. They don't block a release.
    pub known: Vec<Conflict>,
    /// The days of the event and of its sessions.
    pub days: Vec<NaiveDate>,
    /// The clock that says to which day a session belongs.
    pub clock: AgendaClock,
    /// The number of the last change.
    pub revision: i32,
    /// How many sessions a release would change.
    pub changes: usize,
    /// The number of the last release. `None` before the first one.
    pub release: Option<u32>,
}

fn clock_of(event: &Event) -> AgendaClock {
    AgendaClock::new(event.zone(), event.details.starts)
}

/// The days of an event, and those that its sessions are on.
fn days(event: &Event, board: &Board) -> Vec<NaiveDate> {
    let clock = clock_of(event);
    let (first, last) = (clock.day(event.starts_at), clock.day(event.ends_at - Duration::minutes(1)));
    let mut days: Vec<NaiveDate> =
        first.iter_days().take_while(|day| *day <= last.max(first)).take(MAX_DAYS).collect();
    days.extend(
        board.sessions.iter().filter_map(|session| session.slot).map(|slot| clock.day(slot.starts_at)),
    );
    days.sort_unstable();
    days.dedup();
    days
}

/// The draft of an event's agenda, for an organiser.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for everybody but the organisers of the event.
pub async fn board(store: &Store, actor: &Actor, slug: &Slug) -> Result<BoardPage, StoreError> {
    let db = store.db();
    let event = open(db, actor, slug).await?;
    let draft = Draft::load(db, event.id.0).await?;
    let board = load_board(db, actor, &event, &draft).await?;
    let release = releases::last(db, event.id.0).await?;
    Ok(BoardPage {
        conflicts: board.conflicts(),
        known: draft.known_conflicts(&board),
        days: days(&event, &board),
        clock: clock_of(&event),
        revision: header(db, event.id.0).await?.revision,
        changes: changes(&draft.released()?, &draft.drafted()).len(),
        release: release.and_then(|release| u32::try_from(release.number).ok()),
        board,
        event,
    })
}

/// The draft, if its last change is another one than `seen`.
///
/// # Errors
/// As [`board`].
pub async fn board_since(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    seen: i32,
) -> Result<Option<BoardPage>, StoreError> {
    let event = open(store.db(), actor, slug).await?;
    if header(store.db(), event.id.0).await?.revision == seen {
        return Ok(None);
    }
    board(store, actor, slug).await.map(Some)
}

/// The time zone of an event, and the clock that says to which day of its agenda a session belongs.
///
/// # Errors
/// As [`board`].
pub async fn board_clock(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Zone, AgendaClock), StoreError> {
    let event = open(store.db(), actor, slug).await?;
    Ok((event.zone(), clock_of(&event)))
}

/// Who moved a session last, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Their name, if the reader may see it. `None` also after an import.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// A speaker of a session on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardSpeaker {
    /// The speaker's id, for the form about them.
    pub id: Uuid,
    /// The name in the agenda.
    pub name: String,
    /// When they can be there: from the first to the second time, UTC. `None` means always.
    pub available: Option<(Instant, Instant)>,
}

/// One session of the draft.
#[derive(Clone, Debug)]
pub struct BoardSessionPage {
    /// The board that it is on.
    pub page: BoardPage,
    /// The session in the draft.
    pub session: BoardSession,
    /// Where and how long it is in the released agenda. `None` when it is not in it.
    pub released: Option<(Slot, u32)>,
    /// The last change of the draft. `None` when nobody moved it since it was released.
    pub change: Option<Change>,
    /// Its speakers.
    pub speakers: Vec<BoardSpeaker>,
    /// Its title, its text, its track and the names of its speakers, as a form shows them.
    pub details: SessionDetails,
    /// The tracks of the event, by name.
    pub tracks: Vec<String>,
    /// The number of these details, which their form names.
    pub details_version: i64,
    /// Whether it can be removed.
    pub may_remove: bool,
}

/// One session of the draft, for an organiser.
///
/// # Errors
/// `NotFound` for hidden and absent events and sessions, `Refused` for everybody but the organisers of the event.
pub async fn board_session(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: Uuid,
) -> Result<BoardSessionPage, StoreError> {
    let page = board(store, actor, slug).await?;
    let db = store.db();
    let row = session_of(db, page.event.id.0, id).await?.ok_or(StoreError::NotFound)?;
    let found = page.board.sessions.iter().find(|session| session.id == id);
    let session = found.ok_or(StoreError::NotFound)?.clone();
    let drafted = agenda_slot::Entity::find_by_id(id).one(db).await?;
    let names = members::names(db, actor, drafted.iter().filter_map(|row| row.changed_by_id)).await?;
    let change = drafted.map(|row| Change {
        by: row.changed_by_id.and_then(|by| names.get(&by).cloned()),
        at: row.changed_at,
    });
    let proposals = submission::Entity::find().filter(submission::Column::SessionId.eq(id));
    let is_free = session.slot.is_none() && row.starts_at.is_none();
    let may_remove = is_free && proposals.count(db).await? == 0;
    let released = Place::released(&row);
    let (details, details_version) = details_of(&row)?;
    let speaks = session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SpeakerId)
        .filter(session_speaker::Column::SessionId.eq(id))
        .into_query();
    let speakers = speaker::Entity::find()
        .filter(speaker::Column::Id.in_subquery(speaks))
        .order_by_asc(speaker::Column::Position)
        .all(db)
        .await?;
    let speakers = speakers.into_iter().map(|row| BoardSpeaker {
        id: row.id,
        name: row.name,
        available: row.available_from.zip(row.available_until),
    });
    Ok(BoardSessionPage {
        released: released.slot.map(|slot| (slot, released.minutes)),
        speakers: speakers.collect(),
        change,
        session,
        details,
        details_version,
        tracks: tracks(db, page.event.id.0).await?,
        may_remove,
        page,
    })
}
