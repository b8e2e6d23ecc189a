//! What a reader gets out of a released agenda: which of their saved sessions overlap (D11), and what runs now and next in
//! each room (D12).

use chrono::Duration;
use uuid::Uuid;

use crate::{Instant, schedule::ScheduleSession};

/// A session and when it takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionSpan {
    /// The session.
    pub id: Uuid,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// When it ends, UTC.
    pub ends_at: Instant,
}

impl SessionSpan {
    /// When a session of an agenda takes place.
    #[must_use]
    pub fn of(id: Uuid, session: &ScheduleSession) -> Self {
        Self { id, starts_at: session.starts_at, ends_at: session.ends_at() }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }
}

impl ScheduleSession {
    /// When it ends, UTC.
    #[must_use]
    pub fn ends_at(&self) -> Instant {
        self.starts_at + Duration::minutes(self.minutes.into())
    }
}

/// The pairs of sessions that overlap, each pair once and the earlier session first, in the order of their starts. One
/// that starts when another one ends does not overlap with it.
#[must_use]
pub fn clashes(sessions: &[SessionSpan]) -> Vec<(Uuid, Uuid)> {
    let mut sorted: Vec<&SessionSpan> = sessions.iter().collect();
    sorted.sort_by_key(|session| (session.starts_at, session.id));
    let mut found = Vec::new();
    for (at, session) in sorted.iter().enumerate() {
        // Later sessions start later, so the search ends where nothing can overlap with this one any more.
        let later = sorted[at + 1..].iter().take_while(|other| other.starts_at < session.ends_at);
        found.extend(later.filter(|other| session.overlaps(other)).map(|other| (session.id, other.id)));
    }
    found
}

/// What happens in one room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomNow<'a, T> {
    /// The name of the room.
    pub room: &'a str,
    /// What runs now.
    pub now: Option<&'a T>,
    /// What comes next.
    pub next: Option<&'a T>,
}

/// What runs now and what comes next in each room, by the name of the room. Rooms in which nothing more happens are left
/// out. If an imported schedule has two sessions in a room at once, the one that started last counts.
pub fn now_and_next<'a, T>(
    items: impl IntoIterator<Item = &'a T>,
    session: impl Fn(&T) -> &ScheduleSession,
    now: Instant,
) -> Vec<RoomNow<'a, T>> {
    let mut rooms: Vec<RoomNow<'a, T>> = Vec::new();
    for item in items {
        let this = session(item);
        if this.ends_at() <= now {
            continue;
        }
        let at = match rooms.iter().position(|room| room.room == this.room) {
            Some(at) => at,
            None => {
                rooms.push(RoomNow { room: &session(item).room, now: None, next: None });
                rooms.len() - 1
            }
        };
        let room = &mut rooms[at];
        if this.starts_at <= now {
            if room.now.is_none_or(|known| session(known).starts_at < this.starts_at) {
                room.now = Some(item);
            }
        } else if room.next.is_none_or(|known| this.starts_at < session(known).starts_at) {
            room.next = Some(item);
        }
    }
    rooms.sort_by(|a, b| a.room.cmp(b.room));
    rooms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> Instant {
        "2026-12-05T09:00:00Z".parse::<Instant>().unwrap() + Duration::minutes(minute)
    }

    fn spans() -> impl Strategy<Value = Vec<SessionSpan>> {
        proptest::collection::vec((0_i64..200, 0_i64..60), 0..20).prop_map(|all| {
            let span = |(index, (start, length)): (usize, (i64, i64))| SessionSpan {
                id: Uuid::from_u128(index as u128),
                starts_at: at(start),
                ends_at: at(start + length),
            };
            all.into_iter().enumerate().map(span).collect()
        })
    }

    proptest! {
        /// D11: the sweep finds the same pairs as comparing each session with each other one.
        #[test]
        fn d11_clashes_are_those_of_a_naive_search(sessions in spans()) {
            let mut naive = Vec::new();
            for a in &sessions {
                for b in &sessions {
                    if (a.starts_at, a.id) < (b.starts_at, b.id) && a.starts_at < b.ends_at && b.starts_at < a.ends_at {
                        naive.push((a.id, b.id));
                    }
                }
            }
            let mut found = clashes(&sessions);
            prop_assert_eq!(found.len(), naive.len());
            naive.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, naive);
        }
    }

    fn session(title: &str, room: &str, starts: i64, minutes: u32) -> ScheduleSession {
        ScheduleSession {
            title: title.to_owned(),
            room: room.to_owned(),
            starts_at: at(starts),
            minutes,
            ..ScheduleSession::default()
        }
    }

    /// D11: back to back is no clash.
    #[test]
    fn d11_sessions_that_follow_each_other_do_not_clash() {
        let span = |id: u128, session: &ScheduleSession| SessionSpan::of(Uuid::from_u128(id), session);
        let (first, second) = (session("A", "Hall", 0, 30), session("B", "Cellar", 30, 30));
        assert_eq!(clashes(&[span(1, &first), span(2, &second)]), []);
        let early = session("B", "Cellar", 29, 30);
        let pair = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(clashes(&[span(2, &early), span(1, &first)]), [pair]);
    }

    /// D12: a session runs from its start up to its end, and rooms that are done for the day are left out.
    #[test]
    fn d12_each_room_has_what_runs_now_and_what_is_next() {
        let all = [
            session("Late", "Hall", 60, 30),
            session("First", "Hall", 0, 30),
            session("Second", "Hall", 30, 30),
            session("Cellar talk", "Cellar", 40, 30),
            session("Over", "Attic", -30, 30),
        ];
        let shown = |minute| -> Vec<(&str, &str, &str)> {
            now_and_next(&all, |session| session, at(minute))
                .into_iter()
                .map(|room| {
                    (
                        room.room,
                        room.now.map_or("", |one| one.title.as_str()),
                        room.next.map_or("", |one| one.title.as_str()),
                    )
                })
                .collect()
        };
        assert_eq!(shown(-1), [("Attic", "Over", ""), ("Cellar", "", "Cellar talk"), ("Hall", "", "First")]);
        assert_eq!(shown(0), [("Cellar", "", "Cellar talk"), ("Hall", "First", "Second")]);
        assert_eq!(shown(29), [("Cellar", "", "Cellar talk"), ("Hall", "First", "Second")]);
        assert_eq!(shown(30), [("Cellar", "", "Cellar talk"), ("Hall", "Second", "Late")]);
        assert_eq!(shown(45), [("Cellar", "Cellar talk", ""), ("Hall", "Second", "Late")]);
        assert_eq!(shown(89), [("Hall", "Late", "")]);
        assert_eq!(shown(90), []);
    }
}
