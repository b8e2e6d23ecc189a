//! The agenda board: where the draft of an agenda has its sessions, what is wrong with it (D5), and what a release
//! changes (D6).

use chrono::{Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Instant, Problems, Refusal, Zone, checks::Checks};

/// Sessions start and end on multiples of this, in minutes (D4).
pub const GRID: u32 = 5;
/// The longest session, in minutes.
pub const MAX_MINUTES: u32 = 24 * 60;
/// The most rooms of an event.
pub const MAX_ROOMS: u64 = 50;
/// The most sessions of an event that is planned on the board.
pub const MAX_SESSIONS: u64 = 1_000;
/// The most speakers of a session that is added on the board.
pub const MAX_SPEAKERS: usize = 10;
/// The most speakers of a session whose details are edited. Files have sessions with many.
pub const MAX_EDITED_SPEAKERS: usize = 50;
/// The most characters of a session's text.
pub const MAX_TEXT: usize = 20_000;
/// The longest break that an event can ask for between two sessions of a room, in minutes.
pub const MAX_BUFFER: u32 = 60;
/// The hour at which a day of an agenda begins. What happens before it belongs to the night of the day before.
const DAY_BEGINS: u32 = 4;

/// A room and a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The room.
    pub room: Uuid,
    /// When the session starts, UTC.
    pub starts_at: Instant,
}

impl Slot {
    /// The slot in a room that starts some minutes after an instant.
    #[must_use]
    pub fn at(room: Uuid, from: Instant, minutes: i64) -> Self {
        Self { room, starts_at: from + Duration::minutes(minutes) }
    }

    /// How many minutes after an instant it starts. Negative if it starts before.
    #[must_use]
    pub fn minutes_after(self, from: Instant) -> i64 {
        (self.starts_at - from).num_minutes()
    }
}

/// The id of a session.
pub type SessionId = Uuid;

/// A session on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardSession {
    /// The session.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its length in minutes.
    pub minutes: u32,
    /// Where and when. `None` in the pool.
    pub slot: Option<Slot>,
    /// Its speakers, as ids of [`BoardPerson`].
    pub people: Vec<Uuid>,
    /// How many members saved it for their own agenda.
    pub sign_ups: u32,
    /// Counts the changes of its slot. An editor says which one they saw.
    pub revision: i32,
}

impl BoardSession {
    /// When it ends, UTC. `None` in the pool.
    #[must_use]
    pub fn ends_at(&self) -> Option<Instant> {
        self.slot.map(|slot| slot.starts_at + Duration::minutes(self.minutes.into()))
    }
}

/// A room of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardRoom {
    /// The room.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How many people fit in. `None` if nobody said so.
    pub capacity: Option<u32>,
}

/// A person who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardPerson {
    /// Identifies the person at this event.
    pub id: Uuid,
    /// The name in the agenda.
    pub name: String,
    /// When they speak elsewhere.
    pub busy: Vec<Busy>,
    /// When they can be there: from the first to the second time, UTC. `None` means always.
    pub available: Option<(Instant, Instant)>,
}

/// A session of another event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// The title of the other event.
    pub event: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// When it ends, UTC.
    pub ends_at: Instant,
}

/// A draft of an agenda, with what is needed to find its conflicts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The rooms, in their order.
    pub rooms: Vec<BoardRoom>,
    /// All sessions.
    pub sessions: Vec<BoardSession>,
    /// Everybody who speaks.
    pub people: Vec<BoardPerson>,
    /// The break that the event asks for between two sessions of a room, in minutes.
    pub buffer: u32,
}

