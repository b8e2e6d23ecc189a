//! How an event gives its seats: to whom, how many of which kind, and how those who wait move up.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Event, Mode};
use crate::{Instant, members::string_enum};

string_enum! {
    /// How a free seat gets to who waits for it.
    #[derive(Default)]
    Promotion {
        /// At once: they have it and are told.
        #[default]
        Automatic = "automatic",
        /// It is held for them until they claim it (A8).
        Offer = "offer",
    }
}

/// What a host decides about seats beyond their number. Nothing of it has to be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seating {
    /// Whether the host accepts each request (A11).
    pub approval: bool,
    /// How a free seat gets to who waits for it.
    pub promotion: Promotion,
    /// How long an offered seat is held; `None` for twelve hours. Never for longer than half the time
    /// that is left to the start (A8).
    pub hold_minutes: Option<u32>,
    /// How long before the start nobody is moved any more, only asked; `None` for three hours before
    /// one in a room, and not at all online (A9).
    pub freeze_minutes: Option<u32>,
    /// Seats online of an event that is in a room too; `None` for no limit (A12).
    pub online_capacity: Option<u32>,
}

/// Seats that are taken, guests and live holds counted. Of an event in one place all are `room`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// In the room.
    pub room: u32,
    /// Online, where there is a room too.
    pub online: u32,
}

/// Where somebody who comes alone would find a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// In the room, or in the only pool there is.
    Free,
    /// Only online: the room of a hybrid event is full (A12).
    RoomFull,
    /// Nowhere.
    Full,
}

/// An offer without a length of its own is held so long at most.
const USUAL_HOLD: i64 = 12 * 60;
/// And an offer shortly before the start at least so long.
const SHORTEST_HOLD: Duration = Duration::minutes(10);
/// A room is frozen so many minutes before the start if its host says nothing else.
const USUAL_FREEZE: u32 = 180;

impl Event {
    /// Whether one may come in two ways, to a room or online: then each has seats of its own (A12).
    #[must_use]
    pub fn hybrid(&self) -> bool {
        self.details.hybrid()
    }

    /// The way of coming that a wish means: where there is only one, that one.
    #[must_use]
    pub fn way(&self, wanted: Mode) -> Mode {
        match (self.hybrid(), self.details.place.is_empty()) {
            (true, _) => wanted,
            (false, true) => Mode::Online,
            (false, false) => Mode::OnSite,
        }
    }

    /// The pools of seats it has.
    #[must_use]
    pub fn pools(&self) -> &'static [Mode] {
        if self.hybrid() { Mode::ALL } else { &[Mode::OnSite] }
    }

    /// The pool that a way of coming takes its seats from.
    #[must_use]
    pub fn pool(&self, mode: Mode) -> Mode {
        if self.hybrid() { mode } else { Mode::OnSite }
    }

    /// The seats of a pool; `None` without a limit.
    #[must_use]
    pub fn capacity(&self, mode: Mode) -> Option<u32> {
        match self.pool(mode) {
            Mode::OnSite => self.details.capacity,
            Mode::Online => self.details.seating.online_capacity,
        }
    }

    /// The seats that are taken, as its columns say.
    #[must_use]
    pub fn taken(&self) -> Taken {
        Taken { room: self.going, online: self.online_going }
    }

    /// Free seats of a pool; `None` without a limit. Never below zero: an event whose capacity was
    /// lowered has none (A4).
    #[must_use]
    pub fn free(&self, mode: Mode, taken: Taken) -> Option<u32> {
        self.capacity(mode).map(|capacity| capacity.saturating_sub(taken.of(self.pool(mode))))
    }

    /// Whether a pool has `seats` free.
    #[must_use]
    pub fn fits(&self, mode: Mode, taken: Taken, seats: u32) -> bool {
        self.free(mode, taken).is_none_or(|free| free >= seats)
    }

    /// Whether somebody who comes alone would have a seat, as the columns say.
    #[must_use]
    pub fn availability(&self) -> Availability {
        let free = |mode| self.fits(mode, self.taken(), 1);
        match (free(Mode::OnSite), self.hybrid()) {
            (true, _) => Availability::Free,
            (false, true) if free(Mode::Online) => Availability::RoomFull,
            (false, _) => Availability::Full,
        }
    }

    /// By how many seats a pool is over a capacity that was lowered (A4).
    #[must_use]
    pub fn over_by(&self, mode: Mode) -> u32 {
        let taken = self.taken().of(self.pool(mode));
        self.capacity(mode).map_or(0, |capacity| taken.saturating_sub(capacity))
    }

    /// Whether nobody is moved into a pool any more, only asked (A9).
    #[must_use]
    pub fn frozen(&self, mode: Mode, now: Instant) -> bool {
        let usual = if self.way(mode) == Mode::OnSite { USUAL_FREEZE } else { 0 };
        let minutes = self.details.seating.freeze_minutes.unwrap_or(usual);
        now >= self.starts_at - Duration::minutes(i64::from(minutes))
    }

    /// Whether a free seat of a pool is offered rather than given.
    #[must_use]
    pub fn offers(&self, mode: Mode, now: Instant) -> bool {
        self.details.seating.promotion == Promotion::Offer || self.frozen(mode, now)
    }

    /// Until when a seat that is offered now is held.
    #[must_use]
    pub fn holds_until(&self, now: Instant) -> Instant {
        let wished = self.details.seating.hold_minutes.map_or(USUAL_HOLD, i64::from);
        let half = Duration::seconds((self.starts_at - now).num_seconds() / 2);
        (now + Duration::minutes(wished).min(half.max(SHORTEST_HOLD))).min(self.ends_at)
    }
}

