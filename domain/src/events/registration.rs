//! Registration in one step: a visitor gives name and address on the event page. A seat is held until they confirm
//! the address with the link or code in one email (A14).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Change, Event, Mode, Rsvp, RsvpRequest, RsvpState, Taken, offers, rsvp};
use crate::{Instant, Problems, Refusal, checks::Checks, members::Address};

/// How long a seat is held for a visitor who has not confirmed their address. The link and the code in their
/// email are valid for as long.
pub const HOLD_LIFETIME: Duration = Duration::minutes(15);
/// How many seats of one event are held for visitors from one client network.
pub const MAX_HOLDS_PER_NETWORK: u32 = 3;
/// One in this many seats can be held for visitors, and at least one seat.
const SEATS_PER_HOLD: u32 = 10;

/// What a visitor filled in on the event page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationForm {
    /// 1 to 80 characters.
    pub name: String,
    /// The address to confirm.
    pub address: Address,
    /// In the room or online. Ignored unless the event is hybrid.
    pub mode: Mode,
}

impl RegistrationForm {
    /// Validates every field of the form. An empty mode means in person.
    ///
    /// # Errors
    /// Problems with the fields `name`, `address` and `mode`.
    pub fn check(name: &str, address: &str, mode: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let read = Address::parse(address);
        if read.is_none() {
            let empty = address.trim().is_empty();
            checks.problem("address", if empty { Refusal::Missing } else { Refusal::BadAddress });
        }
        let mode = if mode.trim().is_empty() { Some(Mode::default()) } else { checks.choice("mode", mode) };
        checks.finish(read.zip(mode).map(|(address, mode)| Self { name, address, mode }))
    }
}

/// Seats that are held for visitors now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// Seats of the pool from which the visitor wants one.
    pub in_pool: u32,
    /// Seats of the event that are held for the visitor's client network.
    pub of_network: u32,
    /// Whether the visitor has just given one back to this pool. They get it again whatever the limits say. Otherwise
    /// somebody else could take away their seat by registering with their address.
    pub had_one: bool,
}

/// What a visitor has until they confirm their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reservation {
    /// A seat is held for them.
    Held,
    /// A seat is free, but it is not held. They get it if it is still free when they confirm.
    NotHeld,
    /// Every seat is taken. They join the waitlist when they confirm.
    Waitlist,
}

impl Event {
    /// Whether a visitor can register in one step: registration is open, and seats are not by request.
    ///
    /// # Errors
    /// The errors of [`Event::registration`], and `SignInFirst` when hosts approve each request (A11).
    pub fn registration_by_visitors(&self, now: Instant) -> Result<(), Refusal> {
        self.registration(now)?;
        if self.details.seating.approval { Err(Refusal::SignInFirst) } else { Ok(()) }
    }

    /// What a visitor gets who registers now. An event without a limit has nothing to hold.
    #[must_use]
    pub fn reserve(&self, mode: Mode, taken: Taken, holds: Holds) -> Reservation {
        if !self.fits(mode, taken, 1) {
            return Reservation::Waitlist;
        }
        let max = self.capacity(mode).map_or(0, |capacity| (capacity / SEATS_PER_HOLD).max(1));
        if holds.had_one || holds.in_pool < max && holds.of_network < MAX_HOLDS_PER_NETWORK {
            Reservation::Held
        } else {
            Reservation::NotHeld
        }
    }

    /// When a registration that is made at `now` expires. It never outlives the time for signing up, so nobody is
    /// promised a seat that they can't take.
    #[must_use]
    pub fn registration_expires(&self, now: Instant) -> Instant {
        let closes = self.closes_at().unwrap_or(self.ends_at).min(self.ends_at);
        (now + HOLD_LIFETIME).min(closes)
    }
}

