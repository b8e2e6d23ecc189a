//! Who gets a seat: decided from the rows inside the lock, done by `store::events`.

use super::{Event, EventStatus, Rsvp, RsvpState};
use crate::{Instant, Refusal};

/// What becomes of a member's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It already says so: nothing changes and nobody is told (A1).
    Unchanged,
    /// A seat, where there was none before.
    Seat {
        /// How many come along.
        guests: u8,
    },
    /// The end of the waitlist.
    Wait {
        /// How many would come along.
        guests: u8,
    },
    /// The same seat or place, with another number of guests.
    Resize {
        /// How many come along now.
        guests: u8,
    },
}

/// A member wants to come with `guests`. `going` are the seats taken, counted from the rows.
///
/// # Errors
/// Why not: the window, the event's limit of guests, or no room for more guests.
pub fn rsvp(
    event: &Event,
    going: u32,
    mine: Option<&Rsvp>,
    guests: u8,
    now: Instant,
) -> Result<Decision, Refusal> {
    let answered = mine.filter(|mine| mine.state != RsvpState::Left);
    if answered.is_some_and(|mine| mine.guests == guests && event.status == EventStatus::Published) {
        return Ok(Decision::Unchanged);
    }
    event.registration(now)?;
    if guests > event.details.guests_most {
        return Err(Refusal::TooManyGuests { most: i64::from(event.details.guests_most) });
    }
    let free = event.free(going).unwrap_or(u32::MAX);
    match answered {
        None if free > u32::from(guests) => Ok(Decision::Seat { guests }),
        None => Ok(Decision::Wait { guests }),
        Some(mine) => {
            let extra = u32::from(guests.saturating_sub(mine.guests));
            if mine.state == RsvpState::Going && extra > free {
                return Err(Refusal::NoRoomForGuests { free: i64::from(free) });
            }
            Ok(Decision::Resize { guests })
        }
    }
}

/// A member wants to leave. `true` when there is something to give up.
///
/// # Errors
/// `EventOver`, `EventCancelled`: then there is nothing to leave any more.
pub fn leave(event: &Event, mine: Option<&Rsvp>, now: Instant) -> Result<bool, Refusal> {
    if mine.is_none_or(|mine| mine.state == RsvpState::Left) {
        return Ok(false);
    }
    if event.status == EventStatus::Cancelled {
        return Err(Refusal::EventCancelled);
    }
    if now >= event.ends_at {
        return Err(Refusal::EventOver);
    }
    Ok(true)
}