/// What is wrong with a session's slot (D5).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConflictKind {
    /// Another session is in the room at the same time. Blocks a release.
    Room {
        /// The later of the two sessions.
        other: Uuid,
    },
    /// Somebody speaks in another session at the same time. Blocks a release.
    Person {
        /// The person.
        person: Uuid,
        /// The later of the two sessions.
        other: Uuid,
    },
    /// Somebody speaks at another event at the same time. Blocks a release.
    Elsewhere {
        /// The person.
        person: Uuid,
        /// The title of the other event.
        event: String,
    },
    /// Somebody said that they can't be there at this time.
    Unavailable {
        /// The person.
        person: Uuid,
    },
    /// The break after the session is shorter than the event asks for.
    Buffer {
        /// The next session in the room.
        other: Uuid,
        /// How long the break is, in minutes.
        minutes: u32,
    },
    /// More members saved the session than fit into the room.
    Capacity {
        /// How many people fit in.
        capacity: u32,
        /// How many members saved it.
        sign_ups: u32,
    },
}

impl ConflictKind {
    /// Whether the agenda can't be released with it. Others are warnings.
    #[must_use]
    pub fn blocks(&self) -> bool {
        match self {
            Self::Room { .. } | Self::Person { .. } | Self::Elsewhere { .. } => true,
            Self::Unavailable { .. } | Self::Buffer { .. } | Self::Capacity { .. } => false,
        }
    }

    /// The other session, if there are two.
    #[must_use]
    pub fn other(&self) -> Option<Uuid> {
        match self {
            Self::Room { other } | Self::Person { other, .. } | Self::Buffer { other, .. } => Some(*other),
            Self::Elsewhere { .. } | Self::Unavailable { .. } | Self::Capacity { .. } => None,
        }
    }
}

/// A conflict and the session that has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Conflict {
    /// The session. Of two, the one that starts first.
    pub session: Uuid,
    /// What is wrong.
    pub kind: ConflictKind,
}

impl Conflict {
    /// Whether it concerns this session.
    #[must_use]
    pub fn concerns(&self, session: Uuid) -> bool {
        self.session == session || self.kind.other() == Some(session)
    }

    /// Whether it is the same clash as another one: the same sessions, for the same reason, with the same person. The
    /// sessions may have moved since.
    #[must_use]
    pub fn is_same_clash(&self, other: &Self) -> bool {
        let is_same_reason = match (&self.kind, &other.kind) {
            (ConflictKind::Room { .. }, ConflictKind::Room { .. }) => true,
            (ConflictKind::Person { person: a, .. }, ConflictKind::Person { person: b, .. }) => a == b,
            (a @ ConflictKind::Elsewhere { .. }, b @ ConflictKind::Elsewhere { .. }) => a == b,
            _ => false,
        };
        let pair = |conflict: &Self| {
            let mut pair = [Some(conflict.session), conflict.kind.other()];
            pair.sort_unstable();
            pair
        };
        is_same_reason && pair(self) == pair(other)
    }
}

