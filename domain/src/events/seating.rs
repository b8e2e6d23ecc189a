//! How an event gives its seats: how many there are in the room and online, and how the waitlist moves up.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Event, Mode};
use crate::{Instant, members::string_enum};

string_enum! {
    /// How a free seat gets to the waitlist.
    #[derive(Default)]
    Promotion {
        /// The next member gets the seat at once and is notified.
        #[default]
        Automatic,
        /// The seat is held for the next member until they accept it or the offer expires (A8).
        Offer,
    }
}

/// A host's settings for seats beyond their number. Every one has a default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seating {
    /// Whether the host must approve each request (A11).
    pub approval: bool,
    /// How a free seat gets to the waitlist.
    pub promotion: Promotion,
    /// How long an offered seat is held; `None` for 12 hours. Never longer than half the time that is left
    /// until the start (A8).
    pub hold_minutes: Option<u32>,
    /// How many minutes before the start free seats are only offered, no longer given; `None` for 180 in a
    /// room and 0 online (A9).
    pub freeze_minutes: Option<u32>,
    /// Number of seats online of a hybrid event; `None` for no limit (A12).
    pub online_capacity: Option<u32>,
}

/// Taken seats, including guests and offered seats that are held. For an event that is not hybrid, all are
/// in `room`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// In the room.
    pub room: u32,
    /// Online, at a hybrid event.
    pub online: u32,
}

/// Where a member without guests would get a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// In the room, or online if the event is online only.
    Free,
    /// Only online: the room of a hybrid event is full (A12).
    RoomFull,
    /// Nowhere. They would go on the waitlist.
    Full,
}

/// How long an offered seat is held by default, in minutes.
const USUAL_HOLD: i64 = 12 * 60;
/// An offer shortly before the start is held for at least this long.
const SHORTEST_HOLD: Duration = Duration::minutes(10);
/// How many minutes before the start a room freezes by default.
const USUAL_FREEZE: u32 = 180;

impl Event {
    /// Whether members can attend in the room or online. Each of the two then has its own seats (A12).
    #[must_use]
    pub fn is_hybrid(&self) -> bool {
        self.details.is_hybrid()
    }

    /// The mode in which a member attends who asked for `wanted`. Only a hybrid event leaves a choice.
    #[must_use]
    pub fn effective_mode(&self, wanted: Mode) -> Mode {
        match (self.is_hybrid(), self.details.place.is_empty()) {
            (true, _) => wanted,
            (false, true) => Mode::Online,
            (false, false) => Mode::OnSite,
        }
    }

    /// The pools of seats: two at a hybrid event, one otherwise.
    #[must_use]
    pub fn pools(&self) -> &'static [Mode] {
        if self.is_hybrid() { Mode::ALL } else { &[Mode::OnSite] }
    }

    /// The pool from which a mode takes its seats.
    #[must_use]
    pub fn pool(&self, mode: Mode) -> Mode {
        if self.is_hybrid() { mode } else { Mode::OnSite }
    }

    /// Capacity of a pool; `None` for no limit.
    #[must_use]
    pub fn capacity(&self, mode: Mode) -> Option<u32> {
        match self.pool(mode) {
            Mode::OnSite => self.details.capacity,
            Mode::Online => self.details.seating.online_capacity,
        }
    }

    /// The taken seats, according to the counts in the event's row.
    #[must_use]
    pub fn taken(&self) -> Taken {
        Taken { room: self.going, online: self.online_going }
    }

    /// Free seats of a pool; `None` for no limit. Never below zero, also after the capacity was lowered
    /// (A4).
    #[must_use]
    pub fn free(&self, mode: Mode, taken: Taken) -> Option<u32> {
        self.capacity(mode).map(|capacity| capacity.saturating_sub(taken.of(self.pool(mode))))
    }

    /// Whether a pool has `seats` free.
    #[must_use]
    pub fn fits(&self, mode: Mode, taken: Taken, seats: u32) -> bool {
        self.free(mode, taken).is_none_or(|free| free >= seats)
    }

    /// Where a member without guests would get a seat, according to the counts in the event's row.
    #[must_use]
    pub fn availability(&self) -> Availability {
        let free = |mode| self.fits(mode, self.taken(), 1);
        match (free(Mode::OnSite), self.is_hybrid()) {
            (true, _) => Availability::Free,
            (false, true) if free(Mode::Online) => Availability::RoomFull,
            (false, _) => Availability::Full,
        }
    }

    /// By how many seats a pool exceeds a capacity that was lowered (A4).
    #[must_use]
    pub fn over_by(&self, mode: Mode) -> u32 {
        let taken = self.taken().of(self.pool(mode));
        self.capacity(mode).map_or(0, |capacity| taken.saturating_sub(capacity))
    }

    /// Whether free seats of a pool are only offered and no longer given, because the event starts soon
    /// (A9).
    #[must_use]
    pub fn is_frozen(&self, mode: Mode, now: Instant) -> bool {
        let usual = if self.effective_mode(mode) == Mode::OnSite { USUAL_FREEZE } else { 0 };
        let minutes = self.details.seating.freeze_minutes.unwrap_or(usual);
        now >= self.starts_at - Duration::minutes(i64::from(minutes))
    }

    /// Whether a free seat of a pool is offered instead of given.
    #[must_use]
    pub fn offers(&self, mode: Mode, now: Instant) -> bool {
        self.details.seating.promotion == Promotion::Offer || self.is_frozen(mode, now)
    }

    /// When an offer that is made at `now` expires.
    #[must_use]
    pub fn holds_until(&self, now: Instant) -> Instant {
        let wished = self.details.seating.hold_minutes.map_or(USUAL_HOLD, i64::from);
        let half = Duration::seconds((self.starts_at - now).num_seconds() / 2);
        (now + Duration::minutes(wished).min(half.max(SHORTEST_HOLD))).min(self.ends_at)
    }
}

impl Taken {
    /// Taken seats of one pool.
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
    fn a4_an_event_knows_by_how_many_seats_it_is_over_capacity() {
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
    fn a8_a_seat_is_held_for_twelve_hours_or_half_the_time_left() {
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
    fn a9_only_a_room_freezes_three_hours_before_the_start() {
        let mut event = hybrid(1, 1);
        let before = |event: &Event, minutes: i64, mode| {
            event.is_frozen(mode, event.starts_at - Duration::minutes(minutes))
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
    fn a12_only_a_hybrid_event_has_two_pools() {
        let mut event = hybrid(3, 5);
        assert_eq!((event.capacity(Mode::OnSite), event.capacity(Mode::Online)), (Some(3), Some(5)));
        assert_eq!(event.effective_mode(Mode::Online), Mode::Online);
        event.details.place.clear();
        assert_eq!((event.capacity(Mode::Online), event.pools().len()), (Some(3), 1));
        assert_eq!(
            (event.effective_mode(Mode::OnSite), event.pool(Mode::Online)),
            (Mode::Online, Mode::OnSite)
        );
        event.details.join_url = None;
        event.details.place = "c-base".into();
        assert_eq!(event.effective_mode(Mode::Online), Mode::OnSite);
    }
}