/// Which of the waitlist get the free seats: the oldest that fits, again and again. An entry that
/// needs more than is free keeps its place. `waiting` is in the order of the waitlist.
#[must_use]
pub fn promotable<'a>(event: &Event, going: u32, waiting: &'a [Rsvp], now: Instant) -> Vec<&'a Rsvp> {
    if event.status != EventStatus::Published || now >= event.ends_at {
        return Vec::new();
    }
    let mut free = event.free(going).unwrap_or(u32::MAX);
    waiting
        .iter()
        .filter(|entry| {
            let fits = entry.seats() <= free;
            if fits {
                free -= entry.seats();
            }
            fits
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::tests::{event, rsvp_of};

    const NOW: &str = "2026-11-21T12:00:00Z";
    fn now() -> Instant {
        NOW.parse().unwrap()
    }

    #[test]
    fn a1_asking_again_changes_nothing() {
        let event = event(Some(1));
        for state in [RsvpState::Going, RsvpState::Waiting] {
            assert_eq!(rsvp(&event, 1, Some(&rsvp_of(1, state, 0)), 0, now()), Ok(Decision::Unchanged));
        }
        let left = rsvp_of(1, RsvpState::Left, 0);
        assert_eq!(rsvp(&event, 0, Some(&left), 0, now()), Ok(Decision::Seat { guests: 0 }));
        assert_eq!(leave(&event, Some(&left), now()), Ok(false));
        assert_eq!(leave(&event, None, now()), Ok(false));
    }

    #[test]
    fn a2_a_party_takes_its_seats_or_waits() {
        let event = event(Some(3));
        assert_eq!(rsvp(&event, 1, None, 1, now()), Ok(Decision::Seat { guests: 1 }));
        assert_eq!(rsvp(&event, 2, None, 1, now()), Ok(Decision::Wait { guests: 1 }));
        assert_eq!(rsvp(&event, 0, None, 3, now()), Err(Refusal::TooManyGuests { most: 2 }));
        let unlimited = super::super::tests::event(None);
        assert_eq!(rsvp(&unlimited, 10_000, None, 2, now()), Ok(Decision::Seat { guests: 2 }));
    }

    #[test]
    fn a4_an_overfull_event_promotes_nobody() {
        let event = event(Some(2));
        assert!(promotable(&event, 5, &[rsvp_of(1, RsvpState::Waiting, 0)], now()).is_empty());
    }

    #[test]
    fn a6_guests_are_seats() {
        let event = event(Some(4));
        let going = rsvp_of(1, RsvpState::Going, 0);
        assert_eq!(rsvp(&event, 3, Some(&going), 1, now()), Ok(Decision::Resize { guests: 1 }));
        assert_eq!(rsvp(&event, 4, Some(&going), 1, now()), Err(Refusal::NoRoomForGuests { free: 0 }));
        // Three wanted, two free: skipped, and the next that fits goes.
        let waiting = [
            rsvp_of(1, RsvpState::Waiting, 2),
            rsvp_of(2, RsvpState::Waiting, 0),
            rsvp_of(3, RsvpState::Waiting, 1),
            rsvp_of(4, RsvpState::Waiting, 0),
        ];
        let places: Vec<_> = promotable(&event, 2, &waiting, now()).iter().map(|r| r.place).collect();
        assert_eq!(places, [2, 4]);
    }

    #[test]
    fn a13_the_window_is_the_servers() {
        let mut event = event(Some(1));
        event.details.opens = Some("2026-11-21T14:00:00".parse().unwrap());
        event.details.closes = Some("2026-11-21T15:00:00".parse().unwrap());
        // Berlin is an hour ahead of UTC in November.
        let at = |text: &str| rsvp(&event, 0, None, 0, text.parse().unwrap());
        assert_eq!(at("2026-11-21T12:59:59Z"), Err(Refusal::RegistrationNotOpen));
        assert_eq!(at("2026-11-21T13:00:00Z"), Ok(Decision::Seat { guests: 0 }));
        assert_eq!(at("2026-11-21T14:00:00Z"), Err(Refusal::RegistrationClosed));
        assert_eq!(at("2027-01-01T00:00:00Z"), Err(Refusal::EventOver));
    }

    #[test]
    fn drafts_and_cancelled_events_have_no_seats() {
        let mut event = event(None);
        event.status = EventStatus::Draft;
        assert_eq!(rsvp(&event, 0, None, 0, now()), Err(Refusal::NotPublished));
        event.status = EventStatus::Cancelled;
        assert_eq!(rsvp(&event, 0, None, 0, now()), Err(Refusal::EventCancelled));
        assert_eq!(
            leave(&event, Some(&rsvp_of(1, RsvpState::Going, 0)), now()),
            Err(Refusal::EventCancelled)
        );
        assert!(promotable(&event, 0, &[rsvp_of(1, RsvpState::Waiting, 0)], now()).is_empty());
    }

    proptest::proptest! {
        /// Whatever waits: no seat is given twice, nobody who fits is left beside a free seat, and nobody
        /// is overtaken by a party of the same size or larger.
        #[test]
        fn a7_promotion_is_fair(capacity in 1..40_u32, going in 0..45_u32, parties in proptest::collection::vec(0..=5_u8, 0..30)) {
            let event = event(Some(capacity));
            let waiting: Vec<Rsvp> =
                (1..).zip(&parties).map(|(place, guests)| rsvp_of(place, RsvpState::Waiting, *guests)).collect();
            let promoted = promotable(&event, going, &waiting, now());
            let taken: u32 = promoted.iter().map(|entry| entry.seats()).sum();
            let free = capacity.saturating_sub(going);
            proptest::prop_assert!(taken <= free);
            for left in waiting.iter().filter(|entry| !promoted.contains(entry)) {
                proptest::prop_assert!(left.seats() > free - taken);
                let overtaken = promoted.iter().any(|entry| entry.place > left.place && entry.seats() >= left.seats());
                proptest::prop_assert!(!overtaken);
            }
        }
    }
}