impl Board {
    /// All conflicts, first those that block a release (D5). Each pair of sessions is named once for each reason.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut placed: Vec<(&BoardSession, Slot, Instant)> = self
            .sessions
            .iter()
            .filter_map(|session| Some((session, session.slot?, session.ends_at()?)))
            .collect();
        placed.sort_by_key(|(session, slot, _)| (slot.starts_at, session.id));
        let buffer = Duration::minutes(self.buffer.into());
        let mut found = Vec::new();
        for (at, (session, slot, ends_at)) in placed.iter().enumerate() {
            self.own_conflicts(session, *slot, *ends_at, &mut found);
            // Later sessions start later, so the search ends where nothing can touch this session any more.
            for (other, theirs, _) in &placed[at + 1..] {
                if theirs.starts_at >= *ends_at + buffer {
                    break;
                }
                let overlaps = theirs.starts_at < *ends_at;
                let is_same_room = theirs.room == slot.room;
                let mut add = |kind| found.push(Conflict { session: session.id, kind });
                match (is_same_room, overlaps) {
                    (true, true) => add(ConflictKind::Room { other: other.id }),
                    (true, false) => {
                        let minutes = (theirs.starts_at - *ends_at).num_minutes();
                        let minutes = u32::try_from(minutes).unwrap_or(0);
                        add(ConflictKind::Buffer { other: other.id, minutes });
                    }
                    (false, _) => {}
                }
                if overlaps {
                    for person in session.people.iter().filter(|person| other.people.contains(person)) {
                        add(ConflictKind::Person { person: *person, other: other.id });
                    }
                }
            }
        }
        found.sort_by(|a, b| b.kind.blocks().cmp(&a.kind.blocks()).then_with(|| a.cmp(b)));
        found.dedup();
        found
    }

    /// Those of the conflicts of this draft that would block a release, but that the released agenda has already. They
    /// don't block it, because a release makes nothing worse (D5). Imported agendas often have some.
    #[must_use]
    pub fn known_conflicts(&self, released: &Self) -> Vec<Conflict> {
        let before = released.conflicts();
        let is_known = |conflict: &Conflict| before.iter().any(|old| old.is_same_clash(conflict));
        self.conflicts().into_iter().filter(|conflict| conflict.kind.blocks() && is_known(conflict)).collect()
    }

    /// The conflicts of one session that involve no other session of the board.
    fn own_conflicts(&self, session: &BoardSession, slot: Slot, ends_at: Instant, found: &mut Vec<Conflict>) {
        let mut add = |kind| found.push(Conflict { session: session.id, kind });
        for person in self.people.iter().filter(|person| session.people.contains(&person.id)) {
            for busy in &person.busy {
                if busy.starts_at < ends_at && slot.starts_at < busy.ends_at {
                    add(ConflictKind::Elsewhere { person: person.id, event: busy.event.clone() });
                }
            }
            let is_there = |(from, until)| from <= slot.starts_at && ends_at <= until;
            if !person.available.is_none_or(is_there) {
                add(ConflictKind::Unavailable { person: person.id });
            }
        }
        let room = self.rooms.iter().find(|room| room.id == slot.room);
        if let Some(capacity) = room.and_then(|room| room.capacity)
            && capacity < session.sign_ups
        {
            add(ConflictKind::Capacity { capacity, sign_ups: session.sign_ups });
        }
    }

    /// The name of a person. Empty if nobody has this id.
    #[must_use]
    pub fn person(&self, id: Uuid) -> &str {
        self.people.iter().find(|person| person.id == id).map_or("", |person| &person.name)
    }

    /// The title of a session. Empty if none has this id.
    #[must_use]
    pub fn title(&self, id: Uuid) -> &str {
        self.sessions.iter().find(|session| session.id == id).map_or("", |session| &session.title)
    }
}

/// The days of an agenda on the clock of its event. A day begins at four in the morning, so a session after midnight
/// belongs to the evening before. At an event that itself starts before four, days begin at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgendaClock {
    zone: Zone,
    begins: u32,
}

impl AgendaClock {
    /// The clock of an event that starts at this wall time in this zone.
    #[must_use]
    pub fn new(zone: Zone, event_starts: NaiveDateTime) -> Self {
        Self { zone, begins: if event_starts.hour() < DAY_BEGINS { 0 } else { DAY_BEGINS } }
    }

    /// The day of the agenda that an instant belongs to.
    #[must_use]
    pub fn day(self, at: Instant) -> NaiveDate {
        (self.zone.wall(at) - Duration::hours(self.begins.into())).date()
    }

    /// The wall time of an instant.
    #[must_use]
    pub fn time(self, at: Instant) -> NaiveTime {
        self.zone.wall(at).time()
    }

    /// The instant of a wall time on a day of the agenda. Hours before the day begins are in the following night.
    #[must_use]
    pub fn instant(self, day: NaiveDate, time: NaiveTime) -> Instant {
        let date = if time.hour() < self.begins { day + Days::new(1) } else { day };
        self.zone.resolve(date.and_time(time)).at
    }
}

