//! How an RSVP changes. These functions decide from the rows inside the lock, and `store::events` writes
//! the result.

use super::{Event, Mode, Rsvp, RsvpState, Taken, offers};
use crate::{Instant, Refusal};

/// What a member wants: to attend in this mode, with this many guests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RsvpRequest {
    /// Number of guests the member brings.
    pub guests: u8,
    /// In the room or online. Ignored unless the event is hybrid.
    pub mode: Mode,
}

/// A request for this many guests in the room, or online if the event is online only.
impl From<u8> for RsvpRequest {
    fn from(guests: u8) -> Self {
        Self { guests, mode: Mode::OnSite }
    }
}

/// The new values of an RSVP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The state after the change.
    pub state: RsvpState,
    /// In the room or online.
    pub mode: Mode,
    /// Number of guests the member brings.
    pub guests: u8,
    /// Number of further guests who wait for seats.
    pub guests_waiting: u8,
    /// Whether the member has a seat online while they wait for the room.
    pub online_meanwhile: bool,
    /// Whether it goes to the end of the waitlist. Otherwise it keeps its position, if it has one.
    pub moves_to_back: bool,
}

impl Change {
    /// A change to this state without waiting guests or a second seat.
    pub(super) fn to(state: RsvpState, request: RsvpRequest) -> Self {
        let RsvpRequest { guests, mode } = request;
        Self {
            state,
            mode,
            guests,
            guests_waiting: 0,
            online_meanwhile: false,
            moves_to_back: state == RsvpState::Waiting,
        }
    }

    /// A change to `Left`, which frees all seats.
    #[must_use]
    pub fn left(current: &Rsvp) -> Self {
        let request = RsvpRequest { guests: current.guests, mode: current.mode };
        Self::to(RsvpState::Left, request)
    }

    /// A change of the number of guests only.
    pub(super) fn stays(current: &Rsvp, guests: u8) -> Self {
        Self {
            state: current.state,
            mode: current.mode,
            guests,
            guests_waiting: 0,
            online_meanwhile: current.online_meanwhile,
            moves_to_back: false,
        }
    }
}

/// A member requests seats. `taken` are the taken seats, counted from the rows. `None` when the RSVP says
/// the same already: nothing changes and nobody is notified (A1).
///
/// # Errors
/// The errors of [`Event::registration`], `OfferExpired`, `TooManyGuests`, `RequestDeclinedByHost`, and
/// `NoSeatThere` when there is no seat to switch to.
pub fn rsvp(
    event: &Event,
    taken: Taken,
    current: Option<&Rsvp>,
    request: RsvpRequest,
    now: Instant,
) -> Result<Option<Change>, Refusal> {
    let request = RsvpRequest { mode: event.effective_mode(request.mode), ..request };
    let current = current.filter(|current| current.state != RsvpState::Left);
    if event.open(now).is_ok() && current.is_some_and(|current| is_same(event, current, request)) {
        return Ok(None);
    }
    let offered = current.filter(|current| current.state == RsvpState::Offered);
    match offered {
        // A member can accept an offered seat after registration has closed.
        Some(current) => offers::check_offer(event, current, now)?,
        None => event.registration(now)?,
    }
    if request.guests > event.details.guests_max {
        return Err(Refusal::TooManyGuests { max: i64::from(event.details.guests_max) });
    }
    let Some(current) = current else { return Ok(Some(first_state(event, taken, request))) };
    let change = match current.state {
        RsvpState::Declined => return Err(Refusal::RequestDeclinedByHost),
        RsvpState::Pending if event.details.seating.approval => Change::to(RsvpState::Pending, request),
        RsvpState::Pending | RsvpState::Left => first_state(event, taken, request),
        _ if request.mode != current.mode => switch_mode(event, taken, current, request)?,
        RsvpState::Going => resize_seat(event, taken, current, request.guests),
        RsvpState::Offered => Change {
            state: RsvpState::Going,
            online_meanwhile: false,
            ..resize_seat(event, taken, current, request.guests)
        },
        // They were asked to come with fewer guests, and agree (A6).
        RsvpState::Waiting
            if current.can_accept_fewer(now)
                && request.guests < current.guests
                && event.fits(current.mode, taken, 1 + u32::from(request.guests)) =>
        {
            Change::to(RsvpState::Going, request)
        }
        RsvpState::Waiting => {
            check_online_guests(event, taken, current, request.guests)?;
            Change::stays(current, request.guests)
        }
    };
    Ok(Some(change))
}