impl Taken {
    /// Of one pool.
    #[must_use]
    pub fn of(self, pool: Mode) -> u32 {
        match pool {
            Mode::OnSite => self.room,
            Mode::Online => self.online,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::tests::{event, hybrid, now, room};

    #[test]
    fn a4_an_event_over_its_capacity_says_by_how_many() {
        let mut event = event(Some(2));
        event.going = 5;
        assert_eq!((event.over_by(Mode::OnSite), event.free(Mode::OnSite, room(5))), (3, Some(0)));
    }

    #[test]
    fn a12_a_full_room_with_seats_online_is_not_full() {
        let mut event = hybrid(2, 1);
        assert_eq!(event.availability(), Availability::Free);
        event.going = 3;
        assert_eq!(event.availability(), Availability::RoomFull);
        event.online_going = 1;
        assert_eq!(event.availability(), Availability::Full);
    }

    #[test]
    fn a8_a_hold_is_the_lesser_of_twelve_hours_and_half_the_time_left() {
        let mut event = event(Some(1));
        let hours = |event: &Event, before: i64| {
            let now = event.starts_at - Duration::minutes(before);
            (event.holds_until(now) - now).num_minutes()
        };
        assert_eq!([4320, 600, 30, 12, 0].map(|before| hours(&event, before)), [720, 300, 15, 10, 10]);
        event.details.seating.hold_minutes = Some(60);
        assert_eq!([4320, 60].map(|before| hours(&event, before)), [60, 30]);
        assert_eq!(
            event.holds_until(event.ends_at - Duration::minutes(1)),
            event.ends_at,
            "never after the end"
        );
    }

    #[test]
    fn a9_a_room_freezes_three_hours_before_the_start_and_online_never_does() {
        let mut event = hybrid(1, 1);
        let before = |event: &Event, minutes: i64, mode| {
            event.frozen(mode, event.starts_at - Duration::minutes(minutes))
        };
        assert!(!before(&event, 181, Mode::OnSite) && before(&event, 180, Mode::OnSite));
        assert!(!before(&event, 1, Mode::Online));
        event.details.place.clear();
        assert!(!before(&event, 1, Mode::OnSite), "an event that is online only has no room to freeze");
        event.details.seating.freeze_minutes = Some(30);
        assert!(before(&event, 30, Mode::Online));
        assert!(!event.offers(Mode::Online, now()));
        event.details.seating.promotion = Promotion::Offer;
        assert!(event.offers(Mode::Online, now()));
    }

    #[test]
    fn a12_only_an_event_in_two_places_has_two_pools() {
        let mut event = hybrid(3, 5);
        assert_eq!((event.capacity(Mode::OnSite), event.capacity(Mode::Online)), (Some(3), Some(5)));
        assert_eq!(event.way(Mode::Online), Mode::Online);
        event.details.place.clear();
        assert_eq!((event.capacity(Mode::Online), event.pools().len()), (Some(3), 1));
        assert_eq!((event.way(Mode::OnSite), event.pool(Mode::Online)), (Mode::Online, Mode::OnSite));
        event.details.join_url = None;
        event.details.place = "c-base".into();
        assert_eq!(event.way(Mode::Online), Mode::OnSite);
    }
}
