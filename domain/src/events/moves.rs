//! Edits that emails and calendar entries must follow: who is notified, when, and what they knew before
//! (C4).

use std::collections::BTreeMap;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Event, Rsvp};
use crate::{Instant, RsvpId, Zone, emails::EventFacts};

/// Edits within this time of each other are announced in one email.
pub const MERGE: Duration = Duration::minutes(10);
/// People are told this long after the first edit, however often the event is edited.
pub const MAX_MERGE: Duration = Duration::minutes(30);
/// A new time or place is announced at once when the event starts within this time.
pub const SOON: Duration = Duration::hours(24);
/// A shift by less than this is not announced.
pub const SMALL_SHIFT: Duration = Duration::minutes(5);
/// A cancellation can be undone for this long before anybody is notified.
pub const UNDO_CANCEL: Duration = Duration::minutes(2);

/// The facts of an event from some time on: everything that a calendar entry shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// When these facts took effect.
    pub since: Instant,
    /// Its title; `None` in histories stored before titles were part of them.
    #[serde(default)]
    pub title: Option<String>,
    /// Start time, UTC.
    pub starts_at: Instant,
    /// End time, UTC.
    pub ends_at: Instant,
    /// The event's time zone.
    pub zone: Zone,
    /// The address; empty for an online event.
    pub place: String,
    /// The link to join.
    pub join_url: Option<String>,
}

impl Known {
    /// The facts of an event from `since` on.
    #[must_use]
    pub fn of(event: &Event, since: Instant) -> Self {
        Self {
            since,
            title: Some(event.details.title.clone()),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            zone: event.zone(),
            place: event.details.place.clone(),
            join_url: event.details.join_url.clone(),
        }
    }

    /// The facts that an email would have named then. Attendees online get no place. The link to join is
    /// only included if it is included now.
    #[must_use]
    pub fn facts(&self, now: &EventFacts, online: bool) -> EventFacts {
        EventFacts {
            title: self.title.clone().unwrap_or_else(|| now.title.clone()),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            zone: self.zone,
            place: if online { String::new() } else { self.place.clone() },
            join_url: self.join_url.clone().filter(|_| now.join_url.is_some()),
            ..now.clone()
        }
    }

    /// Whether both have the same facts, whenever they took effect.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Self { since: other.since, ..self.clone() } == *other
    }

    /// Whether both have the same facts except for the title.
    fn has_same_time_and_place(&self, other: &Self) -> bool {
        Self { title: other.title.clone(), ..self.clone() }.is_same(other)
    }

    /// Whether people who know these facts must be notified of `new`. Equal facts are not news, and neither
    /// is a small shift unless the event starts soon.
    #[must_use]
    pub fn is_news(&self, new: &Self, now: Instant) -> bool {
        if self.is_same(new) {
            return false;
        }
        let shift = |a: Instant, b: Instant| (a - b).abs() < SMALL_SHIFT;
        let slight = shift(self.starts_at, new.starts_at)
            && shift(self.ends_at, new.ends_at)
            && (self.zone, &self.place, &self.join_url, &self.title)
                == (new.zone, &new.place, &new.join_url, &new.title);
        !slight || self.is_soon(now) || new.is_soon(now)
    }

    /// Whether the event starts soon or has started.
    #[must_use]
    pub fn is_soon(&self, now: Instant) -> bool {
        self.starts_at - now < SOON
    }
}

/// The facts of an event since everybody was last notified, oldest first. The first entry is what everybody
/// knew. People with a later RSVP know the facts from that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct History {
    known: Vec<Known>,
    /// RSVPs whose members were notified individually since then, and the index in `known` of what they
    /// know.
    #[serde(rename = "told")]
    notified: BTreeMap<RsvpId, usize>,
}

/// A history as it is stored in the database. The first version stored only the list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    List(Vec<Known>),
    Whole { known: Vec<Known>, told: BTreeMap<RsvpId, usize> },
}

impl From<Stored> for History {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::List(known) => Self { known, notified: BTreeMap::new() },
            Stored::Whole { known, told } => Self { known, notified: told },
        }
    }
}

impl History {
    /// The history of an event that is about to be edited.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        Self { known: vec![Known::of(event, Instant::UNIX_EPOCH)], notified: BTreeMap::new() }
    }

    /// Adds the facts of the event from `since` on.
    pub fn add(&mut self, event: &Event, since: Instant) {
        self.known.push(Known::of(event, since));
    }

    /// Records that one member was notified of the current facts.
    pub fn record_notified(&mut self, rsvp: RsvpId) {
        self.notified.insert(rsvp, self.known.len().saturating_sub(1));
    }

    /// The facts that the member with this RSVP knows. At the exact time of a change the older facts count:
    /// a second email is better than none.
    #[must_use]
    pub fn known(&self, rsvp: &Rsvp) -> Option<&Known> {
        let by_time = self.known.iter().rposition(|known| known.since < rsvp.since).unwrap_or(0);
        let individually = self.notified.get(&rsvp.id).copied().unwrap_or(0);
        self.known.get(by_time.max(individually))
    }

    /// The facts that the member knew before, if they must be notified of the current ones. A new title
    /// alone matters only to members with a seat, because only they have a calendar entry.
    #[must_use]
    pub fn news_for(&self, rsvp: &Rsvp, now: Instant) -> Option<Known> {
        let new = self.known.last()?;
        let mut known = self.known(rsvp)?.clone();
        if !rsvp.is_seated() || known.title.is_none() {
            known.title.clone_from(&new.title);
        }
        known.is_news(new, now).then_some(known)
    }

    /// Whether people are notified without waiting for further edits: the time or place changed, and the
    /// event starts soon.
    #[must_use]
    pub fn is_urgent(&self, now: Instant) -> bool {
        let moved = || {
            let mut pairs = self.known.iter().zip(self.known.iter().skip(1));
            pairs.any(|(before, next)| !before.has_same_time_and_place(next))
        };
        self.known.iter().any(|known| known.is_soon(now)) && moved()
    }

    /// Whether the start differs from the one that everybody knew.
    #[must_use]
    pub fn has_new_start(&self) -> bool {
        let start = |known: Option<&Known>| known.map(|known| known.starts_at);
        start(self.known.first()) != start(self.known.last())
    }
}