/// Whether the RSVP matches the request already.
fn is_same(event: &Event, current: &Rsvp, request: RsvpRequest) -> bool {
    let guests = match current.state {
        RsvpState::Going => current.guests + current.guests_waiting,
        RsvpState::Waiting => current.guests,
        RsvpState::Pending if event.details.seating.approval => current.guests,
        _ => return false,
    };
    current.mode == request.mode && guests == request.guests
}

/// The first state of an RSVP: a request, a seat, or the end of the waitlist.
fn first_state(event: &Event, taken: Taken, request: RsvpRequest) -> Change {
    if event.details.seating.approval {
        return Change::to(RsvpState::Pending, request);
    }
    seat_or_wait(event, taken, request)
}

fn seat_or_wait(event: &Event, taken: Taken, request: RsvpRequest) -> Change {
    let fits = event.fits(request.mode, taken, 1 + u32::from(request.guests));
    Change::to(if fits { RsvpState::Going } else { RsvpState::Waiting }, request)
}

/// Changes the number of guests of a seat. With fewer guests, seats are freed at once. Further guests who
/// don't fit wait together, and the existing seats stay (A6).
fn resize_seat(event: &Event, taken: Taken, current: &Rsvp, guests: u8) -> Change {
    let more = guests.saturating_sub(current.guests);
    if more == 0 || event.fits(current.mode, taken, u32::from(more)) {
        return Change::stays(current, guests);
    }
    Change {
        guests_waiting: more,
        moves_to_back: current.guests_waiting == 0,
        ..Change::stays(current, current.guests)
    }
}

/// Switches between the room and online, if there is a seat (A12).
fn switch_mode(event: &Event, taken: Taken, current: &Rsvp, request: RsvpRequest) -> Result<Change, Refusal> {
    if request.mode == Mode::Online && current.online_meanwhile {
        // They have the seat online already. Only further guests need more seats.
        check_online_guests(event, taken, current, request.guests)?;
        return Ok(Change::to(RsvpState::Going, request));
    }
    let change = seat_or_wait(event, taken, request);
    let waits = change.state == RsvpState::Waiting;
    match current.state {
        // A seat is never given up for a position on the waitlist: the online seat stays until the room
        // has one.
        RsvpState::Going if waits && request.mode == Mode::OnSite => {
            check_online_guests(
                event,
                taken,
                &Rsvp { online_meanwhile: true, ..current.clone() },
                request.guests,
            )?;
            Ok(Change { online_meanwhile: true, ..change })
        }
        RsvpState::Going | RsvpState::Offered if waits => Err(Refusal::NoSeatThere),
        _ => Ok(change),
    }
}

/// Checks that a member with a seat online while waiting can bring this many guests there.
fn check_online_guests(event: &Event, taken: Taken, current: &Rsvp, guests: u8) -> Result<(), Refusal> {
    let more = u32::from(guests.saturating_sub(current.guests));
    let fits = !current.online_meanwhile || more == 0 || event.fits(Mode::Online, taken, more);
    if fits { Ok(()) } else { Err(Refusal::NoSeatThere) }
}

/// A member on the room's waitlist takes a seat online as well, and keeps their position (A12).
///
/// # Errors
/// `NotWaiting` when they are not on the room's waitlist, `NoSeatThere` when online is full too, and the
/// errors of [`Event::registration`].
pub fn also_online(
    event: &Event,
    taken: Taken,
    current: Option<&Rsvp>,
    now: Instant,
) -> Result<Option<Change>, Refusal> {
    event.registration(now)?;
    let waits = |current: &&Rsvp| {
        matches!(current.state, RsvpState::Waiting | RsvpState::Offered) && current.mode == Mode::OnSite
    };
    let current = current.filter(waits).filter(|_| event.is_hybrid()).ok_or(Refusal::NotWaiting)?;
    if current.online_meanwhile {
        return Ok(None);
    }
    if !event.fits(Mode::Online, taken, current.seats()) {
        return Err(Refusal::NoSeatThere);
    }
    Ok(Some(Change { online_meanwhile: true, ..Change::stays(current, current.guests) }))
}