/// The form of a session's slot, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SlotForm {
    /// A day of the agenda, as a date.
    pub day: String,
    /// Wall time of the event, `HH:MM`.
    pub time: String,
    /// Length in minutes.
    pub minutes: String,
    /// Id of the room. Empty for the pool.
    pub room: String,
}

impl SlotForm {
    /// The checked slot and length. Without a room the session goes back to the pool, and keeps its length.
    ///
    /// # Errors
    /// The fields that are missing or not on the grid.
    pub fn check(&self, clock: AgendaClock) -> Result<(Option<Slot>, u32), Problems> {
        let mut checks = Checks::default();
        let minutes = check_minutes(&mut checks, &self.minutes);
        if self.room.trim().is_empty() {
            return checks.finish(minutes.map(|minutes| (None, minutes)));
        }
        let room: Option<Uuid> = checks.choice("room", &self.room);
        let day = checks.date("day", &self.day);
        let time = NaiveTime::parse_from_str(self.time.trim(), "%H:%M").ok();
        if time.is_none() {
            checks.problem("time", Refusal::Missing);
        }
        if time.is_some_and(|time| !time.minute().is_multiple_of(GRID)) {
            checks.problem("time", Refusal::NotOnGrid);
        }
        let slot = room
            .zip(day.zip(time))
            .map(|(room, (day, time))| Slot { room, starts_at: clock.instant(day, time) });
        checks.finish(slot.map(Some).zip(minutes))
    }
}

fn check_minutes(checks: &mut Checks, text: &str) -> Option<u32> {
    let minutes = checks.number("minutes", text, GRID.into(), MAX_MINUTES.into());
    if minutes.is_none() && text.trim().is_empty() {
        checks.problem("minutes", Refusal::Missing);
    }
    let minutes = u32::try_from(minutes?).ok()?;
    if !minutes.is_multiple_of(GRID) {
        checks.problem("minutes", Refusal::NotOnGrid);
    }
    Some(minutes)
}

/// The form of a new session, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionForm {
    /// The title.
    pub title: String,
    /// The names of the speakers, separated by commas.
    pub speakers: String,
    /// Length in minutes.
    pub minutes: String,
    /// What it is about, as Markdown. May be empty.
    pub text: String,
}

/// A checked new session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The title.
    pub title: String,
    /// The names of the speakers, each once.
    pub speakers: Vec<String>,
    /// Length in minutes.
    pub minutes: u32,
    /// What it is about, as Markdown. May be empty.
    pub text: String,
}

impl SessionForm {
    /// The checked session.
    ///
    /// # Errors
    /// The fields that are missing, too long or not on the grid.
    pub fn check(&self) -> Result<NewSession, Problems> {
        let mut checks = Checks::default();
        let title = checks.line("title", &self.title, 1, 200);
        let text = checks.text("text", &self.text, 0, 10_000);
        let minutes = check_minutes(&mut checks, &self.minutes);
        let names = checks.line("speakers", &self.speakers, 0, 1_000);
        let speakers = check_speakers(&mut checks, names.split(','), MAX_SPEAKERS);
        checks.finish(minutes.map(|minutes| NewSession { title, speakers, minutes, text }))
    }
}

/// The form of a session's title, text and speakers, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// The title.
    pub title: String,
    /// The names of the speakers, one a line, because a name may have a comma.
    pub speakers: String,
    /// The name of its track. May be empty.
    pub track: String,
    /// A first paragraph. Only sessions from a file have one.
    pub summary: String,
    /// What it is about. May be empty.
    pub text: String,
}

/// The title, the text and the speakers of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDetails {
    /// The title.
    pub title: String,
    /// The names of the speakers, each once.
    pub speakers: Vec<String>,
    /// The name of its track. May be empty.
    pub track: String,
    /// A first paragraph. May be empty.
    pub summary: String,
    /// What it is about, as plain text or Markdown. May be empty.
    pub text: String,
}

