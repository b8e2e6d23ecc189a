//! Requests for a seat, and the host's decisions (A11).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Change, Event, Rsvp, RsvpRequest, RsvpState, Taken};
use crate::{Instant, Problems, Refusal, checks::Checks, members::string_enum};

/// New requests for an event within this time reach its hosts in one email.
pub const BATCH_REQUESTS: Duration = Duration::minutes(10);
/// Hosts are reminded of an open request after this time, once.
pub const REMIND_HOSTS_AFTER: Duration = Duration::hours(72);

string_enum! {
    /// What happens when the host approves a request and no seat is free.
    #[derive(Default)]
    WhenFull {
        /// The host is asked to choose.
        #[default]
        Ask,
        /// The member goes to the end of the waitlist.
        Waitlist,
        /// The member gets a seat beyond the capacity.
        Override,
    }
}

/// The host approves a request, or gives a seat to a member on the waitlist. `None` when nothing changes,
/// because the member has a seat or was approved before.
///
/// # Errors
/// `FullChoose` when no seat is free and `when_full` is `Ask`, `NotAsking` when the request was withdrawn,
/// and the errors of [`Event::open`].
pub fn approve(
    event: &Event,
    taken: Taken,
    rsvp: &Rsvp,
    when_full: WhenFull,
    now: Instant,
) -> Result<Option<Change>, Refusal> {
    event.open(now)?;
    let request = RsvpRequest { guests: rsvp.guests, mode: rsvp.mode };
    let over = when_full == WhenFull::Override;
    match rsvp.state {
        RsvpState::Going => return Ok(None),
        RsvpState::Left => return Err(Refusal::NotAsking),
        // They are approved already. Only a seat beyond the capacity would change anything.
        RsvpState::Waiting | RsvpState::Offered if !over => return Ok(None),
        RsvpState::Waiting | RsvpState::Offered | RsvpState::Pending | RsvpState::Declined => {}
    }
    let state = match when_full {
        _ if event.fits(rsvp.mode, taken, rsvp.seats()) => RsvpState::Going,
        WhenFull::Override => RsvpState::Going,
        WhenFull::Waitlist => RsvpState::Waiting,
        WhenFull::Ask => return Err(Refusal::FullChoose),
    };
    Ok(Some(Change::to(state, request)))
}

/// The host declines a request. `None` when it is declined already.
///
/// # Errors
/// `NotAsking` when the request was withdrawn or approved, and the errors of [`Event::open`].
pub fn decline_request(event: &Event, rsvp: &Rsvp, now: Instant) -> Result<Option<Change>, Refusal> {
    event.open(now)?;
    match rsvp.state {
        RsvpState::Pending => {
            let request = RsvpRequest { guests: rsvp.guests, mode: rsvp.mode };
            Ok(Some(Change::to(RsvpState::Declined, request)))
        }
        RsvpState::Declined => Ok(None),
        RsvpState::Going | RsvpState::Offered | RsvpState::Waiting | RsvpState::Left => {
            Err(Refusal::NotAsking)
        }
    }
}

/// The host removes somebody from the attendees, the waitlist or the requests (A15). They cannot sign up again, unless
/// the host approves them. `None` when nothing changes, because they left or were removed before.
///
/// # Errors
/// The errors of [`Event::open`].
pub fn remove_person(event: &Event, rsvp: &Rsvp, now: Instant) -> Result<Option<Change>, Refusal> {
    event.open(now)?;
    let request = RsvpRequest { guests: rsvp.guests, mode: rsvp.mode };
    Ok(match rsvp.state {
        RsvpState::Pending | RsvpState::Going | RsvpState::Offered | RsvpState::Waiting => {
            Some(Change::to(RsvpState::Declined, request))
        }
        RsvpState::Declined | RsvpState::Left => None,
    })
}

/// Reads the host's message for a declined request: at most 500 characters, may be empty.
///
/// # Errors
/// A problem with the field `message`.
pub fn check_message(message: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let message = checks.text("message", message, 0, 500);
    checks.finish(Some(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::tests::{event, now, room, rsvp_of};

    #[test]
    fn a11_approving_when_full_asks_the_host_to_choose() {
        let event = event(Some(2));
        let rsvp = rsvp_of(1, RsvpState::Pending, 0);
        let answer = |taken, when_full| {
            approve(&event, room(taken), &rsvp, when_full, now()).map(|change| change.unwrap().state)
        };
        assert_eq!(answer(1, WhenFull::Ask), Ok(RsvpState::Going));
        assert_eq!(answer(2, WhenFull::Ask), Err(Refusal::FullChoose));
        assert_eq!(answer(2, WhenFull::Waitlist), Ok(RsvpState::Waiting));
        assert_eq!(answer(2, WhenFull::Override), Ok(RsvpState::Going));
        assert_eq!(answer(1, WhenFull::Waitlist), Ok(RsvpState::Going), "there is a seat after all");
    }

    #[test]
    fn a11_a_decision_is_made_once() {
        let event = event(Some(2));
        let of = |state| rsvp_of(1, state, 0);
        let approve = |state, when| approve(&event, room(2), &of(state), when, now());
        assert_eq!(approve(RsvpState::Going, WhenFull::Override), Ok(None));
        assert_eq!(approve(RsvpState::Waiting, WhenFull::Waitlist), Ok(None));
        assert_eq!(approve(RsvpState::Left, WhenFull::Override), Err(Refusal::NotAsking));
        assert_eq!(approve(RsvpState::Waiting, WhenFull::Override).unwrap().unwrap().state, RsvpState::Going);
        assert_eq!(decline_request(&event, &of(RsvpState::Declined), now()), Ok(None));
        assert_eq!(decline_request(&event, &of(RsvpState::Going), now()), Err(Refusal::NotAsking));
        assert_eq!(
            decline_request(&event, &of(RsvpState::Pending), now()).unwrap().unwrap().state,
            RsvpState::Declined
        );
        assert!(check_message(&"x".repeat(501)).is_err());
    }

    #[test]
    fn a15_a_person_is_removed_once() {
        let event = event(Some(2));
        let remove = |state| remove_person(&event, &rsvp_of(1, state, 1), now());
        for state in [RsvpState::Pending, RsvpState::Going, RsvpState::Offered, RsvpState::Waiting] {
            assert_eq!(remove(state).unwrap().unwrap().state, RsvpState::Declined);
        }
        for state in [RsvpState::Left, RsvpState::Declined] {
            assert_eq!(remove(state), Ok(None));
        }
        assert!(remove_person(&event, &rsvp_of(1, RsvpState::Going, 0), event.ends_at).is_err());
    }
}
