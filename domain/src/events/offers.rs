//! Offered seats that are held for a member, and the question whether a party would come with fewer guests.

use super::{Change, Event, Rsvp, RsvpRequest, RsvpState, Taken};
use crate::{Instant, Refusal};

/// Whether the offer can be accepted at `now`. The store reads its clock under the lock, so that time
/// decides (A8).
pub(super) fn check_offer(event: &Event, current: &Rsvp, now: Instant) -> Result<(), Refusal> {
    event.open(now)?;
    let is_open = current.state == RsvpState::Offered && current.holds_until.is_some_and(|until| now < until);
    if is_open { Ok(()) } else { Err(Refusal::OfferExpired) }
}

/// The member accepts the seat that is held for them. `None` when they have it already.
///
/// # Errors
/// `OfferExpired` when no seat is held for them, and the errors of [`Event::open`].
pub fn claim(event: &Event, current: Option<&Rsvp>, now: Instant) -> Result<Option<Change>, Refusal> {
    let current = current.ok_or(Refusal::OfferExpired)?;
    if current.state == RsvpState::Going {
        return Ok(None);
    }
    check_offer(event, current, now)?;
    Ok(Some(Change::to(RsvpState::Going, RsvpRequest { guests: current.guests, mode: current.mode })))
}

/// A member who was asked to come with fewer guests takes free seats for `guests` of them (A6). `None` when
/// they have these seats already.
///
/// # Errors
/// `OfferExpired` when there is no question or it has expired, `TooManyGuests` when `guests` are not fewer,
/// `NoSeatThere` when the seats were taken in the meantime, and the errors of [`Event::open`].
pub fn accept_fewer(
    event: &Event,
    taken: Taken,
    current: Option<&Rsvp>,
    guests: u8,
    now: Instant,
) -> Result<Option<Change>, Refusal> {
    let current = current.ok_or(Refusal::OfferExpired)?;
    if current.state == RsvpState::Going && current.guests == guests {
        return Ok(None);
    }
    event.open(now)?;
    if !current.can_accept_fewer(now) {
        return Err(Refusal::OfferExpired);
    }
    if guests >= current.guests {
        return Err(Refusal::TooManyGuests { max: i64::from(current.guests) - 1 });
    }
    if !event.fits(current.mode, taken, 1 + u32::from(guests)) {
        return Err(Refusal::NoSeatThere);
    }
    Ok(Some(Change::to(RsvpState::Going, RsvpRequest { guests, mode: current.mode })))
}

/// What happens to an offer that has expired: the seat goes to the next person. The member keeps a seat
/// online if they have one, and leaves otherwise. `None` while the offer has not expired.
#[must_use]
pub fn expired(current: &Rsvp, now: Instant) -> Option<Change> {
    let over = current.state == RsvpState::Offered && current.holds_until.is_none_or(|until| now >= until);
    let (state, mode) = match current.online_meanwhile {
        true => (RsvpState::Going, super::Mode::Online),
        false => (RsvpState::Left, current.mode),
    };
    over.then(|| Change::to(state, RsvpRequest { guests: current.guests, mode }))
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::events::{
        FewerOffer, Mode,
        tests::{event, now, room, rsvp_of},
    };

    #[test]
    fn a8_an_offer_can_be_accepted_until_its_last_second() {
        let event = event(Some(1));
        let until = now() + Duration::hours(12);
        let held = Rsvp { holds_until: Some(until), ..rsvp_of(1, RsvpState::Offered, 0) };
        let second = Duration::seconds(1);
        assert_eq!(claim(&event, Some(&held), until - second).unwrap().unwrap().state, RsvpState::Going);
        assert_eq!(expired(&held, until - second), None);
        assert_eq!(claim(&event, Some(&held), until), Err(Refusal::OfferExpired));
        assert_eq!(expired(&held, until).unwrap().state, RsvpState::Left);
        let too = Rsvp { online_meanwhile: true, ..held };
        let kept = expired(&too, until).unwrap();
        assert_eq!((kept.state, kept.mode), (RsvpState::Going, Mode::Online), "the seat online stays");
        assert_eq!(claim(&event, Some(&rsvp_of(1, RsvpState::Going, 0)), until), Ok(None), "a double click");
        assert_eq!(claim(&event, None, now()), Err(Refusal::OfferExpired));
    }

    #[test]
    fn a6_an_offer_of_fewer_seats_counts_the_seats_free_at_that_moment() {
        let event = event(Some(4));
        let asked = Some(FewerOffer { seats: 2, until: now() + Duration::hours(2) });
        let waits = Rsvp { fewer_offer: asked, ..rsvp_of(1, RsvpState::Waiting, 2) };
        let take = |taken, guests, now| accept_fewer(&event, room(taken), Some(&waits), guests, now);
        assert_eq!(take(2, 1, now()).unwrap().unwrap().guests, 1);
        assert_eq!(take(3, 1, now()), Err(Refusal::NoSeatThere), "another member took the seat");
        assert_eq!(take(3, 0, now()).unwrap().unwrap().guests, 0);
        assert_eq!(take(1, 2, now()), Err(Refusal::TooManyGuests { max: 1 }));
        assert_eq!(take(2, 1, now() + Duration::hours(2)), Err(Refusal::OfferExpired));
    }
}