/// When people are notified of edits. The first edit was at `opened_at`, the last one is at `now`.
#[must_use]
pub fn notify_at(opened_at: Instant, now: Instant) -> Instant {
    (now + MERGE).min(opened_at + MAX_MERGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{RsvpState, tests::rsvp_of};

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn known(since: &str, starts: &str) -> Known {
        let starts_at = at(starts);
        Known {
            since: at(since),
            title: Some("An evening".into()),
            starts_at,
            ends_at: starts_at + Duration::hours(1),
            zone: Zone::UTC,
            place: "Room 2".into(),
            join_url: None,
        }
    }

    fn history(known: impl Into<Vec<Known>>) -> History {
        History { known: known.into(), notified: BTreeMap::new() }
    }

    #[test]
    fn c4_a_small_shift_is_news_only_shortly_before_the_event() {
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

    fn rsvp_since(id: i64, state: RsvpState, since: &str) -> Rsvp {
        Rsvp { since: at(since), ..rsvp_of(id, state, 0) }
    }

    #[test]
    fn c4_small_shifts_add_up_and_an_undone_edit_is_no_news() {
        let now = at("2026-11-20T00:00:00Z");
        let mut history = history([
            known("2026-11-01T00:00:00Z", "2026-11-24T18:00:00Z"),
            known("2026-11-02T00:00:00Z", "2026-11-24T18:04:00Z"),
            known("2026-11-03T00:00:00Z", "2026-11-24T18:08:00Z"),
        ]);
        let is_news = |history: &History, since: &str| {
            history.news_for(&rsvp_since(1, RsvpState::Going, since), now).is_some()
        };
        assert!(is_news(&history, "2026-11-01T12:00:00Z"));
        assert!(
            !is_news(&history, "2026-11-02T12:00:00Z"),
            "a member with an RSVP from in between knows 18:04"
        );
        history.known.push(known("2026-11-04T00:00:00Z", "2026-11-24T18:00:00Z"));
        assert!(!is_news(&history, "2026-11-01T12:00:00Z"));
        assert!(
            is_news(&history, "2026-11-03T12:00:00Z"),
            "a member who knows 18:08 is notified of the undone edit"
        );
    }

    #[test]
    fn c4_a_title_is_news_for_members_with_a_seat_and_never_urgent() {
        let now = at("2026-11-24T12:00:00Z");
        let first = known("2026-11-01T00:00:00Z", "2026-11-24T18:00:00Z");
        let renamed =
            Known { title: Some("Another".into()), since: at("2026-11-02T00:00:00Z"), ..first.clone() };
        let history = history([first, renamed]);
        let is_news = |state| history.news_for(&rsvp_since(1, state, "2026-11-01T12:00:00Z"), now).is_some();
        assert!(is_news(RsvpState::Going) && !is_news(RsvpState::Waiting));
        assert!(!history.is_urgent(now) && !history.has_new_start());
    }

    #[test]
    fn c4_a_member_who_was_notified_individually_is_not_notified_again() {
        let now = at("2026-11-20T00:00:00Z");
        let since = "2026-11-01T12:00:00Z";
        let (notified, other) =
            (rsvp_since(1, RsvpState::Going, since), rsvp_since(2, RsvpState::Going, since));
        let mut history = history([
            known("2026-11-01T00:00:00Z", "2026-11-24T18:00:00Z"),
            known("2026-11-02T00:00:00Z", "2026-11-24T19:00:00Z"),
        ]);
        history.record_notified(notified.id);
        assert!(history.news_for(&notified, now).is_none());
        assert!(history.news_for(&other, now).is_some());
    }

    #[test]
    fn c4_edits_are_merged_for_a_limited_time() {
        let opened = at("2026-11-20T10:00:00Z");
        assert_eq!(notify_at(opened, opened), at("2026-11-20T10:10:00Z"));
        assert_eq!(notify_at(opened, at("2026-11-20T10:08:00Z")), at("2026-11-20T10:18:00Z"));
        assert_eq!(notify_at(opened, at("2026-11-20T10:29:00Z")), at("2026-11-20T10:30:00Z"));
    }
}