/// A member gives up their seat, position or request. `true` when they have one.
///
/// # Errors
/// The errors of [`Event::open`]: after the event or its cancellation there is nothing to give up.
pub fn leave(event: &Event, current: Option<&Rsvp>, now: Instant) -> Result<bool, Refusal> {
    if current.is_none_or(|current| matches!(current.state, RsvpState::Left | RsvpState::Declined)) {
        return Ok(false);
    }
    event.open(now).map(|()| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{
        EventStatus,
        tests::{event, hybrid, now, request, room, rsvp_of},
    };

    /// Decides, and returns the state, the guests and the waiting guests.
    fn decide(event: &Event, taken: u32, current: Option<&Rsvp>, guests: u8) -> Option<(RsvpState, u8, u8)> {
        let change = rsvp(event, room(taken), current, request(guests), now()).unwrap();
        change.map(|change| (change.state, change.guests, change.guests_waiting))
    }

    #[test]
    fn a1_a_repeated_request_changes_nothing() {
        let event = event(Some(1));
        for state in [RsvpState::Going, RsvpState::Waiting] {
            assert_eq!(decide(&event, 1, Some(&rsvp_of(1, state, 0)), 0), None);
        }
        let left = rsvp_of(1, RsvpState::Left, 0);
        assert_eq!(decide(&event, 0, Some(&left), 0), Some((RsvpState::Going, 0, 0)));
        assert_eq!(leave(&event, Some(&left), now()), Ok(false));
        assert_eq!(leave(&event, None, now()), Ok(false));
    }

    #[test]
    fn a2_a_party_takes_its_seats_or_waits() {
        let event = event(Some(3));
        assert_eq!(decide(&event, 1, None, 1), Some((RsvpState::Going, 1, 0)));
        assert_eq!(decide(&event, 2, None, 1), Some((RsvpState::Waiting, 1, 0)));
        assert_eq!(rsvp(&event, room(0), None, request(3), now()), Err(Refusal::TooManyGuests { max: 2 }));
        let unlimited = crate::events::tests::event(None);
        assert_eq!(decide(&unlimited, 10_000, None, 2), Some((RsvpState::Going, 2, 0)));
    }

    #[test]
    fn a6_guests_who_do_not_fit_wait_and_the_members_seat_stays() {
        let event = event(Some(4));
        let mut going = rsvp_of(1, RsvpState::Going, 0);
        assert_eq!(decide(&event, 3, Some(&going), 1), Some((RsvpState::Going, 1, 0)));
        let full = rsvp(&event, room(4), Some(&going), request(2), now()).unwrap().unwrap();
        assert_eq!((full.guests, full.guests_waiting, full.moves_to_back), (0, 2, true));
        going.guests_waiting = 2;
        assert_eq!(decide(&event, 4, Some(&going), 2), None, "requested already");
        let one = rsvp(&event, room(4), Some(&going), request(1), now()).unwrap().unwrap();
        assert_eq!((one.guests_waiting, one.moves_to_back), (1, false), "a smaller party keeps its position");
        assert_eq!(decide(&event, 4, Some(&going), 0), Some((RsvpState::Going, 0, 0)));
    }

    #[test]
    fn a8_an_offer_is_accepted_for_as_many_seats_as_it_holds() {
        let mut event = event(Some(3));
        event.details.closes = Some("2026-11-20T12:00:00".parse().unwrap());
        let held = Rsvp {
            holds_until: Some(now() + chrono::Duration::minutes(1)),
            ..rsvp_of(1, RsvpState::Offered, 1)
        };
        assert_eq!(
            decide(&event, 3, Some(&held), 0),
            Some((RsvpState::Going, 0, 0)),
            "after sign-up has closed"
        );
        assert_eq!(decide(&event, 3, Some(&held), 2), Some((RsvpState::Going, 1, 1)));
        let late = Rsvp { holds_until: Some(now()), ..held };
        assert_eq!(rsvp(&event, room(3), Some(&late), request(1), now()), Err(Refusal::OfferExpired));
    }

    #[test]
    fn a11_a_request_holds_no_seat() {
        let mut event = event(Some(1));
        event.details.seating.approval = true;
        assert_eq!(decide(&event, 0, None, 0), Some((RsvpState::Pending, 0, 0)));
        let pending = rsvp_of(1, RsvpState::Pending, 0);
        assert_eq!(decide(&event, 0, Some(&pending), 0), None);
        assert_eq!(decide(&event, 0, Some(&pending), 1), Some((RsvpState::Pending, 1, 0)));
        let rejected = rsvp_of(1, RsvpState::Declined, 0);
        assert_eq!(
            rsvp(&event, room(0), Some(&rejected), request(0), now()),
            Err(Refusal::RequestDeclinedByHost)
        );
        event.details.seating.approval = false;
        assert_eq!(decide(&event, 0, Some(&pending), 0), Some((RsvpState::Going, 0, 0)));
    }

    #[test]
    fn a12_switching_never_loses_a_seat() {
        let event = hybrid(1, 1);
        let full = Taken { room: 1, online: 1 };
        let online = RsvpRequest { guests: 0, mode: Mode::Online };
        let switch = |taken, current: &Rsvp, request| rsvp(&event, taken, Some(current), request, now());
        let seated = rsvp_of(1, RsvpState::Going, 0);
        assert_eq!(switch(full, &seated, online), Err(Refusal::NoSeatThere), "the room's seat stays");
        let seat = switch(room(1), &seated, online).unwrap().unwrap();
        assert_eq!((seat.state, seat.mode), (RsvpState::Going, Mode::Online));
        let online_seat = Rsvp { mode: Mode::Online, ..seated.clone() };
        let waiting = switch(full, &online_seat, request(0)).unwrap().unwrap();
        assert_eq!(
            (waiting.state, waiting.mode, waiting.online_meanwhile),
            (RsvpState::Waiting, Mode::OnSite, true)
        );
        assert_eq!(
            switch(full, &online_seat, request(1)),
            Err(Refusal::NoSeatThere),
            "no further seat online while waiting"
        );
        // A member on the room's waitlist takes a seat online as well, and may keep only that one.
        let waits = rsvp_of(1, RsvpState::Waiting, 0);
        let both = also_online(&event, room(1), Some(&waits), now()).unwrap().unwrap();
        assert_eq!(
            (both.state, both.online_meanwhile, both.moves_to_back),
            (RsvpState::Waiting, true, false)
        );
        assert_eq!(also_online(&event, full, Some(&waits), now()), Err(Refusal::NoSeatThere));
        assert_eq!(also_online(&event, room(1), Some(&seated), now()), Err(Refusal::NotWaiting));
        let waits = Rsvp { online_meanwhile: true, ..waits };
        assert_eq!(also_online(&event, full, Some(&waits), now()), Ok(None));
        assert_eq!(switch(full, &waits, online).unwrap().unwrap().state, RsvpState::Going);
    }

    #[test]
    fn a13_the_servers_time_decides_whether_registration_is_open() {
        let mut event = event(Some(1));
        event.details.opens = Some("2026-11-21T14:00:00".parse().unwrap());
        event.details.closes = Some("2026-11-21T15:00:00".parse().unwrap());
        // Berlin is an hour ahead of UTC in November.
        let at = |text: &str| {
            rsvp(&event, room(0), None, request(0), text.parse().unwrap()).map(|change| change.is_some())
        };
        assert_eq!(at("2026-11-21T12:59:59Z"), Err(Refusal::RegistrationNotOpen));
        assert_eq!(at("2026-11-21T13:00:00Z"), Ok(true));
        assert_eq!(at("2026-11-21T14:00:00Z"), Err(Refusal::RegistrationClosed));
        assert_eq!(at("2027-01-01T00:00:00Z"), Err(Refusal::EventOver));
    }

    #[test]
    fn drafts_and_cancelled_events_have_no_seats() {
        let mut event = event(None);
        event.status = EventStatus::Draft;
        assert_eq!(rsvp(&event, room(0), None, request(0), now()), Err(Refusal::NotPublished));
        event.status = EventStatus::Cancelled;
        assert_eq!(rsvp(&event, room(0), None, request(0), now()), Err(Refusal::EventCancelled));
        let going = rsvp_of(1, RsvpState::Going, 0);
        assert_eq!(leave(&event, Some(&going), now()), Err(Refusal::EventCancelled));
    }
}