impl DetailsForm {
    /// The checked details.
    ///
    /// # Errors
    /// The fields that are missing or too long.
    pub fn check(&self) -> Result<SessionDetails, Problems> {
        let mut checks = Checks::default();
        let title = checks.line("title", &self.title, 1, 200);
        let track = checks.line("track", &self.track, 0, 100);
        let summary = checks.text("summary", &self.summary, 0, MAX_TEXT);
        let text = checks.text("text", &self.text, 0, MAX_TEXT);
        let speakers = checks.text("speakers", &self.speakers, 0, 5_000);
        let speakers = check_speakers(&mut checks, speakers.lines(), MAX_EDITED_SPEAKERS);
        checks.finish(Some(SessionDetails { title, speakers, track, summary, text }))
    }
}

/// The names of speakers, each once.
fn check_speakers<'a>(checks: &mut Checks, typed: impl Iterator<Item = &'a str>, max: usize) -> Vec<String> {
    let mut speakers: Vec<String> = Vec::new();
    for name in typed {
        let name = name.trim().to_owned();
        if !name.is_empty() && !speakers.contains(&name) {
            speakers.push(name);
        }
    }
    if speakers.len() > max || speakers.iter().any(|name| name.chars().count() > 100) {
        checks.problem("speakers", Refusal::BadSpeakers { max: i64::try_from(max).unwrap_or(i64::MAX) });
    }
    speakers
}

/// The form of a room, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomForm {
    /// The name.
    pub name: String,
    /// How many people fit in. Empty if nobody knows.
    pub capacity: String,
}

impl RoomForm {
    /// The checked name and capacity.
    ///
    /// # Errors
    /// The fields that are missing, too long or no number.
    pub fn check(&self) -> Result<(String, Option<u32>), Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", &self.name, 1, 80);
        let capacity = checks.number("capacity", &self.capacity, 1, 100_000);
        checks.finish(Some((name, capacity.and_then(|capacity| u32::try_from(capacity).ok()))))
    }
}

/// A session of a release. Its speakers are not in it, so that a release never changes, not even when a member is erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedSession {
    /// The session.
    pub id: Uuid,
    /// Its title at that time.
    pub title: String,
    /// Where and when.
    pub at: ReleasedSlot,
}

/// Where and when a session is in a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedSlot {
    /// The name of the room.
    pub room: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// Its length in minutes.
    pub minutes: u32,
}

/// What a release changed about one session (D6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseChange {
    /// The session.
    pub id: Uuid,
    /// Its title, the newer one if it changed.
    pub title: String,
    /// Its title before, if it changed.
    pub renamed_from: Option<String>,
    /// Where it was. `None` for a session that is new in the agenda.
    pub before: Option<ReleasedSlot>,
    /// Where it is. `None` for a session that is no longer in the agenda.
    pub after: Option<ReleasedSlot>,
}

impl ReleaseChange {
    /// Whether the time, the room or the length changed, or the session came or went. A new title alone is no move.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.before != self.after
    }
}

