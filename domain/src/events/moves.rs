//! Moves: who is told that an event has another time or place, when, and what they knew before (C4).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::{Instant, Zone, letters::EventFacts};

/// Edits so soon after each other are one mail.
pub const MERGE: Duration = Duration::minutes(10);
/// However often somebody edits, people are told after so long.
pub const MERGE_MOST: Duration = Duration::minutes(30);
/// Before an event that starts so soon, people are told at once.
pub const SOON: Duration = Duration::hours(24);
/// A shift by less than that is no news.
pub const SLIGHT: Duration = Duration::minutes(5);

/// When and where an event was, from some time on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// From when on it was said so.
    pub since: Instant,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// Its own zone.
    pub zone: Zone,
    /// Where.
    pub place: String,
    /// Where to join.
    pub join_url: Option<String>,
}

impl Known {
    /// What an event says from `since` on.
    #[must_use]
    pub fn of(event: &Event, since: Instant) -> Self {
        Self {
            since,
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            zone: event.zone(),
            place: event.details.place.clone(),
            join_url: event.details.join_url.clone(),
        }
    }

    /// What a letter would have told then; who comes online is told no room. Where to join is told only if
    /// it is told now.
    #[must_use]
    pub fn facts(&self, now: &EventFacts, online: bool) -> EventFacts {
        EventFacts {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            zone: self.zone,
            place: if online { String::new() } else { self.place.clone() },
            join_url: self.join_url.clone().filter(|_| now.join_url.is_some()),
            ..now.clone()
        }
    }

    /// Whether it is the same time and place, whenever it was said.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Self { since: other.since, ..self.clone() } == *other
    }

    /// Whether somebody who knows this must be told of `new`: not of what is the same, nor of a slight
    /// shift, unless it starts soon.
    #[must_use]
    pub fn is_news(&self, new: &Self, now: Instant) -> bool {
        if self.is_same(new) {
            return false;
        }
        let shift = |a: Instant, b: Instant| (a - b).abs() < SLIGHT;
        let slight = shift(self.starts_at, new.starts_at)
            && shift(self.ends_at, new.ends_at)
            && (self.zone, &self.place, &self.join_url) == (new.zone, &new.place, &new.join_url);
        !slight || self.is_soon(now) || new.is_soon(now)
    }

    /// Whether it starts soon or has started.
    #[must_use]
    pub fn is_soon(&self, now: Instant) -> bool {
        self.starts_at - now < SOON
    }
}

/// What was said of an event since everybody was last told, oldest first. It begins with what everybody
/// knew; who answered later knows what was said then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(Vec<Known>);

impl History {
    /// From an event that is about to be changed.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        Self(vec![Known::of(event, Instant::UNIX_EPOCH)])
    }

    /// Something else is said from `since` on.
    pub fn say(&mut self, event: &Event, since: Instant) {
        self.0.push(Known::of(event, since));
    }

    /// What somebody knows who was last told at `told`. Who was told in the moment of a change may not have
    /// been told of it: rather twice than never.
    #[must_use]
    pub fn known(&self, told: Instant) -> Option<&Known> {
        self.0.iter().rev().find(|known| known.since < told).or(self.0.first())
    }

    /// What is said now.
    #[must_use]
    pub fn latest(&self) -> Option<&Known> {
        self.0.last()
    }

    /// Whether somebody who was last told at `told` must be told of what is said now.
    #[must_use]
    pub fn is_news(&self, told: Instant, now: Instant) -> bool {
        self.known(told).zip(self.latest()).is_some_and(|(known, new)| known.is_news(new, now))
    }

    /// Whether anything of it starts soon: then nobody waits for another edit.
    #[must_use]
    pub fn is_soon(&self, now: Instant) -> bool {
        self.0.iter().any(|known| known.is_soon(now))
    }
}

/// When people are told whose first edit was at `opened_at`.
#[must_use]
pub fn told_at(opened_at: Instant, now: Instant) -> Instant {
    (now + MERGE).min(opened_at + MERGE_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn known(since: &str, starts: &str) -> Known {
        let starts_at = at(starts);
        Known {
            since: at(since),
            starts_at,
            ends_at: starts_at + Duration::hours(1),
            zone: Zone::UTC,
            place: "Room 2".into(),
            join_url: None,
        }
    }

    #[test]
    fn c4_a_slight_shift_is_news_only_if_it_is_soon() {
        let old = known("2026-11-01T00:00:00Z", "2026-11-24T18:00:00Z");
        let slight = known("2026-11-02T00:00:00Z", "2026-11-24T18:04:00Z");
        let real = known("2026-11-02T00:00:00Z", "2026-11-24T18:05:00Z");
        let early = at("2026-11-20T00:00:00Z");
        assert!(!old.is_news(&old, early));
        assert!(!old.is_news(&slight, early));
        assert!(old.is_news(&real, early));
        assert!(old.is_news(&slight, at("2026-11-23T18:01:00Z")));
        let elsewhere = Known { place: "Room 3".into(), ..slight };
        assert!(old.is_news(&elsewhere, early));
    }

    #[test]
    fn c4_slight_shifts_add_up_and_a_way_back_is_no_news() {
        let now = at("2026-11-20T00:00:00Z");
        let mut history = History(vec![
            known("2026-11-01T00:00:00Z", "2026-11-24T18:00:00Z"),
            known("2026-11-02T00:00:00Z", "2026-11-24T18:04:00Z"),
            known("2026-11-03T00:00:00Z", "2026-11-24T18:08:00Z"),
        ]);
        assert!(history.is_news(at("2026-11-01T12:00:00Z"), now));
        assert!(!history.is_news(at("2026-11-02T12:00:00Z"), now), "who answered in between knows 18:04");
        history.0.push(known("2026-11-04T00:00:00Z", "2026-11-24T18:00:00Z"));
        assert!(!history.is_news(at("2026-11-01T12:00:00Z"), now));
        assert!(history.is_news(at("2026-11-03T12:00:00Z"), now), "who was told 18:08 hears of the way back");
    }

    #[test]
    fn c4_edits_merge_but_not_for_ever() {
        let opened = at("2026-11-20T10:00:00Z");
        assert_eq!(told_at(opened, opened), at("2026-11-20T10:10:00Z"));
        assert_eq!(told_at(opened, at("2026-11-20T10:08:00Z")), at("2026-11-20T10:18:00Z"));
        assert_eq!(told_at(opened, at("2026-11-20T10:29:00Z")), at("2026-11-20T10:30:00Z"));
    }
}
