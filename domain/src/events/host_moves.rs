//! How hosts move people: from a seat to the waitlist, and to another date of the series (A16).

use std::collections::HashSet;

use super::{Change, Event, Rsvp, RsvpRequest, RsvpState, Taken, fill};
use crate::{Instant, Refusal};

/// A host moves somebody with a seat or an offer to the end of the waitlist. A seat online that they have until then stays.
#[must_use]
pub fn to_waitlist(rsvp: &Rsvp) -> Change {
    let request = RsvpRequest { guests: rsvp.guests, mode: rsvp.mode };
    Change { online_meanwhile: rsvp.online_meanwhile, ..Change::to(RsvpState::Waiting, request) }
}

/// Checks that nobody of `moved` gets a seat back in the same moment, because fewer people wait than seats become free.
/// `waitlist` must be sorted by position, and `taken` includes the seats of `moved`.
///
/// # Errors
/// `SeatsComeBack` when somebody would get a seat back, and the errors of [`Event::open`].
pub fn check_to_waitlist(
    event: &Event,
    taken: Taken,
    waitlist: &[Rsvp],
    moved: &[Rsvp],
    now: Instant,
) -> Result<(), Refusal> {
    event.open(now)?;
    let ids: HashSet<_> = moved.iter().map(|rsvp| rsvp.id).collect();
    for pool in event.pools() {
        let of_pool = || moved.iter().filter(|rsvp| event.pool(rsvp.mode) == *pool);
        let freed: u32 = of_pool().map(Rsvp::seats).sum();
        let mut after = taken;
        match pool {
            super::Mode::OnSite => after.room = taken.room.saturating_sub(freed),
            super::Mode::Online => after.online = taken.online.saturating_sub(freed),
        }
        let others = waitlist.iter().filter(|rsvp| !ids.contains(&rsvp.id)).cloned();
        let back =
            of_pool().map(|rsvp| Rsvp { state: RsvpState::Waiting, guests_waiting: 0, ..rsvp.clone() });
        let queue: Vec<Rsvp> = others.chain(back).collect();
        if fill(event, *pool, after, &queue, now).promoted.iter().any(|rsvp| ids.contains(&rsvp.id)) {
            return Err(Refusal::SeatsComeBack);
        }
    }
    Ok(())
}

/// What somebody of another date of the series becomes at this one: a seat, or the end of the waitlist if their party does
/// not fit. `over_capacity` gives the seat in any case. The party brings no more guests than this date allows.
#[must_use]
pub fn to_date(event: &Event, taken: Taken, from: &Rsvp, over_capacity: bool) -> Change {
    let guests = from.guests.saturating_add(from.guests_waiting).min(event.details.guests_max);
    let request = RsvpRequest { guests, mode: event.effective_mode(from.mode) };
    let fits = over_capacity || event.fits(request.mode, taken, 1 + u32::from(guests));
    Change::to(if fits { RsvpState::Going } else { RsvpState::Waiting }, request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{
        Mode,
        tests::{event, hybrid, now, room, rsvp_of},
    };

    #[test]
    fn a16_nobody_moves_to_a_waitlist_that_gives_the_seat_back() {
        let full = event(Some(3));
        let check =
            |waitlist: &[Rsvp], moved: &[Rsvp]| check_to_waitlist(&full, room(3), waitlist, moved, now());
        let seated = [rsvp_of(1, RsvpState::Going, 0), rsvp_of(2, RsvpState::Going, 0)];
        let waiting = [rsvp_of(3, RsvpState::Waiting, 0)];
        assert_eq!(check(&waiting, &seated[..1]), Ok(()));
        assert_eq!(
            check(&waiting, &seated),
            Err(Refusal::SeatsComeBack),
            "one waits, and two seats are free"
        );
        assert_eq!(check(&[], &seated[..1]), Err(Refusal::SeatsComeBack));
        // A party of two does not fit into one seat, so it goes back to the person.
        assert_eq!(check(&[rsvp_of(3, RsvpState::Waiting, 1)], &seated[..1]), Err(Refusal::SeatsComeBack));
        // Nobody gets a seat while the event is over capacity.
        assert_eq!(check_to_waitlist(&full, room(5), &[], &seated[..1], now()), Ok(()));
        assert!(check_to_waitlist(&event(None), room(3), &waiting, &seated[..1], now()).is_err());
        // Each pool has a waitlist of its own.
        let online = [Rsvp { mode: Mode::Online, ..rsvp_of(3, RsvpState::Waiting, 0) }];
        let taken = Taken { room: 2, online: 1 };
        let pools = check_to_waitlist(&hybrid(2, 1), taken, &online, &seated[..1], now());
        assert_eq!(pools, Err(Refusal::SeatsComeBack));
    }

    #[test]
    fn a16_another_date_gives_a_seat_or_the_end_of_the_waitlist() {
        let mut date = event(Some(3));
        date.details.guests_max = 1;
        let party = Rsvp { guests_waiting: 1, ..rsvp_of(1, RsvpState::Going, 1) };
        let moved = |taken, over| to_date(&date, room(taken), &party, over);
        assert_eq!((moved(1, false).state, moved(1, false).guests), (RsvpState::Going, 1));
        let full = moved(2, false);
        assert_eq!((full.state, full.moves_to_back), (RsvpState::Waiting, true));
        assert_eq!(moved(2, true).state, RsvpState::Going);
    }
}