/// What changed between two releases, by the later start of each session.
#[must_use]
pub fn changes(before: &[ReleasedSession], after: &[ReleasedSession]) -> Vec<ReleaseChange> {
    let was = |id| before.iter().find(|session| session.id == id);
    let mut found: Vec<ReleaseChange> = after
        .iter()
        .filter(|now| was(now.id) != Some(*now))
        .map(|now| ReleaseChange {
            id: now.id,
            title: now.title.clone(),
            renamed_from: was(now.id).map(|was| was.title.clone()).filter(|title| *title != now.title),
            before: was(now.id).map(|was| was.at.clone()),
            after: Some(now.at.clone()),
        })
        .collect();
    let gone = before.iter().filter(|was| after.iter().all(|now| now.id != was.id));
    found.extend(gone.map(|was| ReleaseChange {
        id: was.id,
        title: was.title.clone(),
        renamed_from: None,
        before: Some(was.at.clone()),
        after: None,
    }));
    found.sort_by_key(|change| {
        let at = change.after.as_ref().or(change.before.as_ref());
        (at.map(|at| at.starts_at), change.id)
    });
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> Instant {
        "2026-12-05T09:00:00Z".parse::<Instant>().unwrap() + Duration::minutes(minute)
    }

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn session(number: u128, minutes: u32, slot: Option<(u128, i64)>, people: &[u128]) -> BoardSession {
        BoardSession {
            id: id(number),
            title: format!("Session {number}"),
            minutes,
            slot: slot.map(|(room, minute)| Slot { room: id(100 + room), starts_at: at(minute) }),
            people: people.iter().map(|person| id(200 + person)).collect(),
            sign_ups: 0,
            revision: 0,
        }
    }

    fn board(sessions: Vec<BoardSession>) -> Board {
        let rooms = (0..3)
            .map(|room| BoardRoom { id: id(100 + room), name: format!("Room {room}"), capacity: None })
            .collect();
        let people = (0..4)
            .map(|person| BoardPerson {
                id: id(200 + person),
                name: format!("Person {person}"),
                busy: Vec::new(),
                available: None,
            })
            .collect();
        Board { rooms, sessions, people, buffer: 0 }
    }

    /// D5: all pairs, minute by minute.
    fn naive(board: &Board) -> Vec<Conflict> {
        let minutes = |session: &BoardSession| -> Vec<Instant> {
            let Some(slot) = session.slot else { return Vec::new() };
            (0..session.minutes).map(|minute| slot.starts_at + Duration::minutes(minute.into())).collect()
        };
        let mut found = Vec::new();
        for a in &board.sessions {
            let Some(slot) = a.slot else { continue };
            for b in &board.sessions {
                let Some(theirs) = b.slot else { continue };
                if (slot.starts_at, a.id) >= (theirs.starts_at, b.id) {
                    continue;
                }
                let (mine, other) = (minutes(a), minutes(b));
                let overlaps = mine.iter().any(|minute| other.contains(minute));
                let mut add = |kind| found.push(Conflict { session: a.id, kind });
                if slot.room == theirs.room && overlaps {
                    add(ConflictKind::Room { other: b.id });
                }
                let gap = (theirs.starts_at - a.ends_at().unwrap()).num_minutes();
                if slot.room == theirs.room && !overlaps && gap < i64::from(board.buffer) {
                    add(ConflictKind::Buffer { other: b.id, minutes: u32::try_from(gap).unwrap() });
                }
                for person in a.people.iter().filter(|person| overlaps && b.people.contains(person)) {
                    add(ConflictKind::Person { person: *person, other: b.id });
                }
            }
            for person in board.people.iter().filter(|person| a.people.contains(&person.id)) {
                for busy in &person.busy {
                    if minutes(a).iter().any(|minute| (busy.starts_at..busy.ends_at).contains(minute)) {
                        let event = busy.event.clone();
                        let kind = ConflictKind::Elsewhere { person: person.id, event };
                        found.push(Conflict { session: a.id, kind });
                    }
                }
                let outside = |minute: &Instant| {
                    person.available.is_some_and(|(from, until)| *minute < from || *minute >= until)
                };
                if minutes(a).iter().any(outside) {
                    let kind = ConflictKind::Unavailable { person: person.id };
                    found.push(Conflict { session: a.id, kind });
                }
            }
            let room = board.rooms.iter().find(|room| room.id == slot.room).unwrap();
            if let Some(capacity) = room.capacity
                && capacity < a.sign_ups
            {
                let kind = ConflictKind::Capacity { capacity, sign_ups: a.sign_ups };
                found.push(Conflict { session: a.id, kind });
            }
        }
        found.sort();
        found.dedup();
        found
    }

    fn boards() -> impl Strategy<Value = Board> {
        let slot = proptest::option::weighted(0.9, (0..3_u128, (0..24_i64).prop_map(|at| at * 5)));
        let people = proptest::collection::btree_set(0..4_u128, 0..3);
        let session = (1..13_u32, slot, people, 0..4_u32);
        let times = proptest::option::of((0..12_i64, 1..24_i64));
        (
            proptest::collection::vec(session, 0..8),
            (0..4_u32).prop_map(|buffer| buffer * 5),
            proptest::collection::vec((times.clone(), times), 4),
            proptest::collection::vec(proptest::option::of(1..3_u32), 3),
        )
            .prop_map(|(sessions, buffer, times, capacities)| {
                let sessions =
                    sessions.into_iter().enumerate().map(|(number, (fives, slot, people, sign_ups))| {
                        let people: Vec<u128> = people.into_iter().collect();
                        BoardSession { sign_ups, ..session_of(number, fives * 5, slot, &people) }
                    });
                let mut board = Board { buffer, ..board(sessions.collect()) };
                for (person, (busy, available)) in board.people.iter_mut().zip(times) {
                    let span = |(from, length): (i64, i64)| (at(from * 5), at((from + length) * 5));
                    person.available = available.map(span);
                    let busy = busy.map(span).map(|(starts_at, ends_at)| Busy {
                        event: "Elsewhere".to_owned(),
                        starts_at,
                        ends_at,
                    });
                    person.busy = busy.into_iter().collect();
                }
                for (room, capacity) in board.rooms.iter_mut().zip(capacities) {
                    room.capacity = capacity;
                }
                board
            })
    }

    fn session_of(number: usize, minutes: u32, slot: Option<(u128, i64)>, people: &[u128]) -> BoardSession {
        session(number as u128, minutes, slot, people)
    }

    proptest! {
        #[test]
        fn d5_conflicts_are_those_of_a_naive_search(board in boards()) {
            let mut found = board.conflicts();
            let first_warning = found.iter().position(|conflict| !conflict.kind.blocks());
            let blocks_after = found.iter().skip(first_warning.unwrap_or(found.len())).any(|c| c.kind.blocks());
            prop_assert!(!blocks_after, "what blocks a release comes first");
            found.sort();
            prop_assert_eq!(found, naive(&board));
        }

        #[test]
        fn d5_the_order_of_sessions_does_not_matter(board in boards(), seed in any::<u64>()) {
            let mut other = board.clone();
            let length = other.sessions.len().max(1);
            other.sessions.rotate_left(usize::try_from(seed).unwrap_or(0) % length);
            prop_assert_eq!(board.conflicts(), other.conflicts());
        }
    }

    #[test]
    fn d5_sessions_that_follow_each_other_have_no_conflict() {
        let mut board = board(vec![session(1, 30, Some((0, 0)), &[0]), session(2, 30, Some((0, 30)), &[0])]);
        assert_eq!(board.conflicts(), []);
        board.buffer = 10;
        let kind = ConflictKind::Buffer { other: id(2), minutes: 0 };
        assert!(!kind.blocks());
        assert_eq!(board.conflicts(), [Conflict { session: id(1), kind }]);
        board.sessions[1].slot = Some(Slot { room: id(100), starts_at: at(25) });
        let conflicts = board.conflicts();
        assert_eq!(conflicts.len(), 2);
        assert!(conflicts.iter().all(|conflict| conflict.kind.blocks() && conflict.concerns(id(2))));
        board.sessions[1].slot = None;
        assert_eq!(board.conflicts(), []);
    }

    #[test]
    fn d5_a_clash_of_the_released_agenda_is_known() {
        let released = board(vec![session(1, 30, Some((0, 0)), &[0]), session(2, 30, Some((1, 15)), &[0])]);
        let mut draft = released.clone();
        assert_eq!(draft.known_conflicts(&released), draft.conflicts());
        // The later session is now the first one, and the person is still in two places.
        draft.sessions[1].slot = Some(Slot { room: id(101), starts_at: at(-10) });
        assert_eq!(draft.known_conflicts(&released), draft.conflicts());
        assert_eq!(draft.conflicts().len(), 1);
        // The same two sessions clash for another reason: that is new.
        draft.sessions[1].slot = Some(Slot { room: id(100), starts_at: at(15) });
        let known = draft.known_conflicts(&released);
        assert!(matches!(known[..], [Conflict { kind: ConflictKind::Person { .. }, .. }]), "{known:?}");
        assert_eq!(draft.conflicts().len(), 2);
        draft.sessions.push(session(3, 30, Some((1, 15)), &[0]));
        assert_eq!(draft.known_conflicts(&released).len(), 1, "a third session with the same person is new");
        assert_eq!(draft.known_conflicts(&board(Vec::new())), []);
    }

    #[test]
    fn d4_a_night_belongs_to_the_day_before() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        let clock = AgendaClock::new(zone, "2026-12-05T10:00:00".parse().unwrap());
        let (day, time) = ("2026-12-05".parse().unwrap(), "00:30".parse().unwrap());
        let late = clock.instant(day, time);
        assert_eq!(late, "2026-12-05T23:30:00Z".parse::<Instant>().unwrap());
        assert_eq!((clock.day(late), clock.time(late)), (day, time));
        let early = AgendaClock::new(zone, "2026-12-05T02:00:00".parse().unwrap());
        assert_eq!(early.day(early.instant(day, time)), day);
        assert_eq!(early.instant(day, time), "2026-12-04T23:30:00Z".parse::<Instant>().unwrap());
    }

    #[test]
    fn d4_slots_are_on_the_grid() {
        let clock = AgendaClock::new(Zone::UTC, "2026-12-05T10:00:00".parse().unwrap());
        let form = |time: &str, minutes: &str, room: &str| SlotForm {
            day: "2026-12-05".to_owned(),
            time: time.to_owned(),
            minutes: minutes.to_owned(),
            room: room.to_owned(),
        };
        let room = id(100).to_string();
        let slot = Slot { room: id(100), starts_at: "2026-12-05T10:05:00Z".parse().unwrap() };
        assert_eq!(form("10:05", "45", &room).check(clock), Ok((Some(slot), 45)));
        assert_eq!(form("", "45", "").check(clock), Ok((None, 45)));
        for (time, minutes, room, field) in [
            ("10:03", "45", room.as_str(), "time"),
            ("10:05", "44", &room, "minutes"),
            ("10:05", "", &room, "minutes"),
            ("10:05", "1445", &room, "minutes"),
            ("", "45", &room, "time"),
            ("10:05", "45", "the hall", "room"),
        ] {
            let problems = form(time, minutes, room).check(clock).unwrap_err();
            assert_eq!(problems[0].field, field, "{time} {minutes} {room}");
        }
    }

    #[test]
    fn d6_the_difference_names_sessions_that_came_went_moved_or_were_renamed() {
        let slot =
            |room: &str, minute| ReleasedSlot { room: room.to_owned(), starts_at: at(minute), minutes: 30 };
        let released =
            |number, title: &str, slot| ReleasedSession { id: id(number), title: title.to_owned(), at: slot };
        let before = [
            released(1, "Same", slot("Hall", 0)),
            released(2, "Moved", slot("Hall", 30)),
            released(3, "Gone", slot("Hall", 60)),
            released(4, "Old name", slot("Hall", 90)),
        ];
        let after = [
            released(1, "Same", slot("Hall", 0)),
            released(2, "Moved", slot("Cellar", 35)),
            released(4, "New name", slot("Hall", 90)),
            released(5, "New", slot("Hall", 120)),
        ];
        let found = changes(&before, &after);
        let short: Vec<_> = found.iter().map(|change| (change.title.as_str(), change.moved())).collect();
        assert_eq!(short, [("Moved", true), ("Gone", true), ("New name", false), ("New", true)]);
        assert_eq!(found[2].renamed_from.as_deref(), Some("Old name"));
        assert_eq!(changes(&after, &after), []);
    }
}