/// A visitor has confirmed the address of a registration. `taken` no longer counts their held seat. Whoever has a
/// seat, a request or a waitlist position already keeps it as it is, and an offered seat is accepted. `None` when
/// nothing changes.
///
/// # Errors
/// As for [`rsvp`].
pub fn confirm(
    event: &Event,
    taken: Taken,
    current: Option<&Rsvp>,
    mode: Mode,
    now: Instant,
) -> Result<Option<Change>, Refusal> {
    match current.map(|current| current.state) {
        Some(RsvpState::Going | RsvpState::Waiting | RsvpState::Pending) => Ok(None),
        Some(RsvpState::Offered) => offers::claim(event, current, now),
        Some(RsvpState::Left | RsvpState::Declined) | None => {
            rsvp(event, taken, current, RsvpRequest { guests: 0, mode }, now)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{event, hybrid, now, room, rsvp_of},
        *,
    };

    #[test]
    fn a14_a_tenth_of_the_seats_and_at_least_one_are_held() {
        for (capacity, max) in [(1, 1), (9, 1), (10, 1), (20, 2), (39, 3), (100, 10)] {
            let event = event(Some(capacity));
            let reserve =
                |held| event.reserve(Mode::OnSite, room(0), Holds { in_pool: held, ..Holds::default() });
            assert_eq!(reserve(max - 1), Reservation::Held, "{capacity}");
            assert_eq!(reserve(max), Reservation::NotHeld, "{capacity}");
        }
    }

    #[test]
    fn a14_a_network_gets_three_holds() {
        let event = event(Some(100));
        let reserve =
            |of_network| event.reserve(Mode::OnSite, room(0), Holds { of_network, ..Holds::default() });
        assert_eq!((reserve(2), reserve(3)), (Reservation::Held, Reservation::NotHeld));
        let again = |holds| event.reserve(Mode::OnSite, room(0), Holds { had_one: true, ..holds });
        assert_eq!(again(Holds { of_network: 3, in_pool: 10, ..Holds::default() }), Reservation::Held);
    }

    #[test]
    fn a14_a_full_event_holds_nothing_and_an_unlimited_one_needs_no_hold() {
        let none = Holds::default();
        assert_eq!(event(Some(2)).reserve(Mode::OnSite, room(2), none), Reservation::Waitlist);
        assert_eq!(event(None).reserve(Mode::OnSite, room(2), none), Reservation::NotHeld);
        let event = hybrid(2, 20);
        assert_eq!(event.reserve(Mode::OnSite, room(2), none), Reservation::Waitlist);
        assert_eq!(event.reserve(Mode::Online, room(2), none), Reservation::Held);
    }

    #[test]
    fn a14_a_hold_ends_when_registration_closes() {
        let mut event = event(Some(2));
        assert_eq!(event.registration_expires(now()), now() + HOLD_LIFETIME);
        // 12:00 UTC is 13:00 in Berlin.
        event.details.closes = Some("2026-11-21T13:05:00".parse().unwrap());
        assert_eq!(event.registration_expires(now()), now() + Duration::minutes(5));
    }

    #[test]
    fn a14_requests_are_for_members_only() {
        let mut event = event(Some(2));
        assert_eq!(event.registration_by_visitors(now()), Ok(()));
        event.details.seating.approval = true;
        assert_eq!(event.registration_by_visitors(now()), Err(Refusal::SignInFirst));
    }

    #[test]
    fn a14_confirming_takes_nothing_away_from_a_member() {
        let event = event(Some(2));
        let confirm = |state, guests| {
            let rsvp = rsvp_of(1, state, guests);
            confirm(&event, room(1), Some(&rsvp), Mode::OnSite, now()).map(|change| change.map(|c| c.state))
        };
        for state in [RsvpState::Going, RsvpState::Waiting, RsvpState::Pending] {
            assert_eq!(confirm(state, 1), Ok(None), "{state:?}");
        }
        assert_eq!(confirm(RsvpState::Left, 1), Ok(Some(RsvpState::Going)));
        assert_eq!(confirm(RsvpState::Declined, 0), Err(Refusal::RequestDeclinedByHost));
    }

    #[test]
    fn the_form_reports_every_wrong_field() {
        let fields = |name: &str, address: &str, mode: &str| {
            let problems = RegistrationForm::check(name, address, mode).unwrap_err();
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(" ", "noa@", "flying"), ["name", "address", "mode"]);
        assert_eq!(fields("Noa", "", ""), ["address"]);
        let form = RegistrationForm::check(" Noa Levi ", "noa@example.org", "").unwrap();
        assert_eq!((form.name.as_str(), form.mode), ("Noa Levi", Mode::OnSite));
    }
}
